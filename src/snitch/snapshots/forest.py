"""The trees read of late, so that memory does not grow with the repository.

An audit asks for a model's trees some times: what differs, what is its name, what does it hold.
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
LONG = 1 << 17
"""Bytes from which on a tree is a long one."""


class Forest:
    """Parsed trees by their ids; the one unused for longest is forgotten first."""

    def __init__(self) -> None:
        self._parsed: dict[str, Mapping[str, Entry]] = {}
        self._long: LongTree | None = None

    def get(self, oid: str) -> Mapping[str, Entry] | None:
        """A tree that is at hand."""
        found = self._parsed.pop(oid, None)
        if found is not None:
            self._parsed[oid] = found
        return found

    def add(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        """A tree as Git has it.

        Raises:
            CannotJudgeError: it is damaged, or has names that no honest tree has.
        """
        tree = self._parsed[oid] = self._parse(oid, data)
        for old in list(islice(self._parsed, max(0, len(self._parsed) - MOST_PARSED))):
            self._parsed.pop(old, None)
        return tree

    def forget_short(self) -> None:
        """Keep the long trees alone: to parse them again would take longer than all others."""
        kept = {oid: tree for oid, tree in self._parsed.items() if not isinstance(tree, dict)}
        self._parsed = kept

    def _parse(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        if len(data) < LONG:
            return parse_tree(oid, data)
        tree = parse_long(oid, data, self._long)
        match tree:
            case LongTree():
                self._long = tree
        return tree
