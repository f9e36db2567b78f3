"""Older versions in a list of them: each is held against what production says of that version.

The newest one is compared as the model itself. An entry that production does not hold is weighed
against the newest one there, and one that is gone is nobody's loss.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.pairs import Pair
from snitch.checks.pairs import weigh
from snitch.checks.soundness import not_a_number
from snitch.checks.wording import quoted
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.standings import Lookup
    from snitch.registry.release import Metric
    from snitch.registry.release import Release


def rewritten(candidate: Release, deployed: Release, stand: Lookup) -> Iterator[Finding]:
    """What became worse, or no number, in any version but the newest."""
    for key, metric in candidate.versions.items():
        old = deployed.versions.get(key) or deployed.metrics.get(metric.key)
        if (
            old is None
            or candidate.metrics.get(metric.key) is metric
            or old.written.value == metric.written.value
        ):
            continue
        for finding in _weighed(metric, old, stand):
            yield replace(finding, message=f"version {quoted(metric.version)}: {finding.message}")


def _weighed(metric: Metric, old: Metric, stand: Lookup) -> Iterator[Finding]:
    standing = stand(metric.key)
    if standing.ignored or not standing.gates:
        return
    if metric.value is None:
        yield not_a_number(metric, deployed=old)
        return
    for outcome in weigh(Pair(metric, old, old, standing, small=False)):
        if isinstance(outcome, Finding):
            yield outcome
