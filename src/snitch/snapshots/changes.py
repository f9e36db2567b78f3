"""Which paths differ between two trees: only directories whose ids differ are walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.rounds import rounds
from snitch.snapshots.ahead import load_trees
from snitch.snapshots.changed_tree import differing
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import parse_pointer
from snitch.snapshots.paths import Walk
from snitch.snapshots.paths import check_depth
from snitch.snapshots.paths import join
from snitch.snapshots.snapshot import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import TypeAlias

    from snitch.snapshots.snapshot import Entry
    from snitch.snapshots.snapshot import Snapshot

    Pair: TypeAlias = tuple[Entry | None, Entry | None]

AT_ONCE = 128
"""Directories whose trees are read in one go."""


def changed_paths(old: Snapshot, new: Snapshot) -> frozenset[str]:
    """The paths (files, links, submodules) at which two snapshots differ.

    They differ by bytes, by what they are, or, where both come from Git, by the executable bit.
    A working tree's bytes are read, whatever Git remembers of them. Content that Git LFS put in
    the place of the pointer on the other side is no difference.

    Raises:
        CannotJudgeError: something cannot be read.
    """
    return frozenset(_walk(old, new, [""], Walk()))


def _walk(old: Snapshot, new: Snapshot, level: Sequence[str], walk: Walk) -> Iterator[str]:
    for some in rounds(level, AT_ONCE):
        load_trees(old, some)
        load_trees(new, some)
        below: list[str] = []
        for parent in some:
            before, after = old.children(parent), new.children(parent)
            for name in differing(before, after):
                walk.count(parent)
                one, two = before.get(name), after.get(name)
                if one != two or one is None or one.oid is None:
                    yield from _compare(old, new, join(parent, name), (one, two), below)
        # Now, while the trees above are at hand.
        yield from _walk(old, new, below, walk)


def _compare(
    old: Snapshot, new: Snapshot, path: str, pair: Pair, below: list[str]
) -> Iterator[str]:
    """The path itself, if it differs; directories to look into go `below`."""
    one, two = pair
    directories = [entry is not None and entry.kind is Kind.DIRECTORY for entry in pair]
    if any(directories):
        if not _same_tree(one, two):
            below.append(check_depth(path))
        if not all(directories) and one is not None and two is not None:
            yield path
    elif one is None or two is None or _differs(old, new, path, one, two):
        yield path


def _same_tree(one: Entry | None, two: Entry | None) -> bool:
    """Whether two directories are known to be one; an index knows no id of one that it changes."""
    return one is not None and one.oid is not None and one == two


def _differs(old: Snapshot, new: Snapshot, path: str, one: Entry, two: Entry) -> bool:
    if one.kind is not two.kind:
        return True
    if one.oid is not None and two.oid is not None:
        return one.oid != two.oid or one.executable != two.executable
    match one.kind:
        case Kind.FILE:
            return not _same_file(old, new, path, one.oid or two.oid)
        case Kind.LINK:
            return old.digest(path) != new.digest(path)
        case Kind.SUBMODULE:
            return one.oid != two.oid
        case _:
            return True


def _same_file(old: Snapshot, new: Snapshot, path: str, known: str | None) -> bool:
    """Whether two files are one, where at most one of them has a known id."""
    from snitch.snapshots.worktree import SMALL  # noqa: PLC0415 - Git knows the ids of all others
    from snitch.snapshots.worktree import WorktreeSnapshot  # noqa: PLC0415

    match old, new:
        case (WorktreeSnapshot() as disk, other) | (other, WorktreeSnapshot() as disk):
            expected = known or other.digest(path)
            small = disk.size(path) <= SMALL
            if small and disk.digest(path) == expected:
                return True
            pointer = _pointer(other, path)
            if isinstance(pointer, Pointer) and pointer.size:
                return disk.size(path) == pointer.size and disk.content(path) == pointer
            return not small and disk.digest(path) == expected
        case _:
            return old.digest(path) == new.digest(path)


def _pointer(snapshot: Snapshot, path: str) -> object:
    """What a file is as a pointer; content that Git lacks is none, and its id alone counts."""
    try:
        return parse_pointer(snapshot.read(path, Pointer.LIMIT))
    except CannotJudgeError:
        return None
