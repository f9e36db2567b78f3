"""REG309: what a candidate says of its own uncertainty, held against the deployed release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.significance_rules import SAMPLE_TOO_SMALL
from snitch.checks.standings import label
from snitch.checks.standings import sample_size
from snitch.checks.statistics.normal import width
from snitch.findings import Finding
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.pairs import Pair
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

MOST = 2
"""How many times the deployed uncertainty a candidate's may be."""
LEAST = 2
"""What share of a deployed slice's items is the least: one half."""


def shrunk(
    pair: Pair, candidate: Release, deployed: Release, *, weighed: bool
) -> Iterator[Finding]:
    """A smaller sample than the deployed release's, or a far greater uncertainty.

    Where it is `weighed`, noise can excuse a loss, and this is an error. So it is anywhere for a
    slice that falls below half of its size.
    """
    old, metric = pair.deployed, pair.metric
    if old is None or not pair.is_own or not pair.gates:
        return
    before, now = sample_size(deployed, old), sample_size(candidate, metric)
    if before is not None and now is not None and now < before:
        # A slice that loses most of its items is another slice under the same name.
        lost = metric.slice is not None and now * LEAST < before
        yield _finding(
            metric,
            f"was measured on {now:,} items, in the deployed release on {before:,}",
            weighed=weighed or lost,
        )
        return
    certain, uncertain = standard_error(old), standard_error(metric)
    if weighed and certain is not None and uncertain is not None and uncertain > MOST * certain:
        ours, theirs = uncertain * width(), certain * width()
        yield _finding(
            metric,
            f"has an uncertainty of {ours:.2g}, the deployed release one of {theirs:.2g}; "
            f"at most {MOST} times as much is expected",
            weighed=True,
        )


def standard_error(metric: Metric) -> float | None:
    """The standard error that a metrics file gives, by `stderr` or by a 95 % `ci`."""
    if metric.stderr is not None:
        return float(metric.stderr)
    if metric.ci is not None:
        low, high = metric.ci
        return float(high - low) / (2 * width())
    return None


def _finding(metric: Metric, found: str, *, weighed: bool) -> Finding:
    return Finding(
        SAMPLE_TOO_SMALL,
        f"{label(metric.key)} {found}",
        "measure it on the whole benchmark, as the deployed release was",
        metric.written.place,
        severity=Severity.ERROR if weighed else None,
        metric=metric.name,
        slice=metric.slice,
    )
