"""Which statistic of the items a metric is, and its contrast between two releases."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from snitch.checks.statistics.calibration import BINS
from snitch.checks.statistics.calibration import of_brier
from snitch.checks.statistics.calibration import of_calibration
from snitch.checks.statistics.calibration import of_reliability
from snitch.checks.statistics.classification import of_f1
from snitch.checks.statistics.contrast import of_means
from snitch.checks.statistics.ranking import of_areas
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from snitch.checks.statistics.contrast import Contrast
    from snitch.registry.item_scores import Column
    from snitch.registry.item_scores import Score

HALF = Fraction(1, 2)
PRECISION = Fraction(1, 10**6)
"""What is left of a mean that somebody sums in 32 bits; no verdict hangs on it."""
SAMPLE = 1_000
"""How many scores tell in most cases that there are more than two."""
STATISTICS = {
    "auc": "auc roc_auc auroc auc_roc",
    "f1": "f1 f1_score",
    "accuracy": "accuracy acc",
    "brier": "brier brier_score",
    "ece": "ece expected_calibration_error",
    "reliability_gap": "reliability_gap",
}
"""What is computed from a probability and a label, and the exact names that mean it."""
BY_NAME = {name: kind for kind, names in STATISTICS.items() for name in names.split()}


class NoEvidenceError(ValueError):
    """The items say nothing of a metric; the message says why and ends a sentence."""


class WithheldError(NoEvidenceError):
    """The deployed release's items would tell, and the candidate's do not let them.

    Nothing weaker takes their place: else leaving evidence out would buy more noise.
    """


@dataclass(frozen=True, slots=True)
class Sides:
    """The items of one metric in both releases, in one order and at one scale."""

    deployed: Sequence[int]
    candidate: Sequence[int]
    scale: int
    labels: Sequence[int] | None
    """Of both; None for scores of their own."""

    def levels(self) -> tuple[int, int] | None:
        """The only two scores that there are, 0 and 1 mostly; None for other scores."""
        if self.labels is not None:
            return None
        found: set[int] = set()
        for end in (SAMPLE, None):
            for side in (self.deployed, self.candidate):
                found.update(side[:end])
            if len(found) > 2:  # noqa: PLR2004 - two levels
                return None
        return min(found), max(found)


def kind_of(name: str) -> str | None:
    """The statistic that a metric with a label is, by its exact name; None for any other."""
    return BY_NAME.get(name.rpartition(".")[2].lower().replace("-", "_"))


def aligned(old: Column, new: Column) -> tuple[Sequence[int], Sequence[int], int]:
    """Two columns at one scale, and the scale."""
    places = max(old.places, new.places)
    return _scaled(old, places), _scaled(new, places), int(10**places)


def _scaled(column: Column, places: int) -> Sequence[int]:
    if column.places == places:
        return column.units
    factor = 10 ** (places - column.places)
    return [unit * factor for unit in column.units]


def contrast(sides: Sides, name: str, score: Score, threshold: Decimal | None) -> Contrast:
    """The contrast of a metric.

    The metric's name says what to compute from probabilities and labels; the policy's word on the
    threshold comes before the deployed release's.

    Raises:
        NoEvidenceError: the metric does not follow from these items; a `WithheldError` where
            that is the candidate's doing.
    """
    if sides.labels is None:
        return of_means(sides.deployed, sides.candidate, sides.scale)
    kind = kind_of(name)
    if kind != "auc":
        _refuse_improbable(sides)
    found = _of_labels(kind, sides, sides.labels, score.bins, _threshold(score, threshold))
    if found is None:
        message = "the items hold too few of one class to tell"
        raise NoEvidenceError(message)
    return found


def _refuse_improbable(sides: Sides) -> None:
    for side, refusal in ((sides.deployed, NoEvidenceError), (sides.candidate, WithheldError)):
        if min(side) < 0 or max(side) > sides.scale:
            raise refusal("the scores are no probabilities between 0 and 1")


def _of_labels(
    kind: str | None, sides: Sides, labels: Sequence[int], bins: int | None, cut: Fraction
) -> Contrast | None:
    old, new, scale = sides.deployed, sides.candidate, sides.scale
    match kind:
        case "auc":
            return of_areas(old, new, labels)
        case "f1":
            return of_f1(*_called(sides, cut), labels)
        case "brier":
            return of_brier(old, new, labels, scale)
        case "ece":
            return of_calibration(old, new, labels, scale, bins or BINS)
        case "reliability_gap":
            return of_reliability(old, new, labels, scale, cut)
    message = f"of the metrics with a `label` only these are known: {', '.join(STATISTICS)}"
    raise NoEvidenceError(message)


def decided(sides: Sides, name: str, score: Score, threshold: Decimal | None) -> Sides:
    """An accuracy's items as right or wrong, where they are probabilities; others as they are."""
    if sides.labels is None or kind_of(name) != "accuracy":
        return sides
    right = [
        [int(call == (y == 1)) for call, y in zip(side, sides.labels, strict=True)]
        for side in _called(sides, _threshold(score, threshold))
    ]
    return Sides(right[0], right[1], 1, None)


def _threshold(score: Score, threshold: Decimal | None) -> Fraction:
    chosen = threshold if threshold is not None else score.threshold
    return HALF if chosen is None else Fraction(chosen)


def _called(sides: Sides, cut: Fraction) -> tuple[list[bool], list[bool]]:
    least = ceil(cut * sides.scale)
    return [p >= least for p in sides.deployed], [p >= least for p in sides.candidate]


def agrees(written: Decimal, computed: Fraction) -> bool:
    """Whether a written decimal is a value: rounded or cut off, or summed in single precision."""
    unit = Fraction(10) ** int(written.as_tuple().exponent)
    return abs(Fraction(written) - computed) <= max(unit, abs(computed) * PRECISION)
