"""Evidence from summaries alone: what the deployed release and the policy say of a sample.

Never from what the candidate says of itself: it would only have to claim a large uncertainty.
Both releases are given the deployed one's, as of two samples of the same size.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from snitch.checks.evidence import Evidence
from snitch.checks.statistics.newcombe import independent
from snitch.checks.statistics.normal import upper_tail
from snitch.checks.statistics.normal import width
from snitch.checks.statistics.power import of_error

if TYPE_CHECKING:
    from decimal import Decimal

    from snitch.registry.release import Metric

PROPORTIONS = frozenset(
    {
        *("accuracy", "acc", "top1_accuracy", "top5_accuracy", "top_1_accuracy", "top_5_accuracy"),
        *("exact_match", "error", "error_rate", "hit_rate", "pass_at_1", "win_rate"),
    }
)
"""Metrics that are the share of all items that are right, or wrong. Recall and precision are
shares of some items, whose number nobody gives."""


def is_proportion(metric: Metric) -> bool:
    """Whether a metric is a share of all its items, by its exact name."""
    name = metric.name.rpartition(".")[2].lower().replace("-", "_")
    return name in PROPORTIONS and metric.value is not None and 0 <= metric.value <= 1


def from_error(damage: Decimal, error: float) -> Evidence:
    """The test of a damage between two values of one standard error each."""
    both = error * sqrt(2)
    reach = width() * both
    size = float(damage)
    return Evidence(
        p=upper_tail(size / both) if both > 0 else float(size <= 0),
        interval=(size - reach, size + reach),
        detectable=of_error(both),
        sample=f"the deployed standard error of {error:.2g}, for both releases",
    )


def from_proportions(candidate: Decimal, deployed: Decimal, n: int, direction: str) -> Evidence:
    """The test of two proportions of `n` items each; which items are in which is not known."""
    new, old = float(candidate), float(deployed)
    if direction == "lower":
        new, old = 1 - new, 1 - old
    middle = (new + old) / 2
    error = sqrt(2 * middle * (1 - middle) / n)
    damage = old - new
    return Evidence(
        p=upper_tail(damage / error) if error > 0 else float(damage <= 0),
        interval=independent((old * n, n), (new * n, n)),
        detectable=min(of_error(error), 1.0),
        sample=f"{n:,} items on either side, unpaired",
    )
