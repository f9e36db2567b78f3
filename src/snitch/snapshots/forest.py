"""The trees read of late, so that memory does not grow with the repository."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from snitch.snapshots.siblings import LongTree
from snitch.snapshots.siblings import parse_beside
from snitch.snapshots.trees import parse_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.snapshots.snapshot import Entry

MOST = 1 << 10
"""Trees kept: what two chunks of an audit need."""
LONG = 1 << 20
"""Bytes from which on a tree is read beside the last one as long."""


class Forest:
    """Parsed trees by their ids; the one unused for longest is forgotten first."""

    def __init__(self) -> None:
        self._trees: dict[str, Mapping[str, Entry]] = {}
        self._long = LongTree()

    def get(self, oid: str) -> Mapping[str, Entry] | None:
        """A tree that is at hand."""
        found = self._trees.pop(oid, None)
        if found is not None:
            self._trees[oid] = found
        return found

    def add(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        """A tree as Git has it.

        Raises:
            CannotJudgeError: it is damaged, or has names that no honest tree has.
        """
        tree = self._trees[oid] = self._parsed(oid, data)
        for old in list(islice(self._trees, max(0, len(self._trees) - MOST))):
            self._trees.pop(old, None)
        return tree

    def _parsed(self, oid: str, data: bytes) -> Mapping[str, Entry]:
        if len(data) < LONG:
            return parse_tree(oid, data)
        self._long = parse_beside(self._long, oid, data)
        return self._long.entries
