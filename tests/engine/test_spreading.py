from __future__ import annotations

import json
import os
import signal
from datetime import date
from typing import TYPE_CHECKING

import pytest

from snitch.engine import selection
from snitch.engine import spreading
from snitch.engine.checking import check
from snitch.engine.checking import whole
from snitch.engine.judging import judge
from snitch.engine.request import Request
from snitch.findings import CannotJudgeError
from snitch.registry.names import Names
from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repo import Repo

    from snitch.engine.judging import Judged
    from snitch.findings import Report

TODAY = date(2026, 11, 23)
CHUNK = 4


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "CHUNK", CHUNK)
    monkeypatch.setattr(selection, "AT_ONCE", CHUNK)


def audit(repo: Repo, jobs: int) -> Report:
    return check(
        Request(repo.root, TODAY, candidate="commit", ref="HEAD", everything=True, jobs=jobs)
    )


def test_a_report_is_the_same_to_the_byte_however_many_processes_judge(released: Repo) -> None:
    one, two, many = (render(audit(released, jobs), "json", RenderOptions()) for jobs in (1, 2, 9))

    assert one == two == many
    assert json.loads(one)["summary"]["errors"] > 0


def test_a_process_that_dies_leaves_an_incomplete_report(
    released: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()

    def dies(*args: object) -> Judged:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return judge(*args)  # type: ignore[arg-type]  # whatever judge takes

    monkeypatch.setattr(spreading, "judge", dies)

    report = audit(released, 2)

    assert report.verdict == "error"
    assert "POL708" in {finding.rule.code for finding in report.findings}
    with pytest.raises(CannotJudgeError, match="this report is incomplete"):
        whole(report)


def test_a_process_that_dies_over_the_names_ends_the_audit(
    released: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, read = os.getpid(), Names.read

    def dies(names: Names, paths: Sequence[str]) -> dict[str, str]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(names, paths)

    monkeypatch.setattr(Names, "read", dies)

    with pytest.raises(CannotJudgeError, match="a process ended"):
        audit(released, 2)


def test_one_process_is_the_caller_s_own(released: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    processes = []

    def note(*args: object) -> Judged:
        processes.append(os.getpid())
        return judge(*args)  # type: ignore[arg-type]  # whatever judge takes

    monkeypatch.setattr(spreading, "judge", note)
    audit(released, 1)

    assert processes == [os.getpid()] * 7


def test_processes_live_past_the_deadline_for_a_while(
    released: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("snitch.engine.deadline.GRACE", 24 * 60 * 60)

    assert audit(released, 2).verdict == "fail"


def test_an_interrupted_audit_leaves_no_process(released: Repo) -> None:
    def interrupt(*_: int) -> None:
        raise KeyboardInterrupt

    request = Request(released.root, TODAY, candidate="commit", ref="HEAD", everything=True, jobs=2)
    with pytest.raises(KeyboardInterrupt):
        check(request, interrupt)

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_progress_is_told_model_by_model(released: Repo) -> None:
    told: list[tuple[int, int]] = []
    request = Request(released.root, TODAY, candidate="commit", ref="HEAD", everything=True, jobs=2)
    check(request, lambda done, every: told.append((done, every)))

    assert told == [(number, 7) for number in range(1, 8)]
