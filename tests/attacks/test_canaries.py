"""Every trap at once: settings, hooks, attributes, modules at the root. Nothing of it runs."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from snapshots.test_canaries import ATTRIBUTES
from snapshots.test_canaries import Trap
from snapshots.test_canaries import _arm as arm
from trust.test_machine import booby_trapped

from snitch.reports import FORMATS

if TYPE_CHECKING:
    from repo import Repo

WATCHED = Path(__file__).with_name("watched.py")
ALL = [f"--format={name}={{out}}/{name}" for name in FORMATS]
DAY = ["--as-of", "2026-10-05"]
CHECKS = [
    ["check", *DAY, *ALL],
    ["check", *DAY, *ALL, "--staged"],
    ["check", *DAY, *ALL, "--ref", "HEAD"],
]
READING = [
    *(["check", *DAY, "--format", name, *kind] for name in FORMATS for kind in ([], ["--staged"])),
    ["check", *DAY, "--all", "--jobs", "2"],
    ["check", *DAY, "--changed-since", "main", "--policy-from", "HEAD"],
    ["check", *DAY, "models/churn", "--policy", "snitch.yaml", "--no-ignores"],
    ["models"],
    ["history", "churn"],
    ["show", "churn"],
    ["diff", "churn", "main", "HEAD"],
    ["blame", "churn", "auc"],
    ["layouts"],
    ["rules"],
    ["explain", "REG301"],
    ["policy", "show", "churn"],
    ["policy", "check"],
    ["policy", "diff", "main", "HEAD"],
    ["init", "--dry-run"],
]


@pytest.fixture
def traps(tmp_path: Path) -> tuple[Repo, Trap, Path]:
    """A repository that a branch armed with all that is known; the trap, and its other trace."""
    repo, canary = booby_trapped(tmp_path)
    attributes = f"{ATTRIBUTES}*.json filter=evil diff=evil ident working-tree-encoding=UTF-8\n"
    repo.commit("attributes", {".gitattributes": attributes})
    repo.tracking()
    (tmp_path / "trap").mkdir()
    trap = Trap(tmp_path / "trap")
    arm(repo, trap)
    (tmp_path / "out").mkdir()
    os.utime(repo.root / "models/churn/metrics.json", (1, 1))
    return repo, trap, canary


def contents(root: Path) -> dict[str, str]:
    """Every file below a directory, Git's own too."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def watched(repo: Repo, home: Path, command: list[str]) -> list[list[str]]:
    """What the run of one command did, as (kind, what)."""
    out = str(home / "out")
    done = subprocess.run(
        [sys.executable, "-B", WATCHED, home / "log", *(one.format(out=out) for one in command)],
        cwd=repo.root,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": ".",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PAGER": str(home / "trap/canary"),
            "EDITOR": str(home / "trap/canary"),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    return [ast.literal_eval(line) for line in (home / "log").read_text().splitlines()]


def assert_quiet(traps: tuple[Repo, Trap, Path], command: list[str]) -> None:
    repo, trap, canary = traps
    home = repo.root.parent
    before = contents(repo.root)
    events = watched(repo, home, command)
    assert contents(repo.root) == before
    assert trap.ran() == ""
    assert not canary.exists()
    for kind, *said in events:
        what = str(said[0])
        assert kind != "socket", said
        if kind == "program":
            assert Path(what).name == "git"
            assert Path(what).is_absolute()
        if kind == "code":
            assert not what.startswith(str(repo.root)), what
        if kind == "write":
            assert what == os.devnull or what.startswith(str(home / "out")), what


@pytest.mark.parametrize("command", CHECKS, ids=" ".join)
def test_a_judgement_runs_nothing_of_the_repository(
    traps: tuple[Repo, Trap, Path], command: list[str]
) -> None:
    assert_quiet(traps, command)
    assert len(list((traps[0].root.parent / "out").iterdir())) == len(FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_that_reads_runs_anything_or_writes(
    traps: tuple[Repo, Trap, Path], command: list[str]
) -> None:
    assert_quiet(traps, command)


def test_the_watch_itself_sees(traps: tuple[Repo, Trap, Path]) -> None:
    repo, *_ = traps
    events = watched(repo, repo.root.parent, CHECKS[0])
    kinds = {kind for kind, *_ in events}
    assert {"program", "code", "write"} <= kinds
    with suppress(AssertionError):  # it fails over what it runs
        repo.git("status")
    assert traps[1].ran()
