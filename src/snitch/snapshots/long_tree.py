"""Long trees: of a directory of 100,000 models a commit changes a few, and few are asked for.

Such a tree is kept in columns, and an entry is made when somebody asks for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from operator import lt
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.snapshots.changed_tree import ChangedTree
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.trees import FORBIDDEN
from snitch.snapshots.trees import kind_of
from snitch.snapshots.trees import name_of
from snitch.snapshots.trees import parse_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

COLUMNS = {
    2 * size: re.compile(rb"([0-7]{1,7}) ([^\0/]+)\0(.{%d})" % size, re.DOTALL) for size in (20, 32)
}
"""Mode, name and id of an entry, by the length of an id."""


class LongTree(Mapping[str, Entry]):
    """The entries of a tree by their names, sorted.

    Modes, names and ids are of all entries, in Git's order.
    """

    def __init__(
        self, data: bytes, modes: Sequence[bytes], names: Sequence[bytes], ids: Sequence[bytes]
    ) -> None:
        self._data = data
        self._columns = modes, names, ids
        self._rows: Sequence[int] = range(len(names))
        self._names = [name.decode("utf-8", "surrogateescape") for name in names]
        if not _rises(self._names):
            self._rows = sorted(self._rows, key=self._names.__getitem__)
            self._names = [self._names[row] for row in self._rows]

    def __getitem__(self, name: str) -> Entry:
        """The entry of a name."""
        at = bisect_left(self._names, name)
        if self._names[at : at + 1] != [name]:
            raise KeyError(name)
        modes, _, ids = self._columns
        row = self._rows[at]
        kind, executable = kind_of(modes[row])
        return Entry(kind, ids[row].hex(), executable)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @property
    def honest(self) -> bool:
        """Whether no name stands twice, and none is one that Git itself never writes."""
        dotted = self._names[bisect_left(self._names, ".") : bisect_left(self._names, "/")]
        return _rises(self._names) and FORBIDDEN.isdisjoint(map(str.lower, dotted))

    @property
    def directories(self) -> list[str]:
        """The names of directories."""
        modes = self._columns[0]
        wanted = {mode for mode in set(modes) if kind_of(mode)[0] is Kind.DIRECTORY}
        pairs = zip(self._names, self._rows, strict=True)
        return [name for name, row in pairs if modes[row] in wanted]

    def apart(self, data: bytes) -> tuple[list[str], bytes]:
        """The names from the first difference to another tree's bytes to the last one.

        And what that tree has in their place.
        """
        starts = self._starts
        first = bisect_right(starts, _alike(self._data, data)) - 1
        mine, other = self._data[starts[first] :], data[starts[first] :]
        last = bisect_left(starts, len(self._data) - _alike(mine[::-1], other[::-1]))
        names = list(map(name_of, self._columns[1][first:last]))
        return names, other[: len(other) - (len(self._data) - starts[last])]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each entry begins, and the end: between its parts are a space and a zero."""
        rows = zip(*self._columns, strict=True)
        return [0, *accumulate(len(mode) + len(name) + len(oid) + 2 for mode, name, oid in rows)]


def parse_long(oid: str, data: bytes, base: LongTree | None) -> Mapping[str, Entry]:
    """The entries of a long tree, as changes of another one where they are few.

    Raises:
        CannotJudgeError: as of `parse_tree`.
    """
    if base is not None:
        # What differs may begin amid an entry: `040000 a` ends like another tree's `40000 a`.
        with suppress(CannotJudgeError):
            changed = _changed(oid, data, base)
            if changed is not None:
                return changed
    parts = COLUMNS[len(oid)].split(data)
    between, modes, names, ids = (parts[start::4] for start in range(4))
    tree = LongTree(data, modes, names, ids)
    # At any doubt the bytes are looked at one by one, and refused with a reason.
    return tree if tree.honest and not any(between) else parse_tree(oid, data)


def _changed(oid: str, data: bytes, base: LongTree) -> ChangedTree | None:
    """A tree as changes of another one; none where they are many."""
    gone, instead = base.apart(data)
    if 2 * len(instead) >= len(data):
        return None
    entries = parse_tree(oid, instead)
    if any(name in base for name in entries.keys() - set(gone)):
        return None
    return ChangedTree(base, {**dict.fromkeys(gone), **entries})


def directories_in(tree: Mapping[str, Entry]) -> list[str]:
    """The names of a tree's directories, sorted."""
    match tree:
        case LongTree():
            return tree.directories
        case ChangedTree():
            names, base = directories_in(tree.base), tree.base
            moved = {
                it for it in tree.changes if _is_directory(it, base) != _is_directory(it, tree)
            }
            return sorted(moved.symmetric_difference(names)) if moved else names
        case _:
            return [name for name, entry in tree.items() if entry.kind is Kind.DIRECTORY]


def _is_directory(name: str, tree: Mapping[str, Entry]) -> bool:
    entry = tree.get(name)
    return entry is not None and entry.kind is Kind.DIRECTORY


def _rises(names: Sequence[str]) -> bool:
    """Whether names are sorted, and none stands twice."""
    return all(map(lt, names, names[1:]))


def _alike(one: bytes, two: bytes) -> int:
    """How many bytes at their beginning are equal."""
    alike, most = 0, min(len(one), len(two))
    while alike < most:
        half = (alike + most + 1) // 2
        if one[alike:half] == two[alike:half]:
            alike = half
        else:
            most = half - 1
    return alike
