"""The known word that a person most likely meant: every "unknown …" error names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARS = 80
"""Longer words are nobody's typo of a known one."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, letter case aside; None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only errors need it

    if len(word) > MAX_CHARS:
        return None
    folded = {name.casefold(): name for name in reversed(list(known))}
    found = get_close_matches(word.casefold(), folded, n=1)
    return folded[found[0]] if found else None


def suggestion(word: str, known: Iterable[str], *, what: str) -> str:
    """The nearest known word in a half-sentence, or all known words where none is near.

    Args:
        word: What was written.
        known: What could have been meant.
        what: The noun: `key`, `rule`, `layout`.
    """
    words = list(known)
    found = nearest(word, words)
    if found is not None:
        return f"the nearest known {what} is `{found}`"
    if len(words) <= FEW:
        return f"known are {', '.join(f'`{name}`' for name in words)}" if words else "none is known"
    return f"no known {what} is near it"


FEW = 12


def quoted(text: str) -> str:
    """A word of the author's for a one-line message: short, printable, in backticks."""
    cut = text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1] + "…"
    return "`" + "".join(char if char.isprintable() else "�" for char in cut) + "`"
