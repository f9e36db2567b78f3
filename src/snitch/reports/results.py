"""How each model fared, in one word that reports for people share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.reports.grouping import INCONCLUSIVE
from snitch.reports.grouping import open_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.findings import Finding
    from snitch.findings import ModelReport
    from snitch.findings import Report

RESULTS = ("failing", "could not judge", "inconclusive", "changed", "unchanged", "passing")
"""The words, in the order in which people want to see their models."""


def results_of(report: Report) -> dict[str, str]:
    """How each model fared, in the words of RESULTS."""
    found: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in open_findings(report):
        found[finding.model].append(finding)
    failed = {failure.model for failure in report.failures}
    return {
        model.name: "could not judge" if model.name in failed else _result(model, found[model.name])
        for model in report.models
    }


def _result(model: ModelReport, findings: Sequence[Finding]) -> str:
    errors = [finding for finding in findings if finding.level is Severity.ERROR]
    if any(finding.rule.code != INCONCLUSIVE for finding in errors):
        return "failing"
    if errors or any(row.verdict == "inconclusive" for row in model.metrics):
        return "inconclusive"
    if findings:
        return "changed"
    return "unchanged" if model.change == "unchanged" else "passing"
