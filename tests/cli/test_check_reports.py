from __future__ import annotations

import json
import os
import pty
import subprocess
from typing import TYPE_CHECKING

import pytest
from example import POLICY
from example import metrics
from judging import SNITCH
from judging import at
from judging import changed
from judging import deployed
from judging import snitch

from snitch.reports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

DAY = "--as-of=2026-10-05"
CRITICAL = POLICY.replace("range: [0, 1]}", "range: [0, 1], critical: true}")


def worse(root: Path) -> Repo:
    """A change under which auc, which is critical, falls."""
    repo = deployed(root, policy=CRITICAL)
    repo.commit("worse", at("models/churn", {"metrics.json": metrics("0.80")}))
    return repo


def at_a_terminal(repo: Repo, *args: str) -> str:
    """What a person sees who runs the command."""
    ours, theirs = pty.openpty()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(repo.root.parent),
        "TERM": "xterm-256color",
        "SNITCH_RULES_URL": "https://docs.example/{code}",
    }
    command = subprocess.Popen(
        [SNITCH, *args], cwd=repo.root, env=environment, stdout=theirs, stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    command.wait()
    return seen.decode()


def test_every_format_is_written_in_one_run(tmp_path: Path) -> None:
    repo = worse(tmp_path / "repo")
    out = tmp_path / "out"
    out.mkdir()
    ran = snitch(repo, "check", DAY, *(f"--format={name}={out / name}" for name in FORMATS))
    assert (ran.status, ran.out) == (1, "")
    for name in FORMATS:
        assert "REG301" in (out / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("name", ["markdown", "html", "json"])
def test_reports_that_draw_the_past_are_given_it(tmp_path: Path, name: str) -> None:
    ran = snitch(worse(tmp_path), "check", DAY, f"--format={name}")
    marks = {"markdown": "### Trends", "html": "<svg", "json": '"trends": [\n        {'}
    assert marks[name] in ran.out


def test_a_person_at_a_terminal_sees_the_past_and_links_and_a_log_does_not(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    seen = at_a_terminal(repo, "check", DAY)
    assert "Trends" in seen
    assert "\x1b]8;;https://docs.example/REG301\x1b\\" in seen
    logged = snitch(repo, "check", DAY, SNITCH_RULES_URL="https://docs.example/{code}").out
    assert "Trends" not in logged
    assert "\x1b" not in logged


def test_a_commit_hook_does_not_wait_for_the_past(tmp_path: Path) -> None:
    assert "Trends" not in at_a_terminal(worse(tmp_path), "check", DAY, "--staged", "churn")


def test_the_longest_comment_is_as_long_as_asked(tmp_path: Path) -> None:
    repo = changed(tmp_path, **at("models/churn", {"metrics.json": metrics("0.80")}))
    ran = snitch(repo, "check", DAY, "--format=markdown", "--max-chars=1800")
    assert ran.status == 1
    assert len(ran.out) <= 1800
    assert "Shortened to fit." in ran.out
    assert "max&#45;chars" not in ran.out


def test_statistics_close_the_report(tmp_path: Path) -> None:
    ran = snitch(worse(tmp_path), "check", DAY, "--format=concise", "--statistics")
    assert "\n1 REG301 metric-regressed\n" in ran.out


@pytest.mark.parametrize(
    ("option", "needs"),
    [("--max-chars=9", "markdown"), ("--statistics", "terminal or concise")],
)
def test_an_option_that_no_report_heeds_is_refused(tmp_path: Path, option: str, needs: str) -> None:
    ran = snitch(deployed(tmp_path), "check", "--format=json", option)
    assert ran.status == 2
    assert f"is for --format {needs}" in ran.err


def test_programs_are_told_what_could_not_be_judged(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    for name in ("sarif", "junit", "gitlab", "github", "html"):
        ran = snitch(repo, "check", "--baseline=nowhere", f"--format={name}")
        assert ran.status == 2
        assert "nowhere" in ran.out
    run = json.loads(snitch(repo, "check", "--baseline=nowhere", "--format=sarif").out)["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_commands_and_options(tmp_path: Path, shell: str) -> None:
    repo = deployed(tmp_path)
    script = snitch(repo, _SNITCH_COMPLETE=f"{shell}_source").out
    assert "snitch" in script
    asked = {"COMP_WORDS": "snitch check --for", "COMP_CWORD": "--for" if shell == "fish" else "2"}
    found = snitch(repo, _SNITCH_COMPLETE=f"{shell}_complete", **asked).out
    assert "--format" in found


def test_shells_can_complete_formats(tmp_path: Path) -> None:
    asked = {"COMP_WORDS": "snitch check --format s", "COMP_CWORD": "3"}
    found = snitch(deployed(tmp_path), _SNITCH_COMPLETE="bash_complete", **asked).out
    assert found == "plain,sarif\n"
