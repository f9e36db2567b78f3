"""The table of a model's metrics beside the deployed ones, slices below the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.grouping import TROUBLE
from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import MetricChange
    from snitch.findings import ModelReport

_TONES = {
    "regressed": "error",
    "dropped": "error",
    "not-comparable": "error",
    "inconclusive": "warning",
    "improved": "pass",
}
_HEAD = (
    '<thead><tr><th scope="col">Metric</th><th scope="col">Better</th>'
    '<th scope="col" class="num">Deployed</th><th scope="col" class="num">Candidate</th>'
    '<th scope="col" class="num">Delta</th><th scope="col" class="num">Tolerance</th>'
    '<th scope="col">Verdict</th></tr></thead>\n'
)


def metric_table(model: ModelReport) -> Iterator[str]:
    """Yield the table, rows in trouble first; nothing where no metric is known."""
    if not model.metrics:
        return
    label = f"Metrics of {html(model.name)}"
    yield '<div class="part"><h3>Metrics</h3>\n'
    yield f'<div class="scroll" role="group" aria-label="{label}" tabindex="0">\n'
    yield f'<table class="metrics">\n{_HEAD}'
    whole = [row for row in model.metrics if row.slice is None]
    slices = [row for row in model.metrics if row.slice is not None]
    if whole:
        yield from _body(whole)
    if slices:
        yield from _body(slices, "By slice")
    yield "</table></div></div>\n"


def _body(rows: Sequence[MetricChange], title: str = "") -> Iterator[str]:
    yield "<tbody>\n"
    if title:
        yield f'<tr><th scope="rowgroup" colspan="7" class="group">{title}</th></tr>\n'
    for row in sorted(rows, key=lambda row: row.verdict not in TROUBLE):
        yield _row(row)
    yield "</tbody>\n"


def _row(row: MetricChange) -> str:
    tone = _TONES.get(row.verdict, "calm")
    name = html(row.name)
    if row.slice is not None:
        name += f' <span class="soft">{html(row.slice)}</span>'
    if row.critical:
        name += ' <span class="tag info">critical</span>'
    delta = "" if tone == "calm" else f" {tone}"
    return (
        f'<tr><th scope="row">{name}</th><td class="soft">{_cell(row.direction)}</td>'
        f'<td class="num">{_cell(row.deployed)}</td><td class="num">{_cell(row.candidate)}</td>'
        f'<td class="num{delta}">{_cell(row.delta)}</td><td class="num">{_cell(row.tolerance)}</td>'
        f'<td><span class="tag {tone}">{html(row.verdict)}</span></td></tr>\n'
    )


def _cell(text: str | None) -> str:
    return "-" if text is None else html(text)
