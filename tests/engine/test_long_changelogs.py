"""A changelog that is longer than what is read of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from example import OLD_CHANGELOG
from example import POLICY
from judging import at
from judging import codes
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

OLD = "\n## [1.3.1] - 2026-06-01\n- **Author:** ben@example.com\n### Changed\n- June's.\n"
OLDEST = OLD.replace("1.3.1", "1.3.0").replace("June's", "May's")


def judged(path: Path, past: str, now: str) -> Report:
    policy = f"{POLICY}limits: {{max_entries: 1}}\n"
    repo = Repo(path)
    before = at("models/churn", {**DEPLOYED, "CHANGELOG.md": OLD_CHANGELOG + past})
    repo.commit("deployed", {"snitch.yaml": policy, **before})
    after = at("models/churn", {**GOOD, "CHANGELOG.md": CHANGELOG + now})
    repo.branch("change").commit("release", after)
    return judge(repo)


def reasons(report: Report) -> list[str]:
    return [it.reason for it in report.models[0].skipped if it.family == "CPL"]


@pytest.mark.parametrize("now", ["", OLD, OLD.replace("June's", "Jule's") + OLDEST])
def test_entries_of_production_are_kept_however_old(tmp_path: Path, now: str) -> None:
    assert codes(judged(tmp_path, OLD + OLDEST, now))[0] == "CPL109"


def test_what_production_holds_is_read_and_the_rest_said_not_to_be(tmp_path: Path) -> None:
    whole = judged(tmp_path / "whole", OLD + OLDEST, OLD + OLDEST)
    assert (codes(whole), reasons(whole)) == ([], [])
    report = judged(tmp_path / "more", OLD, OLD + OLDEST)
    assert codes(report) == []
    assert reasons(report) == [
        "changelog entries past `limits.max_entries`, none of production's: not judged"
    ]
