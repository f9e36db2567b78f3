"""Columns that are cut to fit a sum, and the F1 score where there is nothing to count."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.checks.statistics.classification import of_f1
from snitch.checks.statistics.contrast import cut_down
from snitch.checks.statistics.contrast import excess
from snitch.checks.statistics.contrast import fitted
from snitch.checks.statistics.contrast import of_means
from snitch.checks.statistics.draws import MAX_BITS


def test_bits_are_cut_to_the_nearest_and_halves_away_from_zero() -> None:
    column = [0, 1, 2, 3, 5, 6, 7, -1, -2, -3, -5, -6, -7]
    assert cut_down(column, 2) == [0, 0, 1, 1, 1, 2, 2, 0, -1, -1, -1, -2, -2]
    assert cut_down(column, 1) == [0, 1, 1, 2, 3, 3, 4, -1, -1, -2, -3, -3, -4]
    assert cut_down(column, 0) == column


@given(st.lists(st.integers(-(10**40), 10**40), max_size=5))
def test_a_fitted_column_sums_in_so_many_bits_and_loses_little(column: list[int]) -> None:
    short, cut = fitted(column)
    assert sum(map(abs, short)).bit_length() <= MAX_BITS
    errors = [(one << cut) - other for one, other in zip(short, column, strict=True)]
    assert all(abs(error) << 1 <= 1 << cut for error in errors)


def test_nothing_is_cut_before_it_must_be() -> None:
    assert excess(2 ** (MAX_BITS - 2) - 1, 3) == 0
    assert excess(2 ** (MAX_BITS - 2), 3) == 1


def test_means_of_endless_digits_keep_their_difference() -> None:
    scale = 10**40
    found = of_means([scale, 0, scale], [scale, scale // 4, 0], scale)
    assert (found.deployed, found.candidate) == (Fraction(2, 3), Fraction(5, 12))
    assert found.difference([sum(column) for column in found.columns]) == pytest.approx(0.25)


def test_the_f1_score_counts_what_is_called_or_should_be() -> None:
    found = of_f1([True, False, True], [True, True, False], [1, 1, 0])
    assert found is not None
    assert (found.deployed, found.candidate) == (Fraction(1, 2), Fraction(1))
    assert found.difference([3, 1, 1, 1, 1]) == 0
    assert found.difference([3, 1, 2, 2, 0]) == -0.5
    assert found.difference([3, 0, 0, 2, 0]) == -1


@pytest.mark.parametrize("calls", [([False], [False]), ([False], [True]), ([True], [False])])
def test_without_anything_called_or_to_call_there_is_no_f1_score(
    calls: tuple[list[bool], list[bool]],
) -> None:
    assert of_f1(*calls, [0]) is None
    assert of_f1(*calls, [1]) is not None
