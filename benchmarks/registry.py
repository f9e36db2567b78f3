"""The registry's commands beside the `git log` and `git cat-file --batch` work that they need.

Processor time of each process and of those that it starts, the best of three.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bars import Row
from benchmarks.histories import History
from benchmarks.histories import make
from benchmarks.histories import name_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

MODELS, COMMITS = 1_000, 20_000
ROUNDS = 3
SNITCH = str(Path(sys.executable).with_name("snitch"))


def rows(directory: Path) -> list[Row]:
    """One for each command; the repository is made where there is none."""
    held = make(directory / "history", MODELS, COMMITS)
    model = name_of(5)
    beside = {
        "git log, cat-file of all": _seconds(lambda: _all(held)),
        "git log, cat-file of one": _seconds(lambda: _one(held, model)),
        "snitch check": _seconds(lambda: _snitch(held, "check", model)),
        "20 s": 20.0,
    }
    with tempfile.TemporaryDirectory() as pages:
        taken = [
            ("models", "git log, cat-file of all", 3.0, ("models",), ROUNDS),
            ("history", "git log, cat-file of one", 2.0, ("history", model), ROUNDS),
            ("diff", "snitch check", 1.5, ("diff", model), ROUNDS),
            ("catalog", "20 s", 1.0, ("catalog", "--html", pages), 1),
        ]
        return [
            Row(name, other, ratio, ratio, most)
            for name, other, most, words, rounds in taken
            for ratio in [_seconds(partial(_snitch, held, *words), rounds) / beside[other]]
        ]


def _seconds(work: Callable[[], None], rounds: int = ROUNDS) -> float:
    """The least CPU time, user and system, that a piece of work's processes took."""
    found = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        work()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def _snitch(held: History, *words: str) -> None:
    _run([SNITCH, *words], held.root)


def _all(held: History) -> None:
    """When each model changed last, and the content of every file of every model."""
    _git(held, "log", "--first-parent", "-m", "--raw", "--no-renames", "--format=%H %ct", "main")
    listed = _git(held, "ls-tree", "-r", "main") + _git(held, "ls-tree", "-r", "staging")
    _batch(held, {line.split()[2] for line in listed.splitlines()})


def _one(held: History, model: str) -> None:
    """The commits that changed one model, and what each left of it."""
    path = f"models/{model}"
    options = ("--first-parent", "-m", "--raw", "--no-abbrev", "--format=%H %an %cn %ct %s")
    said = _git(held, "log", *options, "main", "--", path).splitlines()
    _batch(held, {line.split()[3] for line in said if line.startswith(":")})


def _batch(held: History, oids: set[str]) -> None:
    asked = "".join(f"{oid}\n" for oid in sorted(oids)).encode()
    _run(["git", "cat-file", "--batch"], held.root, asked)


def _git(held: History, *words: str) -> str:
    return _run(["git", *words], held.root).decode()


def _run(line: Sequence[str], root: Path, stdin: bytes = b"") -> bytes:
    done = subprocess.run(
        line, cwd=root, input=stdin, capture_output=True, check=False, env={**os.environ, "CI": ""}
    )
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode())
    return done.stdout
