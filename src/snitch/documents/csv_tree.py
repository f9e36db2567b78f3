"""CSV as data: a list of rows, each a mapping from the column's header to the cell's text.

Cells stay text; whether `1,014.45` is a number is the layout's to say. Quoted cells may hold
commas and line breaks, as RFC 4180 has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.documents.document import Extent
from snitch.documents.refusal import beyond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents.document import Data
    from snitch.documents.document import Extents
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits
    from snitch.documents.page import Page
    from snitch.findings import Fault

CELL = re.compile(r'[ \t]*"((?:[^"]|"")*)"[^,\n]*|([^,\n]*)')

INDEX = "index"
"""The name of a first column without one, as data frames write that of their rows."""


class Cell(NamedTuple):
    """One cell and where it stands."""

    text: str
    start: int
    end: int


def read(page: Page, limits: Limits, _max_aliases: int = 0) -> tuple[Data, tuple[Fault, ...]]:
    """The rows below the header.

    Raises:
        UnreadableError: There are more cells than `limits.max_nodes`.
    """
    rows: list[Data] = []
    cells = 0
    for _, row in _rows(page.text):
        cells += len(row)
        if cells > limits.max_nodes:
            raise beyond(page.whole, "the file holds more cells", limits, "max_nodes")
        rows.append({header: cell.text for header, cell in row.items()})
    return rows or None, ()


def extents(text: str) -> Extents:
    """Where every row and cell stands."""
    found: dict[Route, Extent] = {(): Extent(0, 1)}
    for index, row in _rows(text):
        for header, cell in row.items():
            found.setdefault((index,), Extent(cell.start, cell.start + 1))
            found[index, header] = Extent(cell.start, cell.end)
    return found


def _rows(text: str) -> Iterator[tuple[int, dict[str, Cell]]]:
    lines = _lines(text)
    headers: list[str] = []
    for cell in next(lines, []):
        twins = sum(1 for header in headers if header.partition(" (")[0] == cell.text)
        headers.append(f"{cell.text} ({twins + 1})" if twins else cell.text)
    if headers and not headers[0]:
        headers[0] = INDEX
    for index, cells in enumerate(lines):
        yield index, dict(zip(headers, cells, strict=False))


def _lines(text: str) -> Iterator[list[Cell]]:
    at = 0
    while at < len(text):
        cells: list[Cell] = []
        while True:
            found = CELL.match(text, at)
            if found is None:
                return
            at = found.end()
            quoted, bare = found.groups()
            if quoted is None:
                cells.append(Cell(bare.strip(), found.start(), found.end()))
            else:
                cells.append(Cell(quoted.replace('""', '"'), found.start(1), found.end(1)))
            if text[at : at + 1] != ",":
                break
            at += 1
        at += 1
        if len(cells) > 1 or cells[0].text:
            yield cells
