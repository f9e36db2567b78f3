"""Older versions in a list of them: each is held against what production says of that version.

The newest one is compared as the model itself. An entry that production does not hold is weighed
against the newest one there, and one that is gone is nobody's loss.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.pairs import Pair
from snitch.checks.pairs import weigh
from snitch.checks.regression_rules import METRIC_DROPPED
from snitch.checks.soundness import not_a_number
from snitch.checks.standings import label
from snitch.checks.wording import quoted
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.standings import Lookup
    from snitch.registry.release import Metric
    from snitch.registry.release import Release


def rewritten(candidate: Release, deployed: Release, stand: Lookup) -> Iterator[Finding]:
    """What became worse, no number, or missing in any version but the newest."""
    for finding, metric in (*_worse(candidate, deployed, stand), *_lost(candidate, deployed)):
        standing = stand(metric.key)
        if standing.gates and not standing.ignored:
            yield replace(finding, message=f"version {quoted(metric.version)}: {finding.message}")


def _worse(
    candidate: Release, deployed: Release, stand: Lookup
) -> Iterator[tuple[Finding, Metric]]:
    for key, metric in candidate.versions.items():
        old = deployed.versions.get(key) or deployed.metrics.get(metric.key)
        if old is None or old.written.value == metric.written.value or _leads(candidate, metric):
            continue
        if metric.value is None:
            yield not_a_number(metric, deployed=old), metric
            continue
        for outcome in weigh(Pair(metric, old, old, stand(metric.key), small=False)):
            if isinstance(outcome, Finding):
                yield outcome, metric


def _lost(candidate: Release, deployed: Release) -> Iterator[tuple[Finding, Metric]]:
    """Numbers that an entry of the list had, and does not have any more."""
    entries = {_entry(metric): metric for metric in candidate.versions.values()}
    for key, old in deployed.versions.items():
        beside = entries.get(_entry(old))
        if beside is None or key in candidate.versions or _leads(candidate, beside):
            continue
        was = "" if old.value is None else f" ({plain(old.value)})"
        yield (
            Finding(
                METRIC_DROPPED,
                f"{label(old.key)} is missing; the deployed release has it{was}",
                f"measure {label(old.key)} again and write it under that name",
                beside.written.source.place(beside.written.route[:-1]),
                metric=old.name,
                slice=old.slice,
            ),
            old,
        )


def _leads(candidate: Release, metric: Metric) -> bool:
    """Whether a number is of the newest version, which is compared as the model's own."""
    newest = candidate.metrics.get(metric.key)
    return newest is not None and _entry(newest) == _entry(metric)


def _entry(metric: Metric) -> tuple[str, str]:
    """Of which model and version a number is."""
    return metric.name.removesuffix(metric.measure), metric.version
