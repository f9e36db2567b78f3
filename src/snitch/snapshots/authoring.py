"""Writes a new repository, commit by commit: for the demonstration, never for judging."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.snapshots.git import program

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit to write."""

    branch: str
    """Created from the commit before where it is new."""
    message: str
    author: str
    """An address; the name is what stands before its `@`."""
    at: datetime
    files: Mapping[str, str]
    """Text by path; whatever is not named stays."""


def write_repository(root: Path, commits: Sequence[Commit], lfs: Iterable[bytes] = ()) -> None:
    """Make a repository at `root`, which must be empty or absent, and check its last branch out.

    No hook has a say in the commits. `lfs` are contents for its Git LFS store.
    """
    # GitPython would look for a `git` on PATH itself, and take a relative one.
    os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = program()
    from git import Actor  # noqa: PLC0415 - GitPython is slow to load, and only writing needs it
    from git import Repo  # noqa: PLC0415

    root.mkdir(parents=True, exist_ok=True)
    with Repo.init(root, initial_branch=commits[0].branch) as repository:
        for commit in commits:
            if repository.head.is_valid() and commit.branch != repository.active_branch.name:
                repository.create_head(commit.branch).checkout()
            for path, text in commit.files.items():
                file = root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
            repository.index.add(list(commit.files))
            person = Actor(commit.author.partition("@")[0], commit.author)
            repository.index.commit(
                commit.message,
                author=person,
                committer=person,
                author_date=commit.at,
                commit_date=commit.at,
                skip_hooks=True,
            )
    for content in lfs:
        oid = hashlib.sha256(content).hexdigest()
        stored = root / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(content)
