"""A table of the site: no column that says nothing, no tag that HTML lets go of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

NOTHING = "-"


class Cell(NamedTuple):
    """One cell."""

    text: str
    """HTML; empty is nothing to show."""
    kind: str = ""
    """A class of the style sheet: `num`, `day`, or the tone of a verdict that is no pass."""


def plain(text: object, kind: str = "") -> Cell:
    """Return a cell of any value; None is nothing."""
    return Cell("" if text is None else html(str(text)), kind)


def headed(*titles: str) -> tuple[Cell, ...]:
    """Return the heads of columns of text."""
    return tuple(plain(title) for title in titles)


def table(label: str, titles: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Yield a table that scrolls within itself where it is wider than the page.

    The label is for those who hear it. The first column names the row.
    """
    used = columns(len(titles), rows)
    yield from opening(label, [titles[index] for index in used])
    yield from (line([row[index] for index in used]) for row in rows)
    yield CLOSING


CLOSING = "</tbody></table></div>\n"


def columns(count: int, rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the columns in which any row has something to show, the first one in any case."""
    return [index for index in range(count) if not index or any(row[index].text for row in rows)]


def opening(label: str, titles: Sequence[Cell], name: str = "") -> Iterator[str]:
    """Yield all that comes before the first row.

    The name is the table's id, where a script looks for it.
    """
    yield f'<div class="card listing scroll" role="group" aria-label="{label}" tabindex="0">'
    yield f'<table id="{name}">' if name else "<table>"
    yield "<thead><tr>"
    yield from (f'<th scope="col"{_class(title)}>{title.text}</th>' for title in titles)
    yield "</tr></thead>\n<tbody>\n"


def line(cells: Sequence[Cell]) -> str:
    """Return a row."""
    head, *rest = cells
    return (
        f"<tr><th scope=row>{head.text or NOTHING}"
        + "".join(f"<td{_class(cell)}>{cell.text or NOTHING}" for cell in rest)
        + "\n"
    )


def _class(cell: Cell) -> str:
    return f" class={cell.kind}" if cell.kind else ""
