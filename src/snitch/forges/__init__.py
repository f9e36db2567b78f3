"""Where merge requests live: the only room that speaks to a network, for `snitch comment`."""
