"""Long trees that hardly differ: of a directory of 100,000 models a commit changes a few."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from dataclasses import field
from itertools import accumulate
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.snapshots.trees import add_rows
from snitch.snapshots.trees import length_of
from snitch.snapshots.trees import name_of
from snitch.snapshots.trees import split_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.snapshots.snapshot import Entry
    from snitch.snapshots.trees import Row


@dataclass(frozen=True, slots=True)
class LongTree:
    """A tree that the next one is compared with."""

    data: bytes = b""
    rows: Sequence[Row] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)


def parse_beside(other: LongTree, oid: str, data: bytes) -> LongTree:
    """As `parse_tree`, but what stands before and after all differences to `other` is taken over.

    Raises:
        CannotJudgeError: as there.
    """
    starts = [0, *accumulate(map(length_of, other.rows))]
    first = bisect_right(starts, _alike(other.data, data)) - 1
    rest, other_rest = data[starts[first] :], other.data[starts[first] :]
    last = bisect_left(starts, len(other.data) - _alike(other_rest[::-1], rest[::-1]))
    rows = split_tree(oid, rest[: len(rest) - (len(other.data) - starts[last])])
    entries = dict(other.entries)
    for row in other.rows[first:last]:
        del entries[name_of(row)]
    return LongTree(
        data, [*other.rows[:first], *rows, *other.rows[last:]], add_rows(entries, oid, rows)
    )


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
