"""Families of rules: rules as data, and for each family a pure generator of findings."""
