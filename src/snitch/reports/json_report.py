"""The report for programs: schema 1, whose keys keep their names and meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.findings.fingerprint import fingerprints
from snitch.reports.neutral.json_text import json_text

if TYPE_CHECKING:
    from snitch.findings import AppliedWaiver
    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import MetricChange
    from snitch.findings import ModelReport
    from snitch.findings import Place
    from snitch.findings import Report
    from snitch.findings import Trend
    from snitch.findings import TrendPoint
    from snitch.reports import RenderOptions

SCHEMA = 1


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a format's shape
    """Return the report as ASCII JSON, two spaces deep, keys in a fixed order."""
    return json_text(document(report))


def document(report: Report) -> dict[str, Any]:
    """Return the report as the value that `report_schema` describes."""
    candidate, baseline, policy, summary = (
        report.candidate,
        report.baseline,
        report.policy,
        report.summary,
    )
    return {
        "schema": SCHEMA,
        "tool": {"name": "snitch", "version": report.version},
        "verdict": report.verdict,
        "as_of": report.as_of.isoformat(),
        "candidate": {"kind": candidate.kind, "commit": candidate.commit},
        "baseline": baseline and {"ref": baseline.ref, "commit": baseline.commit},
        "policy": policy and {"source": policy.source, "sha256": policy.sha256},
        "summary": {
            "models": summary.models,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "waived": summary.waived,
            "known": summary.known,
        },
        "total_models": report.total_models,
        "models": [
            _model(model)
            for model in sorted((*report.models, *report.removed), key=lambda one: one.name)
        ],
        "findings": [
            _finding(finding, mark)
            for finding, mark in zip(report.findings, _marks(report), strict=True)
        ],
        "failures": [_failure(failure) for failure in report.failures],
        "behind": list(report.behind),
        "notices": list(report.notices),
        "deviations": list(report.deviations),
    }


def _model(model: ModelReport) -> dict[str, Any]:
    return {
        "name": model.name,
        "path": model.path,
        "version": model.version,
        "deployed_version": model.deployed_version,
        "change": model.change,
        "metrics": [_metric(row) for row in model.metrics],
        "families": list(model.families),
        "skipped": [
            {
                "family": skip.family,
                "reason": skip.reason,
                "excused": skip.excused,
                "whole": skip.whole,
            }
            for skip in model.skipped
        ],
        "trends": [_trend(trend) for trend in model.trends],
    }


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "name": trend.name,
        "direction": trend.direction,
        "points": [_point(point) for point in trend.points],
        "candidate": None if trend.candidate is None else _point(trend.candidate),
    }


def _point(point: TrendPoint) -> dict[str, Any]:
    return {"version": point.version, "value": point.value}


def _metric(row: MetricChange) -> dict[str, Any]:
    return {
        "name": row.name,
        "slice": row.slice,
        "candidate": row.candidate,
        "deployed": row.deployed,
        "delta": row.delta,
        "direction": row.direction,
        "tolerance": row.tolerance,
        "verdict": row.verdict,
        "critical": row.critical,
    }


def _marks(report: Report) -> list[str]:
    return fingerprints(report.findings, {model.name: model.path for model in report.models})


def _finding(finding: Finding, mark: str) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "rule": finding.rule.name,
        "severity": finding.level.value,
        "model": finding.model,
        **place_document(finding.place),
        "message": finding.message,
        "remedy": finding.remedy,
        "metric": finding.metric,
        "slice": finding.slice,
        "fingerprint": mark,
        "waiver": _waiver(finding.waiver),
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "model": failure.model,
        **place_document(failure.place),
        "message": failure.message,
        "remedy": failure.remedy,
    }


def place_document(place: Place | None) -> dict[str, Any]:
    """Return a place as its three keys, which stand among those of what it is the place of."""
    if place is None:
        return {"path": None, "line": None, "column": None}
    return {"path": place.path, "line": place.line, "column": place.column}


def _waiver(waiver: AppliedWaiver | None) -> dict[str, Any] | None:
    if waiver is None:
        return None
    return {
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "expires": waiver.expires.isoformat(),
    }
