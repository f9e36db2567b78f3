"""How values are spoken of: quoted, cut to a length that fits a line, joined and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.brevity import shortened

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

MAX_QUOTED_CHARS = 120


def quoted(value: object) -> str:
    """A value from a file between backticks, at most 120 characters of it."""
    return f"`{shortened(str(value), MAX_QUOTED_CHARS)}`"


def listed(words: Iterable[str], most: int = 5) -> str:
    """`a, b and c`; past `most` words the rest is counted."""
    shown = list(words)
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def few(items: Sequence[str], most: int, quote: Callable[[str], str] = str) -> str:
    """`a, b and 3 more`: the first of many, each as `quote` shows it."""
    shown = ", ".join(map(quote, items[:most]))
    rest = len(items) - most
    return f"{shown} and {rest} more" if rest > 0 else shown


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def brought_back(commit: str) -> str:
    """Why a family does not look at a rollback: what production held once was judged then."""
    return f"rollback to the state of commit {head(commit)}"
