"""How each model fared, in one word that reports for people share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.reports.grouping import INCONCLUSIVE
from snitch.reports.grouping import open_findings
from snitch.reports.grouping import per_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.findings import Finding
    from snitch.findings import ModelReport
    from snitch.findings import Report

RESULTS = ("failing", "could not judge", "inconclusive", "changed", "unchanged", "passing")
"""The words, in the order in which people want to see their models."""


def results_of(report: Report) -> list[tuple[ModelReport, str]]:
    """Each model with how it fared, in the words and the order of RESULTS."""
    found = per_model(open_findings(report))
    failed = {failure.model for failure in report.failures}
    fared = [
        (model, "could not judge" if model.name in failed else _result(model, found[model.name]))
        for model in report.models
    ]
    return sorted(fared, key=lambda pair: RESULTS.index(pair[1]))


def _result(model: ModelReport, findings: Sequence[Finding]) -> str:
    errors = [finding for finding in findings if finding.level is Severity.ERROR]
    if any(finding.rule.code != INCONCLUSIVE for finding in errors):
        return "failing"
    if errors or any(row.verdict == "inconclusive" for row in model.metrics):
        return "inconclusive"
    if findings:
        return "changed"
    return "unchanged" if model.change == "unchanged" else "passing"
