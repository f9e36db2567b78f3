"""Makes a model repository with a past: releases that went to production one merge at a time.

The first commit brings every model. Each release after it is a commit on a branch of its own and
the merge of that branch. The models take turns, but for every tenth: it is never trained again, and
whoever asks since when it is there has to look at all of history. `staging` holds the last releases
before they are merged.
"""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import IO
from typing import TYPE_CHECKING

from snitch.registry import example

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
PATTERN = example.PRODUCTION[0]
LATEST = 1_795_000_000
STEP = 3600
RESTING = 10
"""One in so many models is never trained again."""
AHEAD = 20
"""How many models staging holds a release of that production does not."""


@dataclass(frozen=True, slots=True)
class History:
    """A repository, and how much it holds."""

    root: Path
    models: int
    commits: int


def make(root: Path, models: int, commits: int) -> History:
    """Write a repository of `models` models and about `commits` commits, unless it is there."""
    if not (root / ".git" / "made").exists():
        root.mkdir(parents=True, exist_ok=True)
        _git(root, "init", "--quiet", "--initial-branch=main")
        _import(root, models, commits // 2)
        _git(root, "repack", "-a", "-d", "--quiet")
        _git(root, "commit-graph", "write", "--reachable")
        _git(root, "reset", "--hard", "--quiet")
        (root / ".git" / "made").touch()
    return History(root, models, commits)


def name_of(number: int) -> str:
    """A model's name."""
    return f"model-{number:04}"


def _import(root: Path, models: int, merges: int) -> None:
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        out = process.stdin
        files = {"snitch.yaml": example.policy(TODAY)}
        for number in range(models):
            files |= _release(number, 0)
        when = LATEST - merges * STEP
        _commit(out, "main", "The first releases", when, [], files)
        trained = [number for number in range(models) if number % RESTING]
        for turn in range(merges):
            number, at = trained[turn % len(trained)], when + (turn + 1) * STEP
            files = _release(number, 1 + turn // len(trained))
            _commit(out, "work", f"Retrain {name_of(number)}", at - 600, ["main"], files)
            title = f"Merge pull request {turn + 1}: {name_of(number)}"
            _commit(out, "main", title, at, ["", "work"], files)
        files = {}
        for number in range(min(models, AHEAD)):
            files |= _release(number, 2 + merges // len(trained))
        _commit(out, "staging", "The next releases", LATEST, ["main"], files)
        out.write(b"done\n")
    if process.returncode:
        raise RuntimeError(" ".join(command))


def _release(number: int, turn: int) -> dict[str, str]:
    model = replace(
        PATTERN,
        name=name_of(number),
        version=f"1.{turn}.0",
        metrics=(
            ("auc", f"0.{900 + (number + 7 * turn) % 40}"),
            ("log_loss", f"0.{320 - turn % 90}"),
        ),
        cutoff=30,
        trained=28,
        note=f"Retrained, turn {turn}.",
    )
    past = replace(model, version=f"1.{turn - 1}.0", trained=60)
    return example.files(replace(model, earlier=(past,) if turn else ()), TODAY)


def _commit(  # noqa: PLR0913, PLR0917 - the parts of a commit
    out: IO[bytes], branch: str, title: str, at: int, parents: list[str], files: dict[str, str]
) -> None:
    """Blobs first, then the commit that names them by their ids."""
    lines = []
    for path, content in files.items():
        data = content.encode()
        oid = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        out.write(b"blob\ndata %d\n%s\n" % (len(data), data))
        lines.append(b"M 100644 %s %s\n" % (oid.encode(), path.encode()))
    person = b"Bench <bench@example.com> %d +0000" % at
    text = title.encode()
    head = b"commit refs/heads/%s\ncommitter %s\ndata %d\n%s\n"
    out.write(head % (branch.encode(), person, len(text), text))
    for word, parent in zip(("from", "merge"), parents, strict=False):
        if parent:  # a branch goes on from its own tip without a word
            out.write(b"%s refs/heads/%s\n" % (word.encode(), parent.encode()))
    out.writelines(lines)
    out.write(b"\n")


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, stdout=subprocess.DEVNULL)
