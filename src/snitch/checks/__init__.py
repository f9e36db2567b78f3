"""One file a family of rules: the rules as data, the check as a pure generator of findings."""
