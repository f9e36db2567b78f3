"""The registry's commands beside the Git work that they need, and nothing but that.

`models` needs one `git log` over the first parents of production, back to the commit in which every
model has been seen, one `git cat-file --batch` of every tree and file of production and staging,
and one `git hash-object` of the files on the disk. `history` needs one `git log` of the model's
directory and one `git cat-file --batch`: of each commit found its trees, its config, its metrics
and its weights' pointer, and of each commit merged, and of the one before it, the model's tree,
which tells who made the release. What is to be asked for is found out beforehand.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from shlex import join
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.bars import Row
from benchmarks.histories import History
from benchmarks.histories import make
from benchmarks.histories import name_of
from benchmarks.processes import Run
from benchmarks.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterable

MODELS, COMMITS = 1_000, 20_000
NUMBER = 5
"""The model of which one is asked."""
UNTOLD = ("CHANGELOG.md", "requirements.txt", "train.py")
"""Files of a release that its past is told without."""
SNITCH = str(Path(sys.executable).with_name("snitch"))
ALL, ONE, CHECK = "floor of models", "floor of history", "snitch check"
BARS = (("models", ALL, 3.0), ("history", ONE, 2.0), ("diff", CHECK, 1.5))
WANTED = 20.0
"""Seconds that a catalog may take."""


def rows(directory: Path, runs: int) -> list[Row]:
    """One for each command; the repository is made where there is none.

    Args:
        directory: Where it is made.
        runs: How often each is run, in turns.
    """
    held = make(directory / "history", MODELS, COMMITS)
    model = name_of(NUMBER)
    with tempfile.TemporaryDirectory() as scratch:
        works = {
            ALL: _floor_of_models(held, Path(scratch)),
            "models": (SNITCH, "models"),
            ONE: _floor_of_history(held, f"models/{model}", Path(scratch)),
            "history": (SNITCH, "history", model),
            CHECK: (SNITCH, "check", model),
            "diff": (SNITCH, "diff", model),
        }
        done: dict[str, list[Run]] = {name: [] for name in works}
        for _ in range(runs):
            for name, command in works.items():
                done[name].append(run(command, held.root))
        catalog = run((SNITCH, "catalog", "--html", str(Path(scratch, "site"))), held.root)
    found = [_row(name, beside, most, done) for name, beside, most in BARS]
    return [*found, Row("catalog", "20 s", catalog.wall / WANTED, catalog.cpu / WANTED, 1.0)]


def _row(name: str, beside: str, most: float, done: dict[str, list[Run]]) -> Row:
    pairs = list(zip(done[name], done[beside], strict=True))
    wall, cpu = (
        median(getattr(one, what) / getattr(other, what) for one, other in pairs)
        for what in ("wall", "cpu")
    )
    return Row(name, beside, wall, cpu, most)


def _floor_of_models(held: History, scratch: Path) -> tuple[str, ...]:
    log = ("log", "--first-parent", "-m", "--raw", "--no-renames", "--format=%H %ct")
    unseen = {f"models/{name_of(number)}" for number in range(held.models)}
    count = 0
    for line in _git(held, *log, "main").splitlines():
        if not unseen:
            break
        count += bool(line) and not line.startswith(":")
        unseen.discard(line.partition("\t")[2].rpartition("/")[0])
    ids: set[str] = set()
    for branch in ("main", "staging"):
        listed = _git(held, "ls-tree", "-r", "-t", branch).splitlines()
        ids |= {f"{branch}^{{tree}}", *(line.split()[2] for line in listed)}
    (scratch / "files").write_text(_git(held, "ls-files"), encoding="utf-8")
    return _script(
        join(["git", *log, f"--max-count={count}", "main"]),
        _batch(scratch / "all", ids),
        join(["git", "hash-object", "--no-filters", "--stdin-paths"]) + f" < {scratch / 'files'}",
    )


def _floor_of_history(held: History, path: str, scratch: Path) -> tuple[str, ...]:
    log = ("log", "--first-parent", "-m", "--raw", "--no-abbrev", "--format=%H %an %cn %ct %s")
    asked = ["main:snitch.yaml", "main:models"]
    for commit in _git(held, "rev-list", "--first-parent", "main", "--", path).split():
        listed = _git(held, "ls-tree", "-r", "-t", commit, "--", f"{path}/").splitlines()
        asked += [commit, f"{commit}^{{tree}}", f"{commit}:{path}"]
        asked += [line.split()[2] for line in listed if not line.endswith(UNTOLD)]
        for merged in (f"{commit}^2", f"{commit}^2^"):
            with suppress(subprocess.CalledProcessError):
                asked += [_git(held, "rev-parse", "--verify", "--quiet", merged).strip()]
                asked += [f"{asked[-1]}:{path}"]
    return _script(join(["git", *log, "main", "--", path]), _batch(scratch / "one", asked))


def _batch(file: Path, names: Iterable[str]) -> str:
    file.write_text("".join(f"{name}\n" for name in dict.fromkeys(names)), encoding="utf-8")
    return f"git cat-file --batch < {file}"


def _script(*lines: str) -> tuple[str, ...]:
    return ("sh", "-c", "\n".join(lines))


def _git(held: History, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=held.root, check=True, capture_output=True, text=True
    ).stdout
