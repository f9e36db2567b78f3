"""Annotations: GitHub shows each at its line of the pull request's diff.

A step may show ten errors, ten warnings and ten notices, so the gravest come first. Source of the
format: GitHub's documentation of workflow commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.reports.grouping import gravest_first
from snitch.reports.grouping import open_findings
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.plain import quoted
from snitch.reports.neutral.workflow import data
from snitch.reports.neutral.workflow import value
from snitch.reports.wording import provenance
from snitch.reports.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import Place
    from snitch.findings import Report
    from snitch.reports import RenderOptions

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Severity.OFF: "debug",
}


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a format's shape
    """Return one workflow command a finding, and the verdict as lines of the log."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from map(_failure, report.failures)
    yield from map(_finding, gravest_first(report)(open_findings(report)))
    for notice in report.notices:
        yield f"note: {plain(notice)}"
    yield plain(f"{report.verdict}: {sentence(report, quoted)}")
    yield plain(", ".join(provenance(report, quoted)))


def _failure(failure: Failure) -> str:
    title = "Snitch could not judge" + (f" {failure.model}" if failure.model else "")
    return _command("error", title, failure)


def _finding(finding: Finding) -> str:
    model = "" if finding.model is None else f" ({finding.model})"
    title = f"{finding.rule.code} {finding.rule.name}{model}"
    return _command(_COMMANDS[finding.level], title, finding)


def _command(name: str, title: str, one: Failure | Finding) -> str:
    properties = [*_where(one.place), f"title={value(title)}"]
    said = [one.message, *([f"fix: {one.remedy}"] if one.remedy else [])]
    return f"::{name} {','.join(properties)}::{data(*said)}"


def _where(place: Place | None) -> Iterator[str]:
    if place is None:
        return
    yield f"file={value(place.path)}"
    if place.line is not None:
        yield f"line={place.line}"
        if place.column is not None:
            yield f"col={place.column}"
            yield f"endColumn={place.column + max(place.width, 1)}"
