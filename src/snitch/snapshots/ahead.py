"""Reads what many models will ask for, in a few rounds with Git instead of some for each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.snapshots.committed import CommitSnapshot
from snitch.snapshots.paths import join
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.staged import IndexSnapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.snapshots.snapshot import Snapshot

MOST = 4096
"""Files read ahead at once; directories that hold more are read as they are asked for."""


def load_trees(snapshot: Snapshot, directories: Iterable[str]) -> None:
    """Read the trees of many directories at once, where they come from Git."""
    if isinstance(snapshot, CommitSnapshot | IndexSnapshot):
        snapshot.load(directories)


def read_ahead(*wanted: tuple[Snapshot, Iterable[str]]) -> None:
    """Keep the small files below directories at hand until the next call.

    A working tree's files are read from the disk as ever, and so is all that is large.

    Wanted are snapshots of one repository, each with directories.

    Raises:
        CannotJudgeError: a tree is missing or damaged.
    """
    blobs: dict[str, None] = {}
    for snapshot, directories in wanted:
        if not isinstance(snapshot, CommitSnapshot | IndexSnapshot):
            continue
        level = [directory for directory in directories if directory]
        while level and len(blobs) < MOST:
            snapshot.load(level)
            below: list[str] = []
            for parent in level:
                for name, entry in snapshot.children(parent).items():
                    if entry.kind is Kind.DIRECTORY:
                        below.append(join(parent, name))
                    elif entry.kind is Kind.FILE and entry.oid is not None:
                        blobs[entry.oid] = None
            level = below
        snapshot.objects.keep(list(blobs)[:MOST])
