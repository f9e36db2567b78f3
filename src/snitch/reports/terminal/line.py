"""What the terminal shows: lines of text with styles, before any colour."""

Span = tuple[str, str]
"""Text and its style in rich's words; the empty style is none."""
Line = tuple[Span, ...]

RULE = "magenta"
"""The style of a rule's code and name, by which they are found to be linked."""
VERDICTS = {
    "regressed": "bold red",
    "dropped": "bold red",
    "not-comparable": "bold red",
    "inconclusive": "yellow",
    "improved": "green",
}
"""The styles of verdicts on a metric that somebody should notice."""
LINK = " link "
"""What stands between a style and the address that its text leads to."""
