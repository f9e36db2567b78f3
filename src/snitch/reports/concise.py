"""One line a finding, for editors, `grep` and hooks that want little said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.grouping import by_rule
from snitch.reports.grouping import open_findings
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.plain import quoted
from snitch.reports.wording import position
from snitch.reports.wording import provenance
from snitch.reports.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.findings import Place
    from snitch.findings import Report
    from snitch.reports import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """Return `path:line:column: CODE message [remedy]` lines, a summary and the provenance."""
    lines = _lines(report, statistics=options.statistics)
    return "".join(f"{plain(line)}\n" for line in lines)


def _lines(report: Report, *, statistics: bool) -> Iterator[str]:
    paths = {model.name: model.path for model in report.models}
    for failure in report.failures:
        known = failure.place or failure.model
        where = _where(failure.place, failure.model, paths) if known else "snitch"
        yield f"{where}: cannot judge: {failure.message}{_aside(failure.remedy)}"
    for finding in open_findings(report):
        where = _where(finding.place, finding.model, paths)
        yield f"{where}: {finding.rule.code} {finding.message}{_aside(finding.remedy)}"
    for notice in report.notices:
        yield f"note: {notice}"
    if statistics:
        yield from (f"{number} {rule.code} {rule.name}" for rule, number in by_rule(report))
    yield f"{report.verdict}: {sentence(report, quoted)}"
    yield ", ".join(provenance(report, quoted))


def _where(place: Place | None, model: str | None, paths: Mapping[str, str]) -> str:
    if place is not None:
        return position(place)
    return "." if model is None else paths.get(model, model) or "."


def _aside(remedy: str) -> str:
    return f" [{remedy}]" if remedy else ""
