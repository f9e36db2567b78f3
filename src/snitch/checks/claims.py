"""REG312 of a metric that its own per-item results contradict.

A value that was measured on other items than those in the file, or written by hand, is no
measurement of the benchmark, however complete the file is. Not every metric is the mean of its
scores, so this is a warning; where production's own value is that mean, a value that flatters the
candidate's scores is an error.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.item_contrasts import agrees
from snitch.checks.significance_rules import ITEMS_INCOMPLETE
from snitch.checks.standings import standing
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from snitch.checks.check import Subject
    from snitch.registry.item_scores import ItemScores
    from snitch.registry.item_scores import Score

PERCENT = 100


def contradicted(subject: Subject, items: ItemScores) -> Iterator[Finding]:
    """Metrics that are not the mean of their scores; those with a label have many definitions."""
    candidate = subject.candidate
    for name in sorted(items.scores):
        metric, mean = candidate.metrics.get((None, name)), _mean(items, items.scores[name])
        if metric is None or metric.value is None or mean is None:
            continue
        if not _is_mean(metric.value, mean):
            yield Finding(
                ITEMS_INCOMPLETE,
                f"{quoted(name)} is {plain(metric.value)}, and the mean of its scores in "
                f"{quoted(items.path)} is {float(mean):.6g}",
                "evaluate once, and write the metric and its items from that; or take the scores "
                "out of `items.scores` if the metric is not their mean",
                metric.written.place,
                severity=Severity.ERROR
                if _flatters(subject, name, Fraction(metric.value) - mean)
                else Severity.WARNING,
                metric=name,
            )


def _mean(items: ItemScores, score: Score) -> Fraction | None:
    if score.label is not None or not items.ids:
        return None
    column = items.numbers[score.column]
    return Fraction(sum(column.units), len(column.units) * 10**column.places)


def _is_mean(value: Decimal, mean: Fraction) -> bool:
    # A metric in percent beside items that count 0 and 1 is another spelling.
    return any(agrees(value, mean * unit) for unit in (1, PERCENT))


def _flatters(subject: Subject, name: str, excess: Fraction) -> bool:
    """Whether a value is better than its scores, of a metric that is production's scores' mean."""
    direction = standing(subject.policy, (None, name)).direction
    if subject.deployed is None or direction is None or (excess > 0) != (direction == "higher"):
        return False
    metric, items = subject.deployed.metrics.get((None, name)), subject.deployed.item_scores
    if metric is None or metric.value is None or items is None or name not in items.scores:
        return False
    mean = None if items.reason is not None else _mean(items, items.scores[name])
    return mean is not None and agrees(metric.value, mean)
