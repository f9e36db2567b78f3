"""Code Quality: what GitLab's merge request widget and diff show, and compare with the target's.

Source of the format: GitLab's documentation of the Code Quality report.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any

from snitch.findings import Severity
from snitch.findings.fingerprint import fingerprints
from snitch.reports.grouping import open_findings
from snitch.reports.grouping import path_of
from snitch.reports.neutral.json_text import json_text
from snitch.reports.neutral.plain import plain

if TYPE_CHECKING:
    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import Report
    from snitch.reports import RenderOptions

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
    Severity.OFF: "info",
}


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a format's shape
    """Return the open findings as a Code Quality report; what could not be judged is a blocker."""
    directories = {model.name: model.path for model in report.models}
    found = open_findings(report)
    marks = fingerprints(found, directories)
    return json_text(
        [
            *(_failure(failure, directories) for failure in report.failures),
            *(
                _finding(finding, mark, directories)
                for finding, mark in zip(found, marks, strict=True)
            ),
        ]
    )


def _finding(finding: Finding, mark: str, directories: dict[str, str]) -> dict[str, Any]:
    said = f"{finding.rule.code}: {_said(finding.message, finding.remedy)}"
    place = finding.place
    line = None if place is None else place.line
    return {
        "description": said,
        "check_name": plain(finding.rule.name),
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.level],
        "location": _location(path_of(place, finding.model, directories), line),
    }


def _failure(failure: Failure, directories: dict[str, str]) -> dict[str, Any]:
    place = failure.place
    line = None if place is None else place.line
    path = path_of(place, failure.model, directories)
    identity = f"{failure.model}\0{path}\0{failure.message}"
    return {
        "description": f"could not judge: {_said(failure.message, failure.remedy)}",
        "check_name": "could-not-judge",
        "fingerprint": sha256(identity.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": "blocker",
        "location": _location(path, line),
    }


def _said(message: str, remedy: str) -> str:
    return plain(f"{message} (fix: {remedy})" if remedy else message)


def _location(path: str, line: int | None) -> dict[str, Any]:
    """A place as GitLab wants it: with a line always."""
    return {"path": path, "lines": {"begin": line or 1}}
