"""The paired bootstrap of a contrast: how much of a difference is which items were drawn.

B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 and 16:
percentile interval and achieved significance level. Both models are measured on the items drawn,
clusters are drawn whole, and the draws depend on the seed and the number of units alone.
"""

from __future__ import annotations

from statistics import pstdev
from typing import TYPE_CHECKING

from snitch.checks.statistics import draws
from snitch.checks.statistics.contrast import fitted
from snitch.checks.statistics.normal import CONFIDENCE
from snitch.checks.statistics.power import of_error
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Hashable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from types import ModuleType

    from snitch.checks.statistics.contrast import Contrast

RESAMPLES = 2_000
MAX_UNITS = 2_048
"""More items are drawn in so many groups, every 2,048th item in one: the spread of the sums is
estimated from 2,048 numbers then, to 1.6 %, half of what the resampling itself leaves open."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """What the bootstrap says of deployed minus candidate."""

    worse: float
    """One-sided p-value of "no lower than deployed"."""
    better: float
    """One-sided p-value of "no higher than deployed"."""
    interval: tuple[float, float]
    """The 95 % percentile interval."""
    detectable: float
    """The smallest difference shown at 80 % power."""
    units: int
    """How many items, or clusters, were drawn from."""


def resample(
    contrast: Contrast,
    seed: int,
    clusters: Sequence[Hashable] | None = None,
    *,
    numpy: ModuleType | None,
    times: int = RESAMPLES,
) -> Resampled:
    """Draw items with replacement and compare both models on each draw.

    Args:
        contrast: What to compare, its items in an order that no file can influence.
        seed: The policy's.
        clusters: Of every item, the cluster that it is drawn with; None draws items.
        numpy: NumPy or None; the result is the same.
        times: How many draws.
    """
    units, many = _units(len(contrast.columns[0]), clusters)
    columns = [fitted(column) for column in _gathered(contrast, units, min(many, MAX_UNITS))]
    cuts = [cut for _, cut in columns]
    found = draws.sums([column for column, _ in columns], seed, times, numpy)
    if any(cuts):
        found = [tuple(v << cut for v, cut in zip(one, cuts, strict=True)) for one in found]
    values = sorted(map(contrast.difference, found))
    tail = int(times * (1 - CONFIDENCE) / 2)
    return Resampled(
        worse=(1 + sum(value <= 0 for value in values)) / (times + 1),
        better=(1 + sum(value >= 0 for value in values)) / (times + 1),
        interval=(values[tail], values[-1 - tail]),
        detectable=of_error(pstdev(values)),
        units=many,
    )


def _units(items: int, clusters: Sequence[Hashable] | None) -> tuple[Sequence[int], int]:
    """The number of the unit that each item is drawn with, and how many items or clusters."""
    if clusters is None:
        return range(items) if items <= MAX_UNITS else [i % MAX_UNITS for i in range(items)], items
    numbers: dict[Hashable, int] = {}
    found = [numbers.setdefault(cluster, len(numbers)) for cluster in clusters]
    if len(numbers) > MAX_UNITS:
        found = [number % MAX_UNITS for number in found]
    return found, len(numbers)


def _gathered(contrast: Contrast, units: Sequence[int], count: int) -> list[Sequence[int]]:
    """Every column summed within each unit."""
    columns = list(contrast.columns)
    if count < len(units):
        columns = [_totals(zip(units, column, strict=True), count) for column in columns]
    for one in contrast.scattered:
        pairs = zip(map(units.__getitem__, one.items), one.values, strict=True)
        columns.append(_totals(pairs, count))
    return columns


def _totals(values: Iterable[tuple[int, int]], count: int) -> list[int]:
    totals = [0] * count
    for unit, value in values:
        totals[unit] += value
    return totals
