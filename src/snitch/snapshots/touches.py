"""Which commits of a branch touched which files: all of history in one pass, not one a model."""

from __future__ import annotations

import os
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.snapshots.trees import tree_entry

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.snapshots.git import Git
    from snitch.snapshots.snapshot import Entry

ROUND = 512
"""Commits compared by the first command, so that whoever has seen enough may stop early; each
command after it compares twice as many."""

OPTIONS = (
    *("--stdin", "-r", "-z", "--root", "--raw", "--no-abbrev"),
    *("--no-renames", "--no-ext-diff", "--no-textconv"),
)


@dataclass(frozen=True)
class Touch:
    """One commit, compared with its first parent, or the first of all with nothing."""

    commit: str
    parents: tuple[str, ...]
    rows: Mapping[str, str]
    """By path what Git says of the change: modes and ids, before and after."""

    @property
    def paths(self) -> Collection[str]:
        """The paths that changed."""
        return self.rows.keys()

    @cached_property
    def adds_only(self) -> bool:
        """Whether nothing stood at any of the paths before."""
        return not any(before for before, _ in self.changes.values())

    @cached_property
    def changes(self) -> Mapping[str, tuple[Entry | None, Entry | None]]:
        """By path what stood there before and after; nothing is None."""
        return {path: _change(row) for path, row in self.rows.items()}


def list_touches(git: Git, tip: str, *, merged: bool = False) -> Iterator[Touch]:
    """Commits from `tip` on, newest first.

    They are those along first parents, or with `merged` all.
    """
    along = () if merged else ("--first-parent",)
    options = ("--parents", *along, "--end-of-options", tip, "--")
    lines = iter(git.run("rev-list", "--topo-order", *options).decode("ascii").splitlines())
    size = ROUND
    while batch := [line.split(" ") for line in islice(lines, size)]:
        size *= 2
        found = _compare(git, batch)
        for commit, *parents in batch:
            yield Touch(commit, tuple(parents), found.get(commit, {}))


def _compare(git: Git, commits: list[list[str]]) -> dict[str, dict[str, str]]:
    # A commit and one parent on a line: Git compares with that parent, however many there are.
    pairs = "".join(f"{' '.join(words[:2])}\n" for words in commits).encode("ascii")
    words = iter(os.fsdecode(git.run("diff-tree", *OPTIONS, stdin=pairs)).split("\0")[:-1])
    found: dict[str, dict[str, str]] = {}
    rows: dict[str, str] = {}
    for word in words:
        # A path follows a line of modes and ids, which begins with a colon; an id stands alone.
        if word.startswith(":"):
            rows[next(words)] = word
        else:
            rows = found[word] = {}
    return found


def _change(row: str) -> tuple[Entry | None, Entry | None]:
    old, new, before, after, _ = row[1:].split(" ")
    return _entry(old, before), _entry(new, after)


def _entry(mode: str, oid: str) -> Entry | None:
    return None if mode == "000000" else tree_entry(int(mode, 8), oid)
