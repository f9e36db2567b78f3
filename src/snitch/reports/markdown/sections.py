"""What the comment says, in the order in which a reviewer needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.reports.grouping import gravest_first
from snitch.reports.grouping import open_findings
from snitch.reports.grouping import skipped_together
from snitch.reports.grouping import waived_findings
from snitch.reports.markdown.budget import Section
from snitch.reports.markdown.tables import metric_sections
from snitch.reports.markdown.tables import model_sections
from snitch.reports.markdown.trends import trend_sections
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.markdown import quoted
from snitch.reports.wording import names
from snitch.reports.wording import position
from snitch.reports.wording import provenance
from snitch.reports.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import AppliedWaiver
    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import Report
    from snitch.reports.grouping import SkippedTogether

MARKER = "<!-- snitch-report -->"
"""The first line, by which a later run finds the comment to update."""

_VERDICTS = {"pass": "PASS", "fail": "FAIL", "error": "COULD NOT JUDGE"}
_TEXT = 1000


def sections(report: Report) -> Iterator[Section]:
    """Yield the report's sections, those that have nothing to say left out."""
    verdict = _VERDICTS.get(report.verdict, "UNKNOWN")
    yield Section(f"{MARKER}\n## Snitch: {verdict}\n\n{sentence(report, quoted)}.")
    everything = (
        *_failures(report),
        *_findings(report),
        *model_sections(report),
        *metric_sections(report),
        *trend_sections(report),
        *_remarks(report),
    )
    yield from (section for section in everything if section.rows)
    yield Section(f"---\n\n<sub>{', '.join(provenance(report, quoted))}</sub>")


def _failures(report: Report) -> Iterator[Section]:
    rows = tuple(_failure(failure) for failure in report.failures)
    yield Section("### What could not be judged\n\n", rows, noun="failures", shed=2)


def _findings(report: Report) -> Iterator[Section]:
    ordered = gravest_first(report)
    errors, warnings, infos = (
        tuple(_finding(finding) for finding in ordered(open_findings(report, level)))
        for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    )
    yield Section("### What to do next\n\n", errors, noun="errors", shed=3)
    yield Section("### Warnings\n\n", warnings, noun="warnings", shed=6)
    summary = f"<details><summary>Information ({len(infos)})</summary>\n\n"
    yield Section(summary, infos, "\n\n</details>", noun="findings", shed=9)


def _remarks(report: Report) -> Iterator[Section]:
    waived = tuple(_waiver(finding, waiver) for finding, waiver in waived_findings(report))
    yield Section("### Waived\n\n", waived, noun="waived findings", shed=5)
    skipped = tuple(_skip(skip) for skip in skipped_together(report))
    yield Section("### Skipped\n\n", skipped, noun="reasons", shed=8)
    behind = f"- production moved on and this change did not: {names(report.behind, quoted)}"
    notices = (f"- {code(notice, _TEXT)}" for notice in report.notices)
    notes = (*([behind] if report.behind else ()), *notices)
    yield Section("### Notes\n\n", notes, noun="notes", shed=7)


def _waiver(finding: Finding, waiver: AppliedWaiver) -> str:
    until = f"until {waiver.expires.isoformat()}, by {quoted(waiver.approved_by)}"
    reason = code(waiver.reason, _TEXT)
    return f"- {_where(finding)} **{quoted(finding.rule.code)}** {until}: {reason}"


def _skip(skip: SkippedTogether) -> str:
    families = ", ".join(map(quoted, skip.families))
    return f"- {families} for {names(skip.models, quoted)}: {code(skip.reason, _TEXT)}"


def _failure(failure: Failure) -> str:
    where = failure.model if failure.place is None else position(failure.place)
    lead = "" if where is None else f"{code(where)}: "
    return f"- {lead}{code(failure.message, _TEXT)}{_remedy(failure.remedy)}"


def _finding(finding: Finding) -> str:
    rule = f"**{quoted(finding.rule.code)}** {quoted(finding.rule.name)}"
    return f"- {_where(finding)} {rule}<br>{code(finding.message, _TEXT)}{_remedy(finding.remedy)}"


def _where(finding: Finding) -> str:
    if finding.place is not None:
        line = "" if finding.place.line is None else f":{finding.place.line}"
        return code(f"{finding.place.path}{line}")
    return "the change as a whole" if finding.model is None else code(finding.model)


def _remedy(remedy: str) -> str:
    return f"<br>Fix: {code(remedy, _TEXT)}" if remedy else ""
