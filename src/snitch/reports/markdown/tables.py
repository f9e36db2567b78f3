"""The two tables of the comment: models by how they fared, and metrics beside the deployed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import count
from snitch.reports.grouping import TROUBLE
from snitch.reports.markdown.budget import Section
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.markdown import quoted
from snitch.reports.results import RESULTS
from snitch.reports.results import results_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import MetricChange
    from snitch.findings import ModelReport
    from snitch.findings import Report

_MODELS = "| Model | Deployed | Candidate | Change | Result |\n| --- | --- | --- | --- | --- |\n"
_METRICS = (
    "| Model | Metric | Deployed | Candidate | Delta | Tolerance | Verdict |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | --- |\n"
)


def model_sections(report: Report) -> Iterator[Section]:
    """Yield the models that need a look, and those that do not, collapsed."""
    results = results_of(report)
    failing, others, calm = (
        tuple(_model(model, result) for model, result in results if result in kind)
        for kind in (RESULTS[:2], RESULTS[2:4], RESULTS[4:])
    )
    names = ", ".join(code(model.name) for model, result in results if result in RESULTS[:2])
    yield Section(
        f"### Models\n\n{_MODELS}",
        failing,
        noun="failing models",
        shed=1,
        brief=f"### Models that fail\n\n{names}",
    )
    title = "Inconclusive or changed:\n\n" if failing else "### Models\n\n"
    yield Section(f"{title}{_MODELS}", others, noun="models", shed=6)
    summary = f"{count(len(calm), 'model')} without findings"
    yield Section(_folded(summary, _MODELS), calm, "\n\n</details>", noun="models", shed=10)


def metric_sections(report: Report) -> Iterator[Section]:
    """Yield the metrics of models in trouble first, and what is within bounds, collapsed."""
    rows = [(model, row) for model, _ in results_of(report) for row in model.metrics]
    trouble = tuple(_metric(model, row) for model, row in rows if row.verdict in TROUBLE)
    calm = tuple(_metric(model, row) for model, row in rows if row.verdict not in TROUBLE)
    yield Section(f"### Metrics\n\n{_METRICS}", trouble, noun="metrics", shed=4)
    summary = f"{count(len(calm), 'metric')} within bounds"
    yield Section(_folded(summary, _METRICS), calm, "\n\n</details>", noun="metrics", shed=11)


def _model(model: ModelReport, result: str) -> str:
    versions = (model.deployed_version, model.version, model.change)
    cells = (code(model.name), *map(_cell, versions), result)
    return f"| {' | '.join(cells)} |"


def _metric(model: ModelReport, row: MetricChange) -> str:
    name = _cell(row.name) if row.slice is None else f"{_cell(row.name)} on {_cell(row.slice)}"
    numbers = (row.deployed, row.candidate, row.delta, row.tolerance, row.verdict)
    return f"| {' | '.join((_cell(model.name), name, *map(_cell, numbers)))} |"


def _cell(text: str | None) -> str:
    return "-" if text is None else quoted(text)


def _folded(summary: str, table: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{table}"
