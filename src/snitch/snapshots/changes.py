"""Which paths differ between two trees: only directories whose ids differ are walked."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import groupby
from sys import intern
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
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import TypeAlias

    from snitch.snapshots.snapshot import Entry
    from snitch.snapshots.snapshot import Snapshot

    Pair: TypeAlias = tuple[Entry | None, Entry | None]

AT_ONCE = 128
"""Directories whose trees are read in one go."""


class ChangedPaths(AbstractSet[str]):
    """A set of paths, kept by directory: those of ten thousand models have six names."""

    __slots__ = ("_names",)

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._names: dict[str, frozenset[str]] = {}
        alike: dict[frozenset[str], frozenset[str]] = {}
        for directory, some in groupby(paths, lambda path: path.rpartition("/")[0]):
            start = len(directory) + 1 if directory else 0
            names = frozenset(intern(path[start:]) for path in some) | self.within(directory)
            self._names[directory] = alike.setdefault(names, names)

    @property
    def directories(self) -> AbstractSet[str]:
        """The directories that hold them."""
        return self._names.keys()

    def within(self, directory: str) -> frozenset[str]:
        """The names of those that a directory itself holds."""
        return self._names.get(directory, frozenset())

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        directory, slash, name = path.rpartition("/")
        return bool(directory or not slash) and name in self.within(directory)

    def __iter__(self) -> Iterator[str]:
        for directory, names in self._names.items():
            for name in names:
                yield join(directory, name)

    def __len__(self) -> int:
        return sum(map(len, self._names.values()))


def changed_paths(old: Snapshot, new: Snapshot) -> ChangedPaths:
    """The paths (files, links, submodules) at which two snapshots differ.

    They differ by bytes, by what they are, or, where both come from Git, by the executable bit.
    A working tree's bytes are read, whatever Git remembers of them. Content that Git LFS put in
    the place of the pointer on the other side is no difference.

    Raises:
        CannotJudgeError: something cannot be read.
    """
    return ChangedPaths(_walk(old, new, [""], Walk()))


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
