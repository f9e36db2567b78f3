"""Tables for terminals and for Markdown, from rows of untrusted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.paint import GAP
from snitch.reports.terminal.paint import cells
from snitch.reports.terminal.paint import flowing
from snitch.reports.terminal.paint import padded
from snitch.reports.terminal.paint import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.reports.terminal.line import Line

NOTHING = "-"

Cell = tuple[str, str]
"""Untrusted text and its style; empty text is nothing to show."""


def plain_cell(text: object, style: str = "") -> Cell:
    """A cell of any value; None is nothing."""
    return ("" if text is None else str(text), style)


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]], width: int) -> Iterator[Line]:
    """Yield a table; where it is wider than the terminal, one block a row."""
    texts = [[(quoted(text) if text else NOTHING, style) for text, style in row] for row in rows]
    used = [index for index in range(len(header)) if any(row[index][0] != NOTHING for row in texts)]
    columns = [(header[index], *(row[index][0] for row in texts)) for index in used]
    widths = [max(map(cells, column)) for column in columns]
    if sum(widths) + len(GAP) * (len(widths) - 1) > width:
        yield from _blocks(header, texts, width)
        return
    yield _row([(header[index], "dim") for index in used], widths)
    for row in texts:
        yield _row([row[index] for index in used], widths)


def facts(pairs: Sequence[tuple[str, Cell]], width: int) -> Iterator[Line]:
    """Yield names and values, one below the other; what has no value is left out.

    The value of a name that takes more than half the width is in the next line, unless both fit.
    """
    shown = [(name, quoted(text), style) for name, (text, style) in pairs if text]
    most = width // 2
    size = max((it for name, _, _ in shown if (it := cells(name)) <= most), default=0)
    for name, text, style in shown:
        if cells(name) > size and cells(name) + len(GAP) + cells(text) > width:
            yield ((name, "dim"),)
            yield from paragraph(text, width, style=style)
        else:
            label = (padded(name, size) + " ", "dim")
            yield from paragraph(text, width, indent="", label=label, style=style)


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table whose cells can only be read; None is a dash."""
    lines = [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}"]
    lines += [f"| {' | '.join(_inert(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _inert(cell: object) -> str:
    return NOTHING if cell is None or cell == "" else code(str(cell), 200)


def _row(row: Sequence[Cell], widths: Sequence[int]) -> Line:
    line: list[Cell] = []
    for index, ((text, style), width) in enumerate(zip(row, widths, strict=True)):
        last = index == len(widths) - 1
        line += [(text if last else padded(text, width), style), ("" if last else GAP, "")]
    return tuple(line)


def _blocks(header: Sequence[str], rows: Sequence[Sequence[Cell]], width: int) -> Iterator[Line]:
    for row in rows:
        (name, style), *rest = row
        yield ((name, style or "bold"),)
        named = zip(header[1:], rest, strict=True)
        items = [(f"{title} {text}", style) for title, (text, style) in named if text != NOTHING]
        if items:
            (first, style), *others = items
            yield from flowing(((f"  {first}", style), *others), width, indent="  ")
