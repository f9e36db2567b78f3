"""Contrasts of probabilities: how many digits they have, and where bins and windows end."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from snitch.checks.statistics.bootstrap import resample
from snitch.checks.statistics.calibration import of_brier
from snitch.checks.statistics.calibration import of_calibration
from snitch.checks.statistics.calibration import of_reliability
from snitch.checks.statistics.classification import of_f1
from snitch.checks.statistics.contrast import cut_down
from snitch.checks.statistics.contrast import excess
from snitch.checks.statistics.contrast import fitted
from snitch.checks.statistics.contrast import of_means
from snitch.checks.statistics.draws import MAX_BITS
from snitch.checks.statistics.ranking import of_areas

if TYPE_CHECKING:
    from snitch.checks.statistics.contrast import Contrast

HALF = Fraction(1, 2)
OLD = [number * 37 % 101 for number in range(300)]
NEW = [number * 53 % 101 for number in range(300)]
LABELS = [int(number % 3 == 0) for number in range(300)]


def contrasted(name: str, digits: int) -> Contrast:
    """Of the same probabilities, in hundredths, written with so many zeros more."""
    scale = 100 * 10**digits
    old, new = ([p * 10**digits for p in side] for side in (OLD, NEW))
    found: Contrast | None
    match name:
        case "mean":
            found = of_means(old, new, scale)
        case "brier":
            found = of_brier(old, new, LABELS, scale)
        case "ece":
            found = of_calibration(old, new, LABELS, scale)
        case _:
            found = of_reliability(old, new, LABELS, scale, HALF)
    assert found is not None
    return found


def whole(contrast: Contrast) -> float:
    """The difference of the sample that is all items."""
    columns = [*contrast.columns, *(one.values for one in contrast.scattered)]
    return contrast.difference([sum(column) for column in columns])


@pytest.mark.parametrize(
    ("old", "new"),
    [(OLD, NEW), (NEW, OLD), ([20] * 300, NEW), (OLD, [90] * 300), ([55] * 300, [45] * 300)],
    ids=["as they are", "exchanged", "one bin before", "one bin now", "near the threshold"],
)
def test_of_all_items_the_difference_is_that_of_the_two_statistics(
    old: list[int], new: list[int]
) -> None:
    found = [
        of_means(old, new, 100),
        of_brier(old, new, LABELS, 100),
        of_calibration(old, new, LABELS, 100),
        of_areas(old, new, LABELS),
        of_f1([p >= 50 for p in old], [p >= 50 for p in new], LABELS),
        of_reliability(old, new, LABELS, 100, HALF),
    ]
    for contrast in filter(None, found):
        assert whole(contrast) == pytest.approx(float(contrast.deployed - contrast.candidate))
    assert len([*filter(None, found)]) >= 5


UNEVEN = [0 if number < 200 else number for number in range(300)]
"""A cluster of two thirds of the items, and one of each other item."""


@pytest.mark.parametrize("clusters", [None, UNEVEN], ids=["alone", "in clusters"])
@pytest.mark.parametrize("name", ["mean", "brier", "ece", "reliability_gap"])
def test_more_zeros_than_fit_a_machine_word_change_nothing(
    name: str, clusters: list[int] | None
) -> None:
    short, long = contrasted(name, 0), contrasted(name, 40)
    assert (long.deployed, long.candidate) == pytest.approx((short.deployed, short.candidate))
    one, other = (resample(it, 5, clusters, numpy=np, times=200) for it in (short, long))
    assert other.interval == pytest.approx(one.interval, rel=1e-9)
    assert other.detectable == pytest.approx(one.detectable, rel=1e-9)
    assert one.interval[0] < one.interval[1]
    assert resample(long, 5, clusters, numpy=None, times=200) == other


def test_each_side_is_read_by_the_bits_that_were_cut_off_it() -> None:
    scale, n = 2**71, 20
    low, high = ([scale * percent // 100 + 1] * n for percent in (46, 54))
    for old, new in ((low, high), (high, low)):
        found = of_reliability(old, new, [0] * n, scale, HALF)
        assert found is not None
        sums = [sum(column) for column in found.columns]
        assert found.difference(sums) == pytest.approx(float(found.deployed - found.candidate))
        assert abs(found.difference(sums)) == pytest.approx(0.08)
        assert found.deployed == pytest.approx(old[0] / scale)


def test_a_column_is_cut_to_what_sums_within_a_signed_machine_word() -> None:
    for count in (1, 7, 1_000):
        fits = 2 ** (MAX_BITS - count.bit_length())
        assert excess(fits - 1, count) == 0
        assert excess(fits, count) == 1
        assert fitted([fits - 1] * count) == ([fits - 1] * count, 0)
        assert fitted([fits] * count) == ([fits // 2] * count, 1)
        assert (fits - 1) * count < 2**MAX_BITS
    assert fitted([]) == ([], 0)


@pytest.mark.parametrize(
    ("values", "cut", "expected"),
    [
        ([5, -5], 0, [5, -5]),
        ([4, 5, 6, 7, 8], 2, [1, 1, 2, 2, 2]),
        ([-4, -5, -6, -7, -8], 2, [-1, -1, -2, -2, -2]),
        ([0, 1, -1], 1, [0, 1, -1]),
    ],
)
def test_what_is_cut_off_is_rounded_alike_on_both_sides_of_zero(
    values: list[int], cut: int, expected: list[int]
) -> None:
    assert list(cut_down(values, cut)) == expected


@pytest.mark.parametrize(
    ("pair", "labels", "together"),
    [
        ((20, 19), (1, 0), True),
        ((20, 21), (1, 0), False),
        ((0, 5), (1, 0), True),
        ((6, 7), (1, 0), False),
        ((100, 94), (1, 0), True),
    ],
)
def test_a_bin_is_closed_above_and_the_first_holds_zero(
    pair: tuple[int, int], labels: tuple[int, int], *, together: bool
) -> None:
    errors = [p - 100 * y for p, y in zip(pair, labels, strict=True)]
    total = abs(sum(errors)) if together else sum(map(abs, errors))
    found = of_calibration(pair, (0, 0), labels, 100)
    assert found.deployed == Fraction(total, 200)
    assert found.candidate == Fraction(100, 200)


@pytest.mark.parametrize("bins", [1, 2, 10])
def test_the_number_of_bins_may_be_another(bins: int) -> None:
    pair, labels = (45, 55), (1, 0)
    errors = 55 if bins > 1 else 0
    assert of_calibration(pair, pair, labels, 100, bins).deployed == Fraction(2 * errors, 200)


@pytest.mark.parametrize(
    ("p", "near"), [(44, False), (45, True), (50, True), (55, True), (56, False)]
)
def test_items_within_a_twentieth_of_the_threshold_are_near_it(p: int, *, near: bool) -> None:
    found = of_reliability([p], [p], [1], 100, HALF)
    assert (found is not None) is near
    if found is not None:
        assert found.deployed == Fraction(100 - p, 100)
    beside = of_reliability([p, 50], [50, 50], [1, 0], 100, HALF)
    assert beside is not None
    gap = Fraction(abs(p - 50), 200) if near else HALF
    assert (beside.deployed, beside.candidate) == (gap, Fraction(0))


def test_a_draw_without_any_item_near_the_threshold_shows_no_difference() -> None:
    found = of_reliability([50, 50], [40, 50], [1, 0], 100, HALF)
    assert found is not None
    assert found.difference([2, 0, 0, 50, 1]) == 0.0
    assert found.difference([2, 50, 1, 0, 0]) == 0.0
    assert found.difference([2, -100, 2, 50, 1]) == pytest.approx(0.0)
    assert found.difference([2, -100, 2, 25, 1]) == pytest.approx(0.25)


@pytest.mark.parametrize("positives", [0, 4])
def test_a_draw_of_one_label_only_has_the_areas_of_all_items(positives: int) -> None:
    found = of_areas([9, 4, 5, 1], [9, 6, 5, 4], [1, 1, 0, 0])
    assert found is not None
    assert found.difference([4, positives, 3, 3]) == float(found.deployed - found.candidate)
    assert found.difference([4, 1, 0, 0]) == pytest.approx(0.25)
