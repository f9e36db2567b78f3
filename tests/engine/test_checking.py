"""The report of a run: what it counts, how it is ordered, and when it fails."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from snitch.engine.checking import could_not_judge
from snitch.engine.request import Request
from snitch.findings import CannotJudgeError
from snitch.findings import Summary

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_that_judged_nothing_counts_nothing(tmp_path: Path) -> None:
    request = Request(start=tmp_path, as_of=date(2026, 10, 5), fail_on="never")
    report = could_not_judge(request, CannotJudgeError("no repository", "run `git init`"))
    assert (report.verdict, report.summary) == ("error", Summary(0, 0, 0, 0, 0))
    assert [(one.message, one.remedy) for one in report.failures] == [
        ("no repository", "run `git init`")
    ]
