"""Whether probabilities mean what they say: overall, and where the decision is made.

Expected calibration error: M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI 2015; bins of
equal width, closed above, as in C. Guo et al., ICML 2017. Brier score: G. W. Brier, Monthly
Weather Review 78, 1950.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from math import floor
from typing import TYPE_CHECKING

from snitch.checks.statistics.contrast import Contrast
from snitch.checks.statistics.contrast import Scattered
from snitch.checks.statistics.contrast import cut_down
from snitch.checks.statistics.contrast import excess
from snitch.checks.statistics.contrast import fitted
from snitch.checks.statistics.contrast import of_means

if TYPE_CHECKING:
    from collections.abc import Sequence

    Side = Sequence[int]
    """Probabilities of every item, times the scale."""

BINS = 15
REACH = Fraction(1, 20)
"""How far from the threshold an item counts as decided near it."""


def of_brier(deployed: Side, candidate: Side, labels: Sequence[int], scale: int) -> Contrast:
    """The contrast of two Brier scores: means of squared errors."""

    def squares(side: Side) -> list[int]:
        return [(p - y * scale) ** 2 for p, y in zip(side, labels, strict=True)]

    return of_means(squares(deployed), squares(candidate), scale * scale)


def of_calibration(
    deployed: Side, candidate: Side, labels: Sequence[int], scale: int, bins: int = BINS
) -> Contrast:
    """The contrast of two expected calibration errors."""
    sides = [_binned(side, labels, scale, bins) for side in (deployed, candidate)]
    return _of_gaps(sides, scale, len(labels))


def of_reliability(
    deployed: Side, candidate: Side, labels: Sequence[int], scale: int, threshold: Fraction
) -> Contrast | None:
    """The contrast of two reliability gaps at a decision threshold.

    The gap is the distance between the mean probability and the share of positive items, among
    items whose probability lies within 0.05 of the threshold; None where a model has none there.
    """
    low, high = ceil((threshold - REACH) * scale), floor((threshold + REACH) * scale)
    columns: list[Sequence[int]] = [[1] * len(labels)]
    cuts = []
    for side in (deployed, candidate):
        near = [low <= p <= high for p in side]
        errors = [
            p - y * scale if inside else 0 for p, y, inside in zip(side, labels, near, strict=True)
        ]
        column, cut = fitted(errors)
        columns += [column, list(map(int, near))]
        cuts.append(cut)
    exact = [
        Fraction(abs(sum(columns[k])) << cut, scale) for k, cut in zip((1, 3), cuts, strict=True)
    ]
    counts = sum(columns[2]), sum(columns[4])
    if 0 in counts:
        return None

    def difference(sums: Sequence[int]) -> float:
        _, old, old_count, new, new_count = sums
        if not old_count or not new_count:
            return 0.0
        before = (abs(old) << cuts[0]) / (old_count * scale)
        return before - (abs(new) << cuts[1]) / (new_count * scale)

    return Contrast(tuple(columns), difference, exact[0] / counts[0], exact[1] / counts[1])


def _binned(side: Side, labels: Sequence[int], scale: int, count: int) -> list[Scattered]:
    """Errors of every item, one column for each bin that has items."""
    bins: dict[int, tuple[list[int], list[int]]] = {}
    for item, (p, y) in enumerate(zip(side, labels, strict=True)):
        # Closed above: the first bin holds 0 as well.
        items, errors = bins.setdefault(-(-p * count // scale) or 1, ([], []))
        items.append(item)
        errors.append(p - y * scale)
    return [Scattered(*bins[bin_]) for bin_ in sorted(bins)]


def _of_gaps(sides: list[list[Scattered]], scale: int, n: int) -> Contrast:
    """The contrast of two sums of absolute bin totals, each over the number of items."""
    exact = [Fraction(sum(abs(sum(one.values)) for one in side), n * scale) for side in sides]
    most = max(max(map(abs, one.values)) for side in sides for one in side)
    cut = excess(most, n)
    bins = [Scattered(one.items, cut_down(one.values, cut)) for side in sides for one in side]
    first = len(sides[0]) + 1

    def difference(sums: Sequence[int]) -> float:
        old, new = sum(map(abs, sums[1:first])), sum(map(abs, sums[first:]))
        return ((old - new) << cut) / (sums[0] * scale)

    return Contrast(([1] * n,), difference, exact[0], exact[1], tuple(bins))
