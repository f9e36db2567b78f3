"""Text and numbers for Mermaid charts, whose grammar knows no escape that every viewer shares.

A label keeps letters, digits and a few marks; so it cannot end its quotes, its line or the code
fence around it, begin a directive (`%%{`) or spell an entity (`#quot;`).
"""

from __future__ import annotations

from decimal import Context
from typing import TYPE_CHECKING

from snitch.reports.neutral.characters import visible

if TYPE_CHECKING:
    from decimal import Decimal

_MARKS = frozenset(" ._+=/-")
_LIMIT = 40
_ROUNDED = Context(prec=12)


def label(text: str) -> str:
    """Return `text`, cut, as a quoted label."""
    text = visible(text[: _LIMIT + 1])
    if len(text) > _LIMIT:
        text = text[: _LIMIT - 2] + ".."
    kept = "".join(c if c in _MARKS or c.isalnum() else "_" for c in text)
    return f'"{kept}"'


def number(value: Decimal) -> str:
    """Return a number without an exponent, which charts do not read, to twelve digits."""
    return f"{_ROUNDED.plus(value):f}"
