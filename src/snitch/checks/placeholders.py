"""Values that only pretend to be there: the words that authors leave for later."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.checks.confusables import LOOK_ALIKES
from snitch.unseen import is_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable

# A letter whose capital looks like a Latin one stands for that, too, once case is folded.
_LOOK_ALIKES = str.maketrans(
    {char.casefold(): latin.casefold() for char, latin in LOOK_ALIKES.items()} | LOOK_ALIKES
)
_COMBINING = frozenset({"Mn", "Me"})
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*`~\\]")
NEVER = r"(?!)"
"""A pattern that nothing matches."""


def is_blank(text: str) -> bool:
    """True where nothing can be seen: blanks, marks and characters without ink alone."""
    return not _visible(_shown(text)).strip()


def is_placeholder(text: str, placeholders: Iterable[str]) -> bool:
    """True where a text is one of the placeholders, however it is dressed up.

    Compared as a page shows it, after NFKC, without characters that nobody sees, in one case,
    look-alike letters folded, with or without the punctuation around: `<TODO>`, `tbd.`,
    `TODO: write`, `[TODO](#)`.
    """
    words, any_word = _words(tuple(placeholders))
    whole = _folded(_MARKS.sub("", _shown(text)))
    if not any_word.search(whole):
        return False
    first = whole.partition(":")[0] if ":" in whole else whole
    shapes = {whole, _bare(whole), _bare(first)} - {""}
    return not shapes.isdisjoint(words)


@lru_cache(maxsize=64)
def _words(placeholders: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """The words as they are compared, and what finds whether a text holds any."""
    words = frozenset(map(_folded, placeholders)) - {""}
    return words, re.compile("|".join(map(re.escape, sorted(words))) or NEVER)


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return _visible(text).casefold().strip().translate(_LOOK_ALIKES)


def _shown(text: str) -> str:
    """A text as Markdown shows it: entities resolved, of links and images the words."""
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - hardly any text needs it

        text = unescape(text)
    return _LINK.sub(r"\1", text) if "](" in text else text


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        mark
        for mark in normal
        if not is_unseen(mark) and unicodedata.category(mark) not in _COMBINING
    )


def _bare(text: str) -> str:
    kept = [index for index, mark in enumerate(text) if mark.isalnum()]
    return text[kept[0] : kept[-1] + 1] if kept else ""
