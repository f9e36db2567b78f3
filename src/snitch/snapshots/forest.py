"""The trees read of late, so that memory does not grow with the repository.

An audit asks for a model's trees some times: what differs, what is its name, what holds it. As
Git's bytes a tree takes a fifth of the room, and a fraction of the time of asking Git again.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from snitch.snapshots.long_tree import LongTree
from snitch.snapshots.long_tree import parse_long
from snitch.snapshots.trees import parse_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.snapshots.snapshot import Entry

MOST_PARSED = 1 << 10
"""Trees kept parsed: what two chunks of an audit need."""
MOST_RAW = 1 << 24
"""Bytes of trees kept as they are."""
LONG = 1 << 17
"""Bytes from which on a tree is a long one."""


class Forest:
    """Parsed trees by their ids; the one unused for longest is forgotten first."""

    def __init__(self) -> None:
        self._parsed: dict[str, Mapping[str, Entry]] = {}
        self._raw: dict[str, bytes] = {}
        self._size = 0
        self._long: LongTree | None = None

    def get(self, oid: str) -> Mapping[str, Entry] | None:
        """A tree that is at hand."""
        found = self._parsed.pop(oid, None)
        if found is None:
            data = self._raw.get(oid)
            return None if data is None else self._keep(oid, data)
        self._parsed[oid] = found
        return found

    def add(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        """A tree as Git has it.

        Raises:
            CannotJudgeError: it is damaged, or has names that no honest tree has.
        """
        tree = self._keep(oid, data)
        if oid not in self._raw and len(data) <= MOST_RAW:
            self._raw[oid] = data
            self._size += len(data)
        while self._size > MOST_RAW:
            self._size -= len(self._raw.pop(next(iter(self._raw))))
        return tree

    def _keep(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        tree = self._parsed[oid] = self._parse(oid, data)
        for old in list(islice(self._parsed, max(0, len(self._parsed) - MOST_PARSED))):
            self._parsed.pop(old, None)
        return tree

    def _parse(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        if len(data) < LONG:
            return parse_tree(oid, data)
        tree = parse_long(oid, data, self._long)
        match tree:
            case LongTree():
                self._long = tree
        return tree
