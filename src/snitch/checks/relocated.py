"""Numbers of one measure on another benchmark: neither regressed nor dropped, but not comparable.

Some layouts name a metric by the data it was measured on. There, a data set that was renamed or
replaced takes one name away and brings another; the two values say nothing of each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.regression_rules import NOT_COMPARABLE
from snitch.checks.standings import label
from snitch.checks.wording import quoted
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.checks.standings import Key
    from snitch.registry.release import Metric
    from snitch.registry.release import Release


def relocated(candidate: Release, deployed: Release) -> dict[Key, Metric]:
    """From each metric that the candidate lacks to its own one of that measure on other data."""
    fresh = [
        metric
        for key, metric in candidate.metrics.items()
        if key not in deployed.metrics and metric.identity
    ]
    held = {metric.identity for metric in candidate.metrics.values()}
    known = {metric.identity for metric in deployed.metrics.values()}
    new = {
        (metric.slice, metric.measure): metric for metric in fresh if metric.identity not in known
    }
    return {
        key: new[old.slice, old.measure]
        for key, old in deployed.metrics.items()
        if key not in candidate.metrics
        and old.identity
        and old.identity not in held
        and (old.slice, old.measure) in new
    }


def told(moved: Mapping[Key, Metric], deployed: Release) -> Iterator[Finding]:
    """REG305 for each."""
    for key, metric in moved.items():
        yield Finding(
            NOT_COMPARABLE,
            f"{label(key)} was measured on {_data(deployed.metrics[key])}, and the candidate has "
            f"{label(metric.key)} on {_data(metric)} instead",
            f"measure the candidate on {_data(deployed.metrics[key])} too, or agree on the change "
            "of data with the policy's owners",
            metric.written.place,
            metric=key[1],
            slice=key[0],
        )


def _data(metric: Metric) -> str:
    return quoted(" ".join(part for part in metric.identity if part))
