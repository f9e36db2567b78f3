"""Characters that nobody sees, or that move the others: shown as `<U+202E>` in every format."""

from __future__ import annotations

import re
from unicodedata import category

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

_BLANK = re.compile(
    "["
    "\u115f\u1160\u3164\uffa0\u2800"  # letters and a pattern that print as nothing
    "\u034f\u17b4\u17b5\u180b-\u180d\u180f"  # marks that print as nothing
    "\ufe00-\ufe0d\U000e0100-\U000e01ef"  # variation selectors, the two of emoji excepted
    "]"
)


def visible(text: str) -> str:
    """Return `text` with each unseen or blank character as its visible code point."""
    if text.isprintable() and (text.isascii() or not _BLANK.search(text)):
        return text
    return "".join(f"<U+{ord(c):04X}>" if is_unseen(c) else c for c in text)


def is_unseen(character: str) -> bool:
    """Whether a reader would not see `character`: controls, line breaks, formats, blanks."""
    return category(character) in _UNSEEN or _BLANK.match(character) is not None
