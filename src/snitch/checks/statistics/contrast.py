"""The difference of one statistic between two models, as a function of sums over their items.

Means, the F1 score, calibration errors and (to first order) the area under the ROC curve all
depend on their items through a few sums, so that one bootstrap serves them all.
"""

from __future__ import annotations

from itertools import starmap
from operator import sub
from typing import TYPE_CHECKING

from snitch.checks.statistics.draws import MAX_BITS
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Scattered:
    """A column that is 0 but for some items: one of many that share them out."""

    items: Sequence[int]
    """Their numbers."""
    values: Sequence[int]
    """Of each of them."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Deployed minus candidate."""

    columns: tuple[Sequence[int], ...]
    """Integers of every item, in the items' canonical order; the first column counts items."""
    difference: Callable[[Sequence[int]], float]
    """From the columns' sums over a sample to the difference of that sample."""
    deployed: Fraction
    """The deployed model's statistic over all items, exact."""
    candidate: Fraction
    """The candidate's."""
    scattered: tuple[Scattered, ...] = ()
    """More columns; their sums come after the others'."""


def fitted(column: Sequence[int]) -> tuple[Sequence[int], int]:
    """A column that can be summed in 64 bits, and by how many bits it was cut for that.

    What is lost lies below 2**-40 of the greatest value for a million items.
    """
    cut = excess(max(map(abs, column), default=0), len(column))
    return cut_down(column, cut), cut


def excess(most: int, count: int) -> int:
    """How many bits too many so many values of at most this size have for one sum."""
    return max(0, most.bit_length() + count.bit_length() - MAX_BITS)


def cut_down(column: Sequence[int], cut: int) -> Sequence[int]:
    """A column without its last bits."""
    if cut == 0:
        return column
    # Rounds to the nearest and halves away from zero: as far down as up, whatever the sign.
    half = 1 << (cut - 1)
    return [(v + half) >> cut if v >= 0 else -((half - v) >> cut) for v in column]


def of_means(deployed: Sequence[int], candidate: Sequence[int], scale: int) -> Contrast:
    """The contrast of two means of item scores.

    The scores are times `scale`, and of the same items.
    """
    from fractions import Fraction  # noqa: PLC0415 - only where a test is asked for

    column, cut = fitted(list(starmap(sub, zip(deployed, candidate, strict=True))))
    unit = (1 << cut) / scale
    n = len(column)
    return Contrast(
        ([1] * n, column),
        lambda sums: sums[1] / sums[0] * unit,
        Fraction(sum(deployed), n * scale),
        Fraction(sum(candidate), n * scale),
    )
