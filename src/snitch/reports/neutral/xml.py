"""Text for XML 1.0, which knows no way at all to write a control character."""

from __future__ import annotations

from xml.sax.saxutils import escape

from snitch.reports.neutral.plain import plain

_QUOTES = {'"': "&quot;", "'": "&apos;"}


def xml(text: str) -> str:
    """Return `text` as one line for an element or an attribute in quotes."""
    return escape(plain(text), _QUOTES)
