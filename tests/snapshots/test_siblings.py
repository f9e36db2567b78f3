"""A long tree is read the same beside another one as by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.findings import CannotJudgeError
from snitch.snapshots import forest
from snitch.snapshots.forest import Forest
from snitch.snapshots.siblings import LongTree
from snitch.snapshots.siblings import parse_beside
from snitch.snapshots.trees import parse_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

OID = "ab" * 20
ROWS = st.builds(
    lambda mode, name, blob: b"%s %s\0%s" % (mode, name, blob),
    st.sampled_from([b"100644", b"100755", b"40000"]),
    st.sampled_from([b"a", b"a-", b"a.b", b"aa", b"b", b"\xff", b"c" * 30, b".git", b"a/b"]),
    st.sampled_from([bytes(20), b"\0" * 19 + b"1", b"40000 a\0" + bytes(12), b"x" * 20]),
)
TREES = st.lists(st.lists(ROWS, max_size=6), min_size=1, max_size=4)


@given(TREES, st.binary(max_size=3))
def test_a_tree_beside_others_is_the_one_that_it_is_alone(
    trees: Sequence[Sequence[bytes]], end: bytes
) -> None:
    known = LongTree()
    for rows in trees:
        data = b"".join(rows) + end
        try:
            alone = parse_tree(OID, data)
        except CannotJudgeError:
            with pytest.raises(CannotJudgeError):
                parse_beside(known, OID, data)
            continue
        known = parse_beside(known, OID, data)
        assert list(known.entries.items()) == list(alone.items())
        assert known.data == data


def test_an_entry_that_stays_is_no_other_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forest, "LONG", 1)
    rows = [b"40000 model-%d\0" % number + b"%020d" % number for number in range(9)]
    held = Forest()
    before = held.add("1" * 40, b"".join(rows))
    rows[4:5] = [b"40000 model-4\0" + bytes(20), b"40000 model-44\0" + bytes(20)]
    after = held.add("2" * 40, b"".join(rows))

    assert after == parse_tree("2" * 40, b"".join(rows))
    assert [name for name in before if after[name] is not before[name]] == ["model-4"]
