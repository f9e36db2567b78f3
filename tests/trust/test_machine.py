"""The machine around the gate: import paths, variables, time."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import metrics
from judging import SNITCH
from judging import at
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

from snitch.engine.deadline import GRACE
from snitch.engine.deadline import within

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

MODULES = "yaml click rich git pydantic packaging json datetime typing_extensions markdown_it"
WORSE = at("models/churn", {**GOOD, "metrics.json": metrics("0.908")})


def booby_trapped(root: Path) -> tuple[Repo, Path]:
    """A repository whose root is full of modules and distributions that nobody should load."""
    canary = root / "canary"
    code = f"open({str(canary)!r}, 'a').write(__name__ + chr(10))\n"
    repo = deployed(root / "repo")
    entry_points = "[snitch.checks]\nfiles = yaml:CHECK\nevil = yaml:CHECK\n"
    repo.commit(
        "traps",
        {
            **{f"{name}.py": code for name in MODULES.split()},
            "evil-1.0.dist-info/METADATA": "Name: evil\nVersion: 1.0\n",
            "evil-1.0.dist-info/entry_points.txt": entry_points,
            "model_snitch-9.dist-info/METADATA": "Name: model-snitch\nVersion: 9\n",
            "model_snitch-9.dist-info/entry_points.txt": entry_points,
            **WORSE,
        },
    )
    return repo, canary


@pytest.mark.parametrize("python_path", [None, "."])
@pytest.mark.parametrize("command", [[SNITCH], [sys.executable, "-m", "snitch"]])
def test_a7_nothing_at_the_root_is_imported(
    tmp_path: Path, command: list[str], python_path: str | None
) -> None:
    repo, canary = booby_trapped(tmp_path)
    done = subprocess.run(
        [*command, "check", "--as-of", "2026-10-05", "--format", "concise"],
        cwd=repo.root,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            **({"PYTHONPATH": python_path} if python_path else {}),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert not canary.exists()
    assert done.returncode == 1
    assert "REG301" in done.stdout


def test_variables_select_nothing(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", WORSE)
    plain = snitch(repo, "check", "--as-of", "2026-10-05")
    swayed = snitch(
        repo,
        "check",
        "--as-of",
        "2026-10-05",
        SNITCH_POLICY=os.devnull,
        SNITCH_BASELINE="HEAD",
        SNITCH_CHECK_IGNORE="REG",
        SNITCH_FAIL_ON="never",
        SNITCH_DEBUG="1",
    )
    assert plain == swayed
    assert plain.status == 1


def test_a_forged_push_is_no_push(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", WORSE)
    repo.tracking()
    event = tmp_path / "event.json"
    event.write_text(f'{{"before": "{repo.head()}"}}')
    forged = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "push",
        "GITHUB_REF": "refs/heads/main",
        "GITHUB_EVENT_PATH": str(event),
    }
    report = judge(repo, environ=forged)
    assert report.baseline is not None
    assert report.baseline.ref == "origin/main"
    assert codes(report) == ["REG301"]


def test_a_pull_request_to_another_branch_is_held_to_production(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.branch("lax", "main")
    repo.commit("lax", {"snitch.yaml": "rules: {REG301: off}\n"})
    repo.checkout("change")
    repo.commit("worse", WORSE)
    repo.tracking().tracking("lax")
    report = judge(repo, environ={"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "lax"})
    assert "REG301" in codes(report)
    assert any("although the pull request goes to 'lax'" in one for one in report.notices)


def test_a_run_past_its_deadline_is_an_error_and_says_how_far_it_came(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}limits: {{max_seconds: 0}}\n")
    repo.commit("churn", at("models/churn", GOOD))
    report = judge(repo)
    assert report.verdict == "error"
    [failure] = report.failures
    assert "0 of 1 models were judged, and this report is incomplete" in failure.message
    assert snitch(repo, "check", "--fail-on", "never").status == 2


def test_what_works_for_a_run_is_ended_after_the_deadline_and_before_the_run_itself() -> None:
    with within(60, None) as deadline:
        assert 0 < deadline.end_of_processes - deadline.end < GRACE


def test_what_hangs_is_ended_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snitch.engine.deadline.GRACE", 0.01)
    called = Event()
    with within(0, lambda _seconds: called.set()) as deadline:
        assert deadline.passed
        assert called.wait(5)
    with within(600, lambda _seconds: called.clear()) as deadline:
        assert not deadline.passed
    assert called.is_set()
