"""Which commits of a branch touched which paths: all of history in one pass, not one a model."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.snapshots.git import Git

ROUND = 4096
"""Commits compared by one command, so that whoever has seen enough may stop early."""

OPTIONS = (
    *("--stdin", "-r", "-z", "--root", "--raw"),
    *("--no-renames", "--no-ext-diff", "--no-textconv"),
)


def list_touches(git: Git, tip: str, limit: int) -> Iterator[tuple[str, list[str]]]:
    """First-parent commits from `tip` on, newest first, each with the files that it changed.

    A commit is compared with its first parent, the first commit of all with nothing; one that
    changed no file does not come.
    """
    options = ("--first-parent", "--parents", f"--max-count={limit}", "--end-of-options", tip, "--")
    lines = iter(git.run("rev-list", *options).splitlines())
    while batch := list(islice(lines, ROUND)):
        yield from _compare(git, batch)


def _compare(git: Git, lines: Iterable[bytes]) -> Iterator[tuple[str, list[str]]]:
    # A commit and one parent on a line: Git compares with that parent, however many there are.
    pairs = b"\n".join(b" ".join(line.split(b" ")[:2]) for line in lines) + b"\n"
    words = iter(git.run("diff-tree", *OPTIONS, stdin=pairs).split(b"\0")[:-1])
    commit, paths = "", list[str]()
    for word in words:
        # A path follows a line of modes and ids, which begins with a colon; an id stands alone.
        if word.startswith(b":"):
            paths.append(os.fsdecode(next(words)))
            continue
        if paths:
            yield commit, paths
        commit, paths = word.decode("ascii"), []
    if paths:
        yield commit, paths
