"""The comparison of a model's metrics: columns where they fit, else one metric below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.grouping import TROUBLE
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.line import VERDICTS
from snitch.reports.terminal.paint import GAP
from snitch.reports.terminal.paint import cells
from snitch.reports.terminal.paint import flowing
from snitch.reports.terminal.paint import padded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import MetricChange
    from snitch.reports.terminal.line import Line

_HEADER = ("metric", "better", "deployed", "candidate", "delta", "tolerance", "verdict")
_NUMBERS = range(2, 6)


def comparison(rows: Sequence[MetricChange], width: int) -> Iterator[Line]:
    """Yield the metrics that differ from the deployed release, those in trouble first."""
    changed = (row for row in rows if row.verdict != "equal")
    table = [_texts(row) for row in sorted(changed, key=lambda row: row.verdict not in TROUBLE)]
    if not table:
        return
    widths = [max(map(cells, column)) for column in zip(_HEADER, *table, strict=True)]
    if sum(widths) + len(GAP) * len(widths) <= width:
        yield _row(_HEADER, widths, "dim", "dim")
        for texts in table:
            yield _row(texts, widths, "", VERDICTS.get(texts[-1], ""))
    else:
        for texts in table:
            yield from _stacked(texts, width)


def _texts(row: MetricChange) -> tuple[str, ...]:
    name = quoted(row.name) if row.slice is None else f"{quoted(row.name)} [{quoted(row.slice)}]"
    numbers = (row.direction, row.deployed, row.candidate, row.delta, row.tolerance)
    return (name, *("-" if text is None else quoted(text) for text in numbers), quoted(row.verdict))


def _row(texts: Sequence[str], widths: Sequence[int], style: str, verdict: str) -> Line:
    columns = [
        padded(text, width, right=index in _NUMBERS)
        for index, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]
    return (GAP, ""), (GAP.join(columns[:-1]), style), (GAP, ""), (texts[-1], verdict)


def _stacked(texts: Sequence[str], width: int) -> Iterator[Line]:
    head = ((f"  {texts[0]}", "bold"), (texts[-1], VERDICTS.get(texts[-1], "")))
    yield from flowing(head, width, indent="    ")
    numbers = [
        (f"{label} {text}", "")
        for label, text in zip(_HEADER[1:-1], texts[1:-1], strict=True)
        if text != "-"
    ]
    if numbers:
        (first, style), *rest = numbers
        yield from flowing(((f"    {first}", style), *rest), width, indent="    ")
