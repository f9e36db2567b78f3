"""The past of a model's metrics: which are shown first, and how each went on one benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.standings import lookup
from snitch.engine.trends import points
from snitch.findings import Trend
from snitch.policy.family import policy_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.policy.model import Policy
    from snitch.registry.metadata import Metadata
    from snitch.registry.release import Release

SHOWN = 4
"""How many metrics are shown where the policy calls none critical."""


def leading(policy: Policy, release: Release) -> tuple[str, ...]:
    """The metrics to show first: those that the policy calls critical, else the first few."""
    stand = lookup(policy_of(policy, release))
    keys = [key for key in release.metrics if key[0] is None and not stand(key).ignored]
    critical = [name for _, name in keys if stand((None, name)).standard.critical]
    return tuple(critical or [name for _, name in keys[:SHOWN]])


def value_of(release: Release, name: str) -> str | None:
    """A metric's value as an exact decimal; None where it is missing or no number."""
    metric = release.metrics.get((None, name))
    return None if metric is None or metric.value is None else plain(metric.value)


def benchmark_of(metadata: Metadata) -> str | None:
    """Name and version of what a release was measured on."""
    benchmark = metadata.benchmark
    return " ".join(filter(None, (benchmark.name, benchmark.version))) or None


def trends(policy: Policy, releases: Sequence[Release]) -> tuple[Trend, ...]:
    """How each leading metric went, back to where it was measured on another benchmark.

    The newest release comes first.
    """
    if not releases:
        return ()
    newest = releases[0]
    stand = lookup(policy_of(policy, newest))
    found = []
    for name in leading(policy, newest):
        past = tuple(points(releases, name))[::-1]
        if past:
            found.append(Trend(name, stand((None, name)).direction, past))
    return tuple(found)
