"""How messages about a policy repeat what its author wrote."""

from __future__ import annotations

from snitch.brevity import shortened

MAX_CHARS = 80
"""How much of one word a message shows."""


def quoted(text: str) -> str:
    """A word of the author's for a one-line message: short, printable, in backticks."""
    cut = shortened(text, MAX_CHARS)
    return "`" + "".join(char if char.isprintable() else "�" for char in cut) + "`"
