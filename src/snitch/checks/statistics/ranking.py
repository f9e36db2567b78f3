"""The area under the ROC curve, by the ranks of the items.

E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Biometrics 44, 837-845 (1988): the area is
the mean placement of the positive items among the negative ones; each item's placement is its
part in the area, and resampling the placements is resampling the area to first order.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from fractions import Fraction
from operator import sub
from typing import TYPE_CHECKING

from snitch.checks.statistics.contrast import Contrast

if TYPE_CHECKING:
    from collections.abc import Sequence


def placements(scores: Sequence[int], labels: Sequence[int]) -> list[int]:
    """For each item twice the number of items of the other label that it is ranked right of.

    A tie counts one half, hence the doubling.
    """
    positive = sorted(s for s, label in zip(scores, labels, strict=True) if label)
    negative = sorted(s for s, label in zip(scores, labels, strict=True) if not label)
    return [
        bisect_left(negative, score) + bisect_right(negative, score)
        if label
        else 2 * len(positive) - bisect_left(positive, score) - bisect_right(positive, score)
        for score, label in zip(scores, labels, strict=True)
    ]


def area(placed: Sequence[int], labels: Sequence[int]) -> Fraction:
    """The area under the curve, from the placements."""
    positives = sum(labels)
    pairs = positives * (len(labels) - positives)
    return Fraction(sum(p for p, label in zip(placed, labels, strict=True) if label), 2 * pairs)


def of_areas(
    deployed: Sequence[int], candidate: Sequence[int], labels: Sequence[int]
) -> Contrast | None:
    """The contrast of two areas over the same items; None where all items have one label."""
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    old, new = placements(deployed, labels), placements(candidate, labels)
    change = list(map(sub, old, new))
    whole = area(old, labels) - area(new, labels)

    def difference(sums: Sequence[int]) -> float:
        count, positive, risen, fallen = sums
        # A sample of one label only has no area; it says nothing.
        if positive in {0, count}:
            return float(whole)
        above = risen / (positive * 2 * negatives)
        below = fallen / ((count - positive) * 2 * positives)
        return above + below - float(whole)

    return Contrast(
        (
            [1] * len(labels),
            labels,
            [c if label else 0 for c, label in zip(change, labels, strict=True)],
            [0 if label else c for c, label in zip(change, labels, strict=True)],
        ),
        difference,
        area(old, labels),
        area(new, labels),
    )
