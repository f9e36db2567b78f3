"""The line of the file that a finding is about, with a caret under the very characters."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from snitch.reports.neutral.characters import visible
from snitch.reports.neutral.plain import COMMAND
from snitch.reports.terminal.paint import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Place
    from snitch.reports.terminal.line import Line

_TAB = "    "
_CUT = "…"
_BEFORE = 3
"""A window on a long line shows a third of itself before the caret."""


def excerpt(place: Place, width: int, style: str) -> Iterator[Line]:
    """Yield the line with its number and, under it, the caret; nothing where no text is known."""
    if place.line is None or place.excerpt is None:
        return
    number = f"  {place.line} | "
    text, lead, marked = _window(place, width - len(number))
    yield (number, "dim"), (text, "")
    if marked:
        yield (" " * (len(number) - 2) + "| ", "dim"), (" " * lead + "^" * marked, style)


def _window(place: Place, width: int) -> tuple[str, int, int]:
    """The text that fits, the columns before the caret, and the columns that it underlines."""
    source = place.excerpt or ""
    at = min(place.column - 1, len(source)) if place.column is not None else 0
    if max(len(source), at + 1) <= width and _is_simple(source):
        stop = min(at + max(place.width, 1), len(source))
        return source, at, 0 if place.column is None else max(stop - at, 1)
    # Each character takes a column or more but for combining ones, so this is enough to look at.
    first = max(0, at - width)
    pieces = _shown(source[first : at + width])
    at -= first
    sizes = [0, *accumulate(cells(piece) for piece in pieces)]
    start, end = _bounds(
        sizes, at, width, before=first > 0, after=first + len(pieces) < len(source)
    )
    head = _CUT if first + start > 0 else ""
    tail = _CUT if first + end < len(source) else ""
    text = head + "".join(pieces[start:end]) + tail
    if place.column is None:
        return text, 0, 0
    stop = min(at + max(place.width, 1), end)
    lead = cells(head + "".join(pieces[start:at]))
    return text, lead, max(sizes[stop] - sizes[at], 1) if stop > at else 1


def _bounds(sizes: list[int], at: int, width: int, *, before: bool, after: bool) -> tuple[int, int]:
    """The first and the last-but-one piece to show, so that the caret stands in the window."""
    if max(sizes[-1], sizes[at] + 1) <= width and not before and not after:
        return 0, len(sizes) - 1
    room = width - 2 * len(_CUT) - 1
    start = at
    while start > 0 and sizes[at] - sizes[start - 1] <= room // _BEFORE:
        start -= 1
    if not before and sizes[at] <= room // 2:
        start = 0
    end = at
    while end < len(sizes) - 1 and sizes[end + 1] - sizes[start] <= room:
        end += 1
    return start, end


def _is_simple(text: str) -> bool:
    """Whether each character is shown as it is and takes one column: nearly every line there is."""
    return text.isascii() and text.isprintable() and COMMAND.search(text) is None


def _shown(text: str) -> list[str]:
    """Each character of `text` as it is shown: tabs as blanks, the rest harmless."""
    pieces = [_TAB if character == "\t" else visible(character) for character in text]
    for match in COMMAND.finditer(text):
        for index in range(*match.span()):
            pieces[index] = f"<U+{ord(text[index]):04X}>"
    return pieces
