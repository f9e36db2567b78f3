"""The registry's commands beside the `git log` and `git cat-file --batch` work that they need.

Run it alone: python -m benchmarks.registry [DIRECTORY]. CPU seconds of each process and of those
that it starts, the best of three; the repository is made where there is none.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.histories import History
from benchmarks.histories import make
from benchmarks.histories import name_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

MODELS, COMMITS = 1000, 20_000
ROUNDS = 3
SNITCH = str(Path(sys.executable).with_name("snitch"))


def main() -> None:
    """Print a row a command: seconds, Git's seconds, how many times as many, and the bar."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()) / "snitch-history"
    held = make(root, MODELS, COMMITS)
    model = name_of(5)
    git_models, git_history = _seconds(lambda: _all(held)), _seconds(lambda: _one(held, model))
    check = _seconds(lambda: _snitch(held, "check", model))
    rows = [
        ("models", ("models",), "git log, cat-file", git_models, 3.0),
        ("history", ("history", model), "git log, cat-file", git_history, 2.0),
        ("diff", ("diff", model), "snitch check", check, 1.5),
    ]
    for name, words, beside, base, bar in rows:
        took = _seconds(lambda words=words: _snitch(held, *words))  # type: ignore[misc]
        told = f"{took / base:.1f} times {beside} ({base:.2f} s); bar {bar}"
        sys.stdout.write(f"{name:8} {took:.2f} s CPU, {told}\n")
    with tempfile.TemporaryDirectory() as directory:
        took = _seconds(lambda: _snitch(held, "catalog", "--html", directory), rounds=1)
        sys.stdout.write(f"catalog  {took:.2f} s CPU; bar 20 s\n")


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


if __name__ == "__main__":
    main()
