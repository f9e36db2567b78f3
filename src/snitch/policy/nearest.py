"""The known word that a person most likely meant: every "unknown …" error names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARS = 80
"""Longer words are nobody's typo of a known one."""
FEW = 12
"""Known words that are all told where none is near."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, letter case aside; None where none is near."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only errors need it
    from difflib import get_close_matches  # noqa: PLC0415

    if len(word) > MAX_CHARS:
        return None
    folded = {name.casefold(): name for name in reversed(list(known))}
    meant = word.casefold()

    def likeness(name: str) -> tuple[float, int]:
        # Of names as like as each other, the one with its letters in the same places.
        same = sum(one == other for one, other in zip(name, meant, strict=False))
        return SequenceMatcher(None, name, meant).ratio(), same

    found = max(get_close_matches(meant, folded, n=8), key=likeness, default=None)
    return None if found is None else folded[found]


def nearest_or(word: str, known: Iterable[str], otherwise: str) -> str:
    """What to tell whoever wrote an unknown word: the nearest known one, or else `otherwise`."""
    found = nearest(word, known)
    return otherwise if found is None else f"the nearest is `{found}`"


def suggestion(word: str, known: Iterable[str], *, what: str) -> str:
    """The nearest known word in a half-sentence, or all known words where none is near.

    `what` is the noun: `key`, `rule`, `layout`.
    """
    words = list(known)
    found = nearest(word, words)
    if found is not None:
        return f"the nearest known {what} is `{found}`"
    if len(words) <= FEW:
        return f"known are {', '.join(f'`{name}`' for name in words)}" if words else "none is known"
    return f"no known {what} is near it"
