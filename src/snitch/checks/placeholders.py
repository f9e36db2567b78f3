"""Values that only pretend to be there: the words that authors leave for later."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters of other scripts that look like the Latin ones in the usual placeholders.
_LOOKALIKES = str.maketrans(
    "авеіјкмнорѕтухαβεηικμνορτχ",
    "abeijkmhopstyxabehikmvoptx",
)


def is_blank(text: str) -> bool:
    """True where nothing can be seen: blanks, control and format characters alone."""
    return not _visible(text).strip()


def is_placeholder(text: str, placeholders: Iterable[str]) -> bool:
    """True where a text is one of the placeholders, however it is dressed up.

    Compared after NFKC, without characters that nobody sees, in one case, look-alike
    letters folded, with or without the punctuation around: `<TODO>`, `tbd.`, `TODO: write`.
    """
    words = {_folded(word) for word in placeholders}
    whole = _folded(text)
    first = whole.partition(":")[0] if ":" in whole else whole
    shapes = {whole, _bare(whole), _bare(first)} - {""}
    return not shapes.isdisjoint(words)


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return _visible(text).casefold().strip().translate(_LOOKALIKES)


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    normal = unicodedata.normalize("NFKC", text)
    return "".join(mark for mark in normal if unicodedata.category(mark) not in {"Cc", "Cf"})


def _bare(text: str) -> str:
    kept = [index for index, mark in enumerate(text) if mark.isalnum()]
    return text[kept[0] : kept[-1] + 1] if kept else ""
