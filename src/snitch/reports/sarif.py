"""SARIF 2.1.0: findings as alerts of GitHub code scanning and of every viewer of that standard.

Sources: OASIS SARIF 2.1.0, and GitHub's list of the properties that code scanning reads. It knows
an alert again by `primaryLocationLineHash` alone, which therefore carries Snitch's fingerprint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.findings.fingerprint import fingerprints
from snitch.reports.grouping import path_of
from snitch.reports.neutral.json_text import json_text
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.sarif import message
from snitch.reports.neutral.sarif import uri
from snitch.reports.sarif_rules import LEVELS
from snitch.reports.sarif_rules import rule_metadata
from snitch.reports.wording import provenance

if TYPE_CHECKING:
    from snitch.findings import AppliedWaiver
    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import Place
    from snitch.findings import Report
    from snitch.reports import RenderOptions

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, options: RenderOptions) -> str:
    """Return the report as one SARIF run; waived findings are suppressed results."""
    directories = {model.name: model.path for model in report.models}
    rules = {finding.rule.code: finding.rule for finding in report.findings}
    index = {code: number for number, code in enumerate(sorted(rules))}
    marks = fingerprints(report.findings, directories)
    results = [
        _result(finding, mark, index[finding.rule.code], directories)
        for finding, mark in zip(report.findings, marks, strict=True)
    ]
    if report.summary.waived:
        # Once one result says that it is suppressed, the others must say that they are not.
        for finding, result in zip(report.findings, results, strict=True):
            result["suppressions"] = (
                [] if finding.waiver is None else [_suppression(finding.waiver)]
            )
    driver = {
        "name": "Snitch",
        "version": plain(report.version),
        "rules": [rule_metadata(rules[code], options.rules_url) for code in sorted(rules)],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report, directories)],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "verdict": plain(report.verdict),
            "provenance": provenance(report, plain),
        },
    }
    # Only programs read it, and deep values indented would take four times as long to write.
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=None)


def _result(finding: Finding, mark: str, index: int, directories: dict[str, str]) -> dict[str, Any]:
    return {
        "ruleId": plain(finding.rule.code),
        "ruleIndex": index,
        "level": LEVELS[finding.level],
        "message": _said(finding),
        "locations": [_location(finding.place, finding.model, directories)],
        "partialFingerprints": {"primaryLocationLineHash": mark},
    }


def _said(one: Finding | Failure) -> dict[str, str]:
    fix = f"\nFix: {message(one.remedy)}" if one.remedy else ""
    return {"text": f"{message(one.message)}{fix}"}


def _location(
    place: Place | None, model: str | None, directories: dict[str, str]
) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {
            "uri": uri(path_of(place, model, directories)),
            "uriBaseId": "%SRCROOT%",
        }
    }
    if place is not None and place.line is not None:
        physical["region"] = _region(place)
    if model is None:
        return {"physicalLocation": physical}
    logical = {"fullyQualifiedName": plain(model), "kind": "module"}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _region(place: Place) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line}
    if place.column is not None:
        region["startColumn"] = place.column
        region["endColumn"] = place.column + max(place.width, 1)
    if place.excerpt is not None:
        region["snippet"] = {"text": plain(place.excerpt)}
    return region


def _suppression(waiver: AppliedWaiver) -> dict[str, Any]:
    until = f"until {waiver.expires.isoformat()}, by {plain(waiver.approved_by)}"
    return {
        "kind": "external",
        "status": "accepted",
        "justification": f"{message(waiver.reason)} ({until})",
    }


def _invocation(report: Report, directories: dict[str, str]) -> dict[str, Any]:
    """How the run went: a viewer must not take what could not be judged for clean."""
    notes = [{"level": "note", "message": {"text": message(text)}} for text in report.notices]
    return {
        "executionSuccessful": not report.failures and report.verdict != "error",
        "toolExecutionNotifications": [
            *(_notification(failure, directories) for failure in report.failures),
            *notes,
        ],
    }


def _notification(failure: Failure, directories: dict[str, str]) -> dict[str, Any]:
    said = {"level": "error", "message": _said(failure)}
    if failure.place is None and failure.model is None:
        return said
    return {**said, "locations": [_location(failure.place, failure.model, directories)]}
