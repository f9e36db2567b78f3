"""JUnit XML: for CI dashboards that know no other kind of result than tests.

A model is a suite. Each finding is a test of its own, and each family that ran and found nothing
is one that passed, so that a dashboard tells looked-at from not looked-at. Source of the format:
the schema of Jenkins' xUnit plugin, with the `file` that GitLab reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.frozen import dataclass
from snitch.reports.grouping import per_model
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.xml import xml
from snitch.reports.wording import position
from snitch.reports.wording import provenance
from snitch.reports.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import ModelReport
    from snitch.findings import Report
    from snitch.reports import RenderOptions

WHOLE = "the change as a whole"


@dataclass(frozen=True, slots=True)
class _Case:
    """One test."""

    name: str
    path: str | None = None
    outcome: str = ""
    """failure, error or skipped; empty for one that passed."""
    kind: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a format's shape
    """Return the report as JUnit XML; warnings pass and say so unless they are why it fails."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    suites = list(_suites(report))
    every = [case for _, cases in suites for case in cases]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="snitch" {_counts(every)}>'
    for number, (name, cases) in enumerate(suites):
        skipped = sum(case.outcome == "skipped" for case in cases)
        yield f'  <testsuite name="{xml(name)}" {_counts(cases)} skipped="{skipped}">'
        if not number:
            yield from _properties(report)
        for case in cases:
            yield from _case(name, case)
        yield "  </testsuite>"
    yield "</testsuites>"


def _properties(report: Report) -> Iterator[str]:
    """What belongs to the whole run, in its first suite."""
    said = [("verdict", f"{report.verdict}: {sentence(report, plain)}")]
    said += [("notice", notice) for notice in report.notices]
    said += [("provenance", part) for part in provenance(report, plain)]
    yield "    <properties>"
    for name, text in said:
        yield f'      <property name="{name}" value="{xml(text)}"/>'
    yield "    </properties>"


def _suites(report: Report) -> Iterator[tuple[str, list[_Case]]]:
    """The change as a whole, each model judged, and what else a failure or finding names."""
    failures, found = per_model(report.failures), per_model(report.findings)
    bar = _bar(report)
    models = {model.name: model for model in report.models}
    others = sorted({name for name in (*failures, *found) if name is not None} - models.keys())
    for name in (None, *models, *others):
        own = [*_broken(failures[name]), *_findings(found[name], bar)]
        if name in models:
            own += _families(models[name], found[name])
        yield WHOLE if name is None else name, own


def _bar(report: Report) -> int:
    """The least rank that makes a test fail: an error's.

    Or a warning's, where warnings alone made the verdict: a red run has something red in it.
    """
    errors, warnings = report.summary.errors, report.summary.warnings
    only_warnings = report.verdict == "fail" and not errors and warnings
    return (Severity.WARNING if only_warnings else Severity.ERROR).rank


def _broken(failures: Sequence[Failure]) -> Iterator[_Case]:
    for number, failure in enumerate(failures, 1):
        path, lines = _where_and_fix(failure)
        name = f"could not judge {number}" if len(failures) > 1 else "could not judge"
        yield _Case(name, path, "error", "could-not-judge", failure.message, lines)


def _findings(findings: Sequence[Finding], bar: int) -> Iterator[_Case]:
    for finding in findings:
        rule = finding.rule
        subject = [part for part in (finding.metric, finding.slice) if part]
        name = " ".join((f"{rule.code} {rule.name}", *subject))
        path, lines = _where_and_fix(finding)
        if finding.waiver is not None:
            waiver = finding.waiver
            until = f"waived until {waiver.expires.isoformat()}, by {waiver.approved_by}"
            yield _Case(name, path, "skipped", "waived", f"{until}: {waiver.reason}")
            continue
        outcome = "failure" if finding.level.rank >= bar else ""
        yield _Case(name, path, outcome, rule.code, finding.message, lines)


def _where_and_fix(one: Failure | Finding) -> tuple[str | None, tuple[str, ...]]:
    """The file, and the lines that follow the message."""
    fix = (f"fix: {one.remedy}",) if one.remedy else ()
    if one.place is None:
        return None, fix
    return one.place.path, (position(one.place), *fix)


def _families(model: ModelReport, findings: Sequence[Finding]) -> Iterator[_Case]:
    spoke = {finding.rule.family for finding in findings}
    for family in model.families:
        if family not in spoke:
            yield _Case(f"{family} no findings")
    for skip in model.skipped:
        part = "" if skip.whole else " in part"
        yield _Case(f"{skip.family} skipped{part}", None, "skipped", "skipped", skip.reason)


def _counts(cases: Sequence[_Case]) -> str:
    failures = sum(case.outcome == "failure" for case in cases)
    errors = sum(case.outcome == "error" for case in cases)
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}" time="0"'


def _case(suite: str, case: _Case) -> Iterator[str]:
    file = "" if case.path is None else f' file="{xml(case.path)}"'
    head = f'    <testcase classname="{xml(suite)}" name="{xml(case.name)}"{file} time="0"'
    if not case.message:
        yield f"{head}/>"
        return
    yield f"{head}>"
    text = "\n".join(map(xml, (case.message, *case.lines)))
    if case.outcome:
        message = xml(case.message)
        body = "" if case.outcome == "skipped" else text
        kind = f'type="{xml(case.kind)}" message="{message}"'
        yield f"      <{case.outcome} {kind}>{body}</{case.outcome}>"
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"
