"""A long tree is read the same as a short one, by itself and beside another one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from snitch.findings import CannotJudgeError
from snitch.snapshots import Kind
from snitch.snapshots import directories_in
from snitch.snapshots.changed_tree import ChangedTree
from snitch.snapshots.changed_tree import differing
from snitch.snapshots.long_tree import LongTree
from snitch.snapshots.long_tree import parse_long
from snitch.snapshots.trees import parse_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.snapshots import Entry

OID = "ab" * 20
NAMES = [b"a", b"a-", b"a.b", b"aa", b"b", b"\xff", "é".encode(), b"c" * 30]
REFUSED = [b".git", b".GIT", b"a/b", b""]
ROWS = st.builds(
    lambda mode, name, blob: b"%s %s\0%s" % (mode, name, blob),
    st.sampled_from([b"100644", b"100755", b"40000", b"040000"]),
    st.sampled_from(NAMES * 4 + REFUSED),
    st.sampled_from([bytes(20), b"\0" * 19 + b"1", b"40000 a\0" + bytes(12), b"x" * 20]),
)
TREES = st.lists(st.lists(ROWS, max_size=6), min_size=1, max_size=4)


@given(TREES, st.binary(max_size=3))
@example([[b"40000 a\0" + bytes(20)], [b"040000 a\0" + bytes(20)]], b"")
def test_a_long_tree_is_the_one_that_a_short_one_is(
    trees: Sequence[Sequence[bytes]], end: bytes
) -> None:
    base = None
    for rows in trees:
        data = b"".join(rows) + end
        try:
            short = parse_tree(OID, data)
        except CannotJudgeError:
            with pytest.raises(CannotJudgeError):
                parse_long(OID, data, base)
            continue
        tree = parse_long(OID, data, base)
        _same(tree, short)
        base = tree if isinstance(tree, LongTree) else base


def _same(tree: Mapping[str, Entry], short: Mapping[str, Entry]) -> None:
    assert list(tree.items()) == list(short.items())
    assert len(tree) == len(short)
    assert all(tree.get(name.decode("utf-8", "replace")) is None for name in REFUSED)
    assert directories_in(tree) == directories_in(short)
    assert directories_in(short) == [
        name for name, entry in short.items() if entry.kind is Kind.DIRECTORY
    ]


def _tree(count: int, *others: bytes) -> bytes:
    rows = [b"40000 model-%d\0%020d" % (number, number) for number in range(count)]
    return b"".join([*rows, *others])


def test_a_tree_is_kept_as_what_it_changes_of_a_long_one() -> None:
    base = parse_long(OID, _tree(9), None)
    assert isinstance(base, LongTree)
    data = _tree(9).replace(b"model-4\0", b"model-x\0")
    changed = parse_long(OID, data, base)

    assert isinstance(changed, ChangedTree)
    assert changed.base is base
    assert changed == parse_tree(OID, data)
    assert set(differing(base, changed)) == set(differing(changed, base)) == {"model-4", "model-x"}


def test_a_tree_that_has_little_of_the_long_one_stands_for_itself() -> None:
    base = parse_long(OID, _tree(9), None)
    assert isinstance(base, LongTree)
    other = parse_long(OID, _tree(9).replace(b"model", b"other"), base)

    assert isinstance(other, LongTree)
    assert set(differing(base, other)) == {*base, *other}


@given(TREES)
def test_what_differs_between_trees_is_among_what_may_differ(
    trees: Sequence[Sequence[bytes]],
) -> None:
    base = parse_long(OID, _tree(5), None)
    assert isinstance(base, LongTree)
    made: list[Mapping[str, Entry]] = [base]
    for rows in trees:
        with suppress(CannotJudgeError):
            made.append(parse_long(OID, _tree(5, *rows), base))
    for one in made:
        for two in made:
            names = {name for name in {**one, **two} if one.get(name) != two.get(name)}
            assert names <= set(differing(one, two))
