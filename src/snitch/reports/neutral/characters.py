"""Characters that nobody sees, or that move the others: shown as `<U+202E>` in every format."""

from __future__ import annotations

from snitch.unseen import BLANK
from snitch.unseen import is_unseen


def visible(text: str) -> str:
    """Return `text` with each unseen or blank character as its visible code point."""
    if text.isprintable() and (text.isascii() or not BLANK.search(text)):
        return text
    return "".join(f"<U+{ord(c):04X}>" if is_unseen(c) else c for c in text)
