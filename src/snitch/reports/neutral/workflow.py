"""Text for GitHub's workflow commands, which end at a line break and are read by position."""

from __future__ import annotations

from snitch.reports.neutral.plain import plain

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def data(*lines: str) -> str:
    """Return `lines` as what a command says; the reader sees each on a line of its own."""
    return "\n".join(map(plain, lines)).translate(_DATA)


def value(text: str) -> str:
    """Return `text` as the value of one of a command's properties."""
    return plain(text).translate(_PROPERTY)
