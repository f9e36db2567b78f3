"""REG312 as a warning: a metric that its own per-item results contradict.

A value that was measured on other items than those in the file, or written by hand, is no
measurement of the benchmark, however complete the file is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.item_contrasts import agrees
from snitch.checks.significance_rules import ITEMS_INCOMPLETE
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.registry.item_scores import ItemScores
    from snitch.registry.release import Release

PERCENT = 100


def contradicted(candidate: Release, items: ItemScores) -> Iterator[Finding]:
    """Metrics that are not the mean of their scores; those with a label have many definitions."""
    for name in sorted(items.scores):
        score, metric = items.scores[name], candidate.metrics.get((None, name))
        if score.label is not None or metric is None or metric.value is None or not items.ids:
            continue
        column = items.numbers[score.column]
        mean = Fraction(sum(column.units), len(column.units) * 10**column.places)
        # A metric in percent beside items that count 0 and 1 is another spelling.
        if not any(agrees(metric.value, mean * unit) for unit in (1, PERCENT)):
            yield Finding(
                ITEMS_INCOMPLETE,
                f"{quoted(name)} is {plain(metric.value)}, and the mean of its scores in "
                f"{quoted(items.path)} is {float(mean):.6g}",
                "evaluate once, and write the metric and its items from that; or take the scores "
                "out of `items.scores` if the metric is not their mean",
                metric.written.place,
                severity=Severity.WARNING,
                metric=name,
            )
