"""The order in which a person reads: verdict, failures, findings by model, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.reports.grouping import by_model
from snitch.reports.grouping import by_rule
from snitch.reports.grouping import skipped_together
from snitch.reports.grouping import waived_findings
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.line import RULE
from snitch.reports.terminal.paint import flowing
from snitch.reports.terminal.paint import paragraph
from snitch.reports.terminal.trends import trend_lines
from snitch.reports.wording import counts
from snitch.reports.wording import names
from snitch.reports.wording import of_all
from snitch.reports.wording import position
from snitch.reports.wording import provenance
from snitch.reports.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import Report
    from snitch.reports.grouping import Group
    from snitch.reports.grouping import SkippedTogether
    from snitch.reports.terminal.line import Line

_VERDICTS = {"pass": "bold green", "fail": "bold red", "error": "bold red"}
_SEVERITIES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
    Severity.OFF: "dim",
}
_BLANK: Line = ()


def page(report: Report, width: int, *, statistics: bool = False) -> Iterator[Line]:
    """Yield the whole report, line by line."""
    yield from paragraph(
        sentence(report, quoted),
        width,
        indent="",
        label=(f"{plain(report.verdict).upper()} ", _VERDICTS.get(report.verdict, "bold")),
        style="bold",
    )
    if report.total_models and not (report.models or report.findings or report.failures):
        yield from paragraph("`snitch check --all` judges every model", width)
    for failure in report.failures:
        yield _BLANK
        yield from _failure(failure, width)
    groups = by_model(report)
    for group in groups:
        yield _BLANK
        yield from _group(group, width, headed=len(groups) > 1)
    yield from trend_lines(report, width)
    yield from _waived(report, width)
    yield from _remarks(report, width)
    if statistics:
        yield from _statistics(report)
    yield _BLANK
    if groups or report.failures:
        yield from paragraph(f"{of_all(report)} judged: {counts(report)}", width, indent="")
    yield from paragraph(", ".join(provenance(report, quoted)), width, indent="", style="dim")


def _failure(failure: Failure, width: int) -> Iterator[Line]:
    where = failure.model if failure.place is None else position(failure.place)
    head = () if where is None else ((plain(where), "bold"),)
    yield from flowing((*head, ("could not judge", "bold red")), width)
    yield from paragraph(plain(failure.message), width)
    yield from _remedy(failure.remedy, width)


def _group(group: Group, width: int, *, headed: bool) -> Iterator[Line]:
    if headed:
        yield from flowing(_heading(group), width)
        yield _BLANK
    for index, finding in enumerate(group.findings):
        if index:
            yield _BLANK
        yield from _finding(finding, group, width)
    if group.model is not None:
        from snitch.reports.terminal.metrics import comparison  # noqa: PLC0415 - as below

        rows = list(comparison(group.model.metrics, width))
        yield from (_BLANK, *rows) if rows else ()


def _heading(group: Group) -> Iterator[tuple[str, str]]:
    if group.name is None:
        yield "the change as a whole", "bold underline"
        return
    version = None if group.model is None else group.model.version
    title = quoted(group.name) if version is None else f"{quoted(group.name)} {quoted(version)}"
    yield title, "bold underline"
    if group.model is not None and group.model.deployed_version is not None:
        yield f"(production holds {quoted(group.model.deployed_version)})", "dim"


def _finding(finding: Finding, group: Group, width: int) -> Iterator[Line]:
    level = finding.level
    style = _SEVERITIES[level]
    where = finding.place and position(finding.place)
    if where is None:
        where = group.model.path if group.model is not None else group.name
    head = () if not where else ((plain(where), "bold"),)
    yield from flowing((*head, (_rule(finding), RULE), (level.value, style)), width)
    yield from paragraph(plain(finding.message), width)
    if finding.place is not None:
        from snitch.reports.terminal.excerpt import excerpt  # noqa: PLC0415 - most runs find nothing

        yield from excerpt(finding.place, width, style)
    yield from _remedy(finding.remedy, width)


def _remedy(remedy: str, width: int) -> Iterator[Line]:
    if remedy:
        yield from paragraph(plain(remedy), width, label=("fix:", "green"))


def _waived(report: Report, width: int) -> Iterator[Line]:
    waived = waived_findings(report)
    if waived:
        yield _BLANK
        yield (("Waived", "bold"),)
    for finding, waiver in waived:
        until = f"until {waiver.expires.isoformat()}, by {quoted(waiver.approved_by)}"
        head = [(f"  {_rule(finding)}", RULE), (until, "dim")]
        if finding.model is not None:
            head.insert(1, (quoted(finding.model), ""))
        yield from flowing(head, width, indent="    ")
        yield from paragraph(plain(finding.message), width, indent="    ")
        yield from paragraph(plain(waiver.reason), width, indent="    ", label=("reason:", ""))


def _statistics(report: Report) -> Iterator[Line]:
    counted = by_rule(report)
    if not counted:
        return
    yield _BLANK
    yield (("Findings by rule", "bold"),)
    size = len(str(counted[0][1]))
    for rule, number in counted:
        yield (f"  {number:>{size}}  ", ""), (f"{plain(rule.code)} {plain(rule.name)}", RULE)


def _rule(finding: Finding) -> str:
    return f"{plain(finding.rule.code)} {plain(finding.rule.name)}"


def _remarks(report: Report, width: int) -> Iterator[Line]:
    remarks = [("skipped:", _skip(skip)) for skip in skipped_together(report)]
    if report.behind:
        behind = names(report.behind, quoted)
        remarks.append(("behind:", f"production moved on and this change did not: {behind}"))
    remarks += [("note:", plain(notice)) for notice in report.notices]
    if remarks:
        yield _BLANK
    for label, text in remarks:
        yield from paragraph(text, width, indent="", label=(label, "bold"))


def _skip(skip: SkippedTogether) -> str:
    families = ", ".join(map(quoted, skip.families))
    return f"{families} for {names(skip.models, quoted)}: {plain(skip.reason)}"
