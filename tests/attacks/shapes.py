"""A row of the attack corpus: what a pull request brings, and what Snitch must say of it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from example import CHANGELOG
from example import GOOD
from example import POLICY
from example import REQUIREMENTS
from example import config
from example import metrics
from judging import at
from judging import changed
from judging import judge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.findings import Report

MODEL = "models/churn"
AUC = '"auc": 0.912'
WORSE = at(MODEL, {**GOOD, "metrics.json": metrics("0.908")})
"""A release whose `auc` falls by more than the tolerance."""

WAIVER = "{rule: %s, model: '%s', reason: x, approved_by: me, expires: %s}"

Files = dict[str, "str | bytes | None"]


@dataclass(frozen=True)
class Attack:
    """One way to try one row: files of the model that the pull request brings."""

    id: str
    what: str
    files: Mapping[str, str | bytes | None]
    codes: set[str]
    """All of these are found, as errors."""
    near: set[str] = field(default_factory=set)
    """Where more than one word is right: at least one of these is."""


def errors(report: Report) -> set[str]:
    """The codes of the findings that close the gate."""
    return {
        one.rule.code
        for one in report.findings
        if one.waiver is None and one.severity is not None and one.severity.value == "error"
    }


def judged(root: Path, files: Mapping[str, str | bytes | None]) -> Report:
    """The report of a commit that brings these files of the model."""
    repo = changed(root)
    repo.commit("attack", {f"{MODEL}/{name}": text for name, text in files.items()})
    return judge(repo, candidate="commit", ref="HEAD")


def assert_found(root: Path, attack: Attack) -> None:
    """The gate stays closed, for the reasons that the row gives."""
    report = judged(root, attack.files)
    assert attack.codes <= errors(report)
    assert not attack.near or attack.near & errors(report)
    assert report.verdict == "fail"


def a_config(old: str, new: str) -> Files:
    """The good config with one text replaced."""
    assert old in config()
    return {"config.yaml": config().replace(old, new, 1)}


def a_metric(old: str, new: str) -> Files:
    """The good metrics with one text replaced."""
    assert old in metrics()
    return {"metrics.json": metrics().replace(old, new, 1)}


def an_auc(text: str) -> Files:
    """The good metrics with another value of `auc`."""
    return a_metric(AUC, f'"auc": {text}')


def an_entry(old: str, new: str) -> Files:
    """The good changelog with one text replaced."""
    assert old in CHANGELOG
    return {"CHANGELOG.md": CHANGELOG.replace(old, new, 1)}


def more_requirements(text: str) -> Files:
    """The good requirements and more."""
    return {"requirements.txt": REQUIREMENTS + text}


def waiving(rule: str = "REG301", model: str = "churn", expires: str = "2026-12-01") -> str:
    """The policy with one waiver."""
    return f"{POLICY}waivers:\n  - {WAIVER % (rule, model, expires)}\n"
