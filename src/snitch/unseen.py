"""Characters that nobody sees: what makes two names look alike, and a report say something else."""

from __future__ import annotations

import re
from unicodedata import category

_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

BLANK = re.compile(
    "["
    "\u115f\u1160\u3164\uffa0\u2800"  # letters and a pattern that print as nothing
    "\u034f\u17b4\u17b5\u180b-\u180d\u180f"  # marks that print as nothing
    "\ufe00-\ufe0d\U000e0100-\U000e01ef"  # variation selectors, the two of emoji excepted
    "]"
)
"""Printable characters without ink."""


def is_unseen(character: str) -> bool:
    """Whether a reader would not see `character`: controls, line breaks, formats, blanks."""
    return category(character) in _CATEGORIES or BLANK.match(character) is not None
