"""Trees that were read stay at hand as long as there is room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.snapshots import forest
from snitch.snapshots.changed_tree import ChangedTree
from snitch.snapshots.forest import Forest
from snitch.snapshots.trees import parse_tree

if TYPE_CHECKING:
    import pytest


def _tree(number: int) -> tuple[str, bytes]:
    return f"{number:040x}", b"100644 name-%03d\0" % number + bytes(20)


def test_a_tree_at_hand_is_the_one_that_was_read() -> None:
    held = Forest()
    trees = [_tree(number) for number in range(20)]
    for oid, data in trees:
        held.add(oid, data)

    assert all(held.get(oid) == parse_tree(oid, data) for oid, data in trees)


def test_long_trees_are_the_ones_that_were_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forest, "LONG", 1)

    test_a_tree_at_hand_is_the_one_that_was_read()


def test_the_next_long_tree_is_kept_as_what_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forest, "LONG", 1)
    rows = [data for _, data in map(_tree, range(9))]
    held = Forest()
    first = held.add("1" * 40, b"".join(rows))
    for row in range(9):
        others = [*rows[:row], b"40000 other\0" + bytes(20), *rows[row + 1 :]]
        tree = held.add("2" * 40, b"".join(others))

        assert tree == parse_tree("2" * 40, b"".join(others))
        assert isinstance(tree, ChangedTree)
        assert tree.base is first


def test_room_is_bounded_and_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forest, "MOST_PARSED", 1)
    (first, data), (last, other) = _tree(1), _tree(2)
    held = Forest()
    held.add(first, data)
    held.add(last, other)

    assert held.get(first) is None
    assert held.get(last) == parse_tree(last, other)


def test_a_tree_that_is_asked_for_stays_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forest, "MOST_PARSED", 2)
    held = Forest()
    root = held.add(*_tree(0))
    for number in range(1, 9):
        held.add(*_tree(number))
        assert held.get(_tree(0)[0]) is root
