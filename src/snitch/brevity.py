"""How much a message shows of a long text and of a digest."""

from __future__ import annotations

HEAD = 12
"""Hexadecimal digits that tell the commits and contents of any repository apart."""


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters, the last of them `…` where it was longer."""
    return text if len(text) <= most else text[: most - 1] + "…"


def head(digest: str) -> str:
    """The first digits of a commit or a digest, enough to tell which one is meant."""
    return digest[:HEAD]
