"""A tree as another one with a few other entries: an index is one, and most commits are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from snitch.snapshots.snapshot import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator


class ChangedTree(Mapping[str, Entry]):
    """The entries of such a tree by their names, sorted.

    `changes` is what stands under some names instead of the base's; None for nothing.
    """

    def __init__(self, base: Mapping[str, Entry], changes: Mapping[str, Entry | None]) -> None:
        self.base = base
        self.changes = changes
        self.new = {name: entry for name, entry in changes.items() if entry is not None}

    def __getitem__(self, name: str) -> Entry:
        """The entry of a name."""
        return self.new[name] if name in self.changes else self.base[name]

    def __iter__(self) -> Iterator[str]:
        kept = (name for name in self.base if name not in self.changes)
        return iter(sorted([*kept, *self.new]))

    def __len__(self) -> int:
        return len(self.base) - sum(name in self.base for name in self.changes) + len(self.new)


def differing(one: Mapping[str, Entry], two: Mapping[str, Entry]) -> Iterable[str]:
    """The names of which two trees may hold different entries."""
    (base, mine), (other, theirs) = _origin(one), _origin(two)
    if base is other:
        return {**mine, **theirs}
    others = [name for name, entry in two.items() if one.get(name) is not entry]
    return [*others, *(one.keys() - two.keys())]


def _origin(tree: Mapping[str, Entry]) -> tuple[Mapping[str, Entry], Mapping[str, Entry | None]]:
    match tree:
        case ChangedTree():
            return tree.base, tree.changes
        case _:
            return tree, {}
