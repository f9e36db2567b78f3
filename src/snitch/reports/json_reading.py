"""A JSON report back into the value it was written from, as far as a comment needs it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from snitch.findings import AppliedWaiver
from snitch.findings import Baseline
from snitch.findings import Candidate
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.findings import Finding
from snitch.findings import MetricChange
from snitch.findings import ModelReport
from snitch.findings import Place
from snitch.findings import PolicySource
from snitch.findings import Report
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped
from snitch.findings import Summary
from snitch.findings import Trend
from snitch.findings import TrendPoint

VERDICTS = ("pass", "fail", "error")
MAX_BYTES = 64 << 20


def read(text: str) -> Report:
    """The report of a `--format json`; rules have no more than code, name and severity.

    Raises:
        CannotJudgeError: the text is no such report; a comment without a verdict would read as
            a pass.
    """
    try:
        return _report(json.loads(text[:MAX_BYTES]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        message = f"the report is no `--format json` report of Snitch: {type(error).__name__}"
        remedy = "write it with `snitch check --format json=FILE`"
        raise CannotJudgeError(message, remedy) from None


def _report(data: dict[str, Any]) -> Report:
    if data["schema"] != 1 or data["verdict"] not in VERDICTS:
        raise ValueError
    baseline, policy, summary = data["baseline"], data["policy"], data["summary"]
    return Report(
        version=_text(data["tool"]["version"]),
        verdict=data["verdict"],
        as_of=date.fromisoformat(data["as_of"]),
        candidate=Candidate(_text(data["candidate"]["kind"]), data["candidate"]["commit"]),
        baseline=baseline and Baseline(_text(baseline["ref"]), _text(baseline["commit"])),
        policy=policy and PolicySource(_text(policy["source"]), _text(policy["sha256"])),
        summary=Summary(
            models=int(summary["models"]),
            errors=int(summary["errors"]),
            warnings=int(summary["warnings"]),
            infos=int(summary["infos"]),
            waived=int(summary["waived"]),
            known=int(summary.get("known", 0)),
        ),
        models=tuple(_model(one) for one in data["models"]),
        findings=tuple(_finding(one) for one in data["findings"]),
        failures=tuple(
            Failure(_text(one["message"]), _text(one["remedy"]), one["model"], _place(one))
            for one in data.get("failures", [])
        ),
        total_models=int(data.get("total_models", 0)),
        behind=tuple(_text(name) for name in data.get("behind", [])),
        notices=tuple(_text(notice) for notice in data.get("notices", [])),
        deviations=tuple(_text(flag) for flag in data.get("deviations", [])),
    )


def _model(data: dict[str, Any]) -> ModelReport:
    return ModelReport(
        name=_text(data["name"]),
        path=_text(data["path"]),
        version=data["version"],
        deployed_version=data["deployed_version"],
        change=_text(data["change"]),
        metrics=tuple(_row(row) for row in data["metrics"]),
        families=tuple(_text(family) for family in data.get("families", [])),
        trends=tuple(_trend(trend) for trend in data.get("trends", [])),
        skipped=tuple(
            Skipped(
                _text(one["reason"]),
                one.get("excused") is True,
                one.get("whole", True) is True,
                _text(one["family"]),
            )
            for one in data["skipped"]
        ),
    )


def _row(data: dict[str, Any]) -> MetricChange:
    return MetricChange(
        name=_text(data["name"]),
        slice=data["slice"],
        candidate=data["candidate"],
        deployed=data["deployed"],
        delta=data["delta"],
        direction=data["direction"],
        tolerance=data["tolerance"],
        verdict=_text(data["verdict"]),
        critical=data.get("critical") is True,
    )


def _trend(data: dict[str, Any]) -> Trend:
    candidate = data["candidate"]
    return Trend(
        _text(data["name"]),
        data["direction"],
        tuple(_point(point) for point in data["points"]),
        candidate and _point(candidate),
    )


def _point(data: dict[str, Any]) -> TrendPoint:
    return TrendPoint(data["version"], _text(data["value"]))


def _finding(data: dict[str, Any]) -> Finding:
    severity = Severity(data["severity"])
    waiver = data["waiver"]
    return Finding(
        Rule(_text(data["code"]), _text(data["rule"]), severity, "", "", ""),
        _text(data["message"]),
        _text(data["remedy"]),
        _place(data),
        severity,
        data["model"],
        data.get("metric"),
        data.get("slice"),
        waiver
        and AppliedWaiver(
            _text(waiver["reason"]),
            _text(waiver["approved_by"]),
            date.fromisoformat(waiver["expires"]),
        ),
    )


def _place(data: dict[str, Any]) -> Place | None:
    if data["path"] is None:
        return None
    return Place(_text(data["path"]), data["line"], data["column"])


def _text(value: Any) -> str:  # noqa: ANN401 - JSON holds anything
    if isinstance(value, str):
        return value
    raise TypeError
