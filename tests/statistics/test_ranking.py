"""Placements of items, and the area that follows from them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from snitch.checks.statistics.ranking import area
from snitch.checks.statistics.ranking import of_areas
from snitch.checks.statistics.ranking import placements

LABELS = [1, 0, 1, 0]


def test_an_item_is_placed_among_those_of_the_other_label() -> None:
    placed = placements([3, 1, 2, 2], LABELS)
    assert placed == [4, 4, 3, 3]
    assert area(placed, LABELS) == Fraction(7, 8)


def test_each_label_has_its_own_column_of_changes() -> None:
    found = of_areas([3, 1, 2, 2], [1, 2, 3, 0], LABELS)
    assert found is not None
    assert found.columns == ([1] * 4, LABELS, [2, 0, -1, 0], [0, 2, 0, -1])
    assert (found.deployed, found.candidate) == (Fraction(7, 8), Fraction(3, 4))
    assert found.difference([4, 2, 1, 1]) == 0.125
    # Items drawn anew: the positive ones twice as often as the others.
    assert found.difference([3, 2, 1, 2]) == pytest.approx(1 / 8 + 2 / 4 - 1 / 8)


def test_a_sample_of_one_label_says_nothing_new() -> None:
    found = of_areas([3, 1, 2, 2], [1, 2, 3, 0], LABELS)
    assert found is not None
    assert found.difference([4, 4, 2, 0]) == found.difference([4, 0, 0, 2]) == 0.125
    assert of_areas([1, 2], [2, 1], [1, 1]) is None
    assert of_areas([1, 2], [2, 1], [0, 0]) is None
