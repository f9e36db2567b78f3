"""The F1 score, from the items that are decided right and wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from snitch.checks.statistics.contrast import Contrast

if TYPE_CHECKING:
    from collections.abc import Sequence


def of_f1(
    deployed: Sequence[bool], candidate: Sequence[bool], labels: Sequence[int]
) -> Contrast | None:
    """The contrast of two F1 scores, 2 TP / (2 TP + FP + FN); None where one has no items.

    Of each item: whether either model calls it positive, and 1 where it is.
    """
    columns: list[Sequence[int]] = [[1] * len(labels)]
    for calls in (deployed, candidate):
        pairs = list(zip(calls, labels, strict=True))
        columns.append([int(call and label == 1) for call, label in pairs])
        columns.append([int(call != (label == 1)) for call, label in pairs])
    _, hit1, miss1, hit2, miss2 = map(sum, columns)
    if hit1 + miss1 == 0 or hit2 + miss2 == 0:
        return None

    def score(hits: int, misses: int) -> float:
        return 2 * hits / (2 * hits + misses) if hits + misses else 0.0

    return Contrast(
        tuple(columns),
        lambda sums: score(sums[1], sums[2]) - score(sums[3], sums[4]),
        Fraction(2 * hit1, 2 * hit1 + miss1),
        Fraction(2 * hit2, 2 * hit2 + miss2),
    )
