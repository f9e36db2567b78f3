"""A JSON report back into the value it was written from, as far as a comment needs it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

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

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

VERDICTS = ("pass", "fail", "error")
MAX_BYTES = 64 << 20
"""How much of a report's file is worth reading; what is longer is none."""
MOST = 1 << 31
"""The largest count, line or column."""


def read(text: str) -> Report:
    """The report of a `--format json`; rules have no more than code, name and severity.

    Raises:
        CannotJudgeError: the text is no such report; a comment without a verdict would read as
            a pass.
    """
    try:
        return _report(json.loads(text))
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        message = f"the report is no `--format json` report of Snitch: {type(error).__name__}"
        remedy = "write it with `snitch check --format json=FILE`"
        raise CannotJudgeError(message, remedy) from None


def _report(data: dict[str, Any]) -> Report:
    if data["schema"] != 1 or data["verdict"] not in VERDICTS:
        raise ValueError
    summary = data["summary"]
    models = [_model(one) for one in data["models"]]
    return Report(
        version=_text(data["tool"]["version"]),
        verdict=data["verdict"],
        as_of=date.fromisoformat(data["as_of"]),
        candidate=Candidate(
            _text(data["candidate"]["kind"]), _maybe(_text, data["candidate"]["commit"])
        ),
        baseline=_maybe(_baseline, data["baseline"]),
        policy=_maybe(_policy, data["policy"]),
        summary=Summary(
            models=_count(summary["models"]),
            errors=_count(summary["errors"]),
            warnings=_count(summary["warnings"]),
            infos=_count(summary["infos"]),
            waived=_count(summary["waived"]),
            known=_count(summary.get("known", 0)),
        ),
        models=tuple(one for one in models if one.change != "removed"),
        removed=tuple(one for one in models if one.change == "removed"),
        findings=tuple(_finding(one) for one in data["findings"]),
        failures=tuple(_failure(one) for one in data.get("failures", [])),
        total_models=_count(data.get("total_models", 0)),
        behind=tuple(_text(name) for name in data.get("behind", [])),
        notices=tuple(_text(notice) for notice in data.get("notices", [])),
        deviations=tuple(_text(flag) for flag in data.get("deviations", [])),
    )


def _baseline(data: dict[str, Any]) -> Baseline:
    return Baseline(_text(data["ref"]), _text(data["commit"]))


def _policy(data: dict[str, Any]) -> PolicySource:
    return PolicySource(_text(data["source"]), _text(data["sha256"]))


def _model(data: dict[str, Any]) -> ModelReport:
    return ModelReport(
        name=_text(data["name"]),
        path=_text(data["path"]),
        version=_maybe(_text, data["version"]),
        deployed_version=_maybe(_text, data["deployed_version"]),
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
        slice=_maybe(_text, data["slice"]),
        candidate=_maybe(_text, data["candidate"]),
        deployed=_maybe(_text, data["deployed"]),
        delta=_maybe(_text, data["delta"]),
        direction=_maybe(_text, data["direction"]),
        tolerance=_maybe(_text, data["tolerance"]),
        verdict=_text(data["verdict"]),
        critical=data.get("critical") is True,
    )


def _trend(data: dict[str, Any]) -> Trend:
    return Trend(
        _text(data["name"]),
        _maybe(_text, data["direction"]),
        tuple(_point(point) for point in data["points"]),
        _maybe(_point, data["candidate"]),
    )


def _point(data: dict[str, Any]) -> TrendPoint:
    return TrendPoint(_maybe(_text, data["version"]), _text(data["value"]))


def _finding(data: dict[str, Any]) -> Finding:
    severity = Severity(data["severity"])
    return Finding(
        Rule(_text(data["code"]), _text(data["rule"]), severity, "", "", ""),
        _text(data["message"]),
        _text(data["remedy"]),
        _place(data),
        severity,
        _maybe(_text, data["model"]),
        _maybe(_text, data.get("metric")),
        _maybe(_text, data.get("slice")),
        _maybe(_waiver, data["waiver"]),
    )


def _failure(data: dict[str, Any]) -> Failure:
    return Failure(
        _text(data["message"]), _text(data["remedy"]), _maybe(_text, data["model"]), _place(data)
    )


def _waiver(data: dict[str, Any]) -> AppliedWaiver:
    return AppliedWaiver(
        _text(data["reason"]), _text(data["approved_by"]), date.fromisoformat(data["expires"])
    )


def _place(data: dict[str, Any]) -> Place | None:
    if data["path"] is None:
        return None
    return Place(_text(data["path"]), _maybe(_count, data["line"]), _maybe(_count, data["column"]))


def _maybe(read: Callable[[Any], T], value: Any) -> T | None:  # noqa: ANN401 - JSON holds anything
    return None if value is None else read(value)


def _count(value: Any) -> int:  # noqa: ANN401 - JSON holds anything
    if type(value) is int and 0 <= value <= MOST:
        return value
    raise TypeError


def _text(value: Any) -> str:  # noqa: ANN401 - JSON holds anything
    if isinstance(value, str):
        return value
    raise TypeError
