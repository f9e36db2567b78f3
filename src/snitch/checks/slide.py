"""REG314: a slide over releases, each step of it within its tolerance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.comparison import EXACT
from snitch.checks.comparison import allowance
from snitch.checks.comparison import compare
from snitch.checks.comparison import outside
from snitch.checks.comparison import plain
from snitch.checks.comparison import shortest
from snitch.checks.significance_rules import CUMULATIVE_DRIFT
from snitch.checks.standings import label
from snitch.checks.standings import lookup
from snitch.checks.standings import order
from snitch.checks.wording import quoted
from snitch.checks.yardstick import alike
from snitch.checks.yardstick import identity
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from snitch.checks.check import Subject
    from snitch.checks.standings import Key
    from snitch.checks.standings import Lookup
    from snitch.checks.standings import Standing
    from snitch.policy.model import Policy
    from snitch.registry.release import Metric
    from snitch.registry.release import Release


def slides(candidate: Release, deployed: Release | None, policy: Policy) -> bool:
    """Whether any metric lost something again, so that the past is worth reading."""
    if deployed is None or deployed is candidate or not candidate.metrics:
        return False
    stand = lookup(policy)
    return any(_slid(candidate, deployed, key, stand) for key in candidate.metrics)


def _slid(candidate: Release, deployed: Release, key: Key, stand: Lookup) -> bool:
    new, old = candidate.metrics[key], deployed.metrics.get(key)
    if old is None or new.value is None or old.value is None or new.value == old.value:
        return False
    standing = stand(key)
    if not standing.gates or standing.ignored or standing.direction is None:
        return False
    weighed = compare(new.value, old.value, standing.direction, standing.standard)
    return weighed.damage > 0 and weighed.tolerance > 0


def drifted(subject: Subject) -> Iterator[Finding]:
    """Metrics further below the best of the last releases than the policy's factor allows."""
    candidate, deployed = subject.candidate, subject.deployed
    if deployed is None or not subject.past:
        return
    stand = lookup(subject.policy)
    for key in sorted(candidate.metrics, key=order):
        if _slid(candidate, deployed, key, stand):
            last = deployed.metrics[key].value
            yield from _against_best(subject, candidate.metrics[key], stand(key), last)


def _against_best(
    subject: Subject, metric: Metric, standing: Standing, last: Decimal | None
) -> Iterator[Finding]:
    found = _best(subject.candidate, metric, subject.past, standing)
    if found is None or metric.value is None or standing.direction is None:
        return
    release, best = found
    if best == last:
        return  # One fall from the deployed release creeps nowhere, and is told as what it is.
    damage = compare(metric.value, best, standing.direction, standing.standard).damage
    _, tolerance = allowance(standing.standard, best)
    factor = subject.policy.regression.drift.factor
    if damage > EXACT.multiply(tolerance, factor):
        yield Finding(
            CUMULATIVE_DRIFT,
            f"{label(metric.key)} is {plain(metric.value)}, and was {plain(best)} "
            f"{_when(release, subject.past)}, the best of the last {len(subject.past)}: worse by "
            f"{shortest(damage)}, expected is at most {shortest(factor)} times the tolerance of "
            f"{shortest(tolerance)}",
            "train from what that release had; if the loss was decided, nothing must change",
            metric.written.place,
            metric=metric.name,
            slice=metric.slice,
        )


def _when(release: Release, past: Sequence[Release]) -> str:
    """By its version; in a family without versions, by how long ago it was."""
    if release.metadata.version:
        return f"in release {quoted(release.metadata.version)}"
    ago = next(number for number, one in enumerate(past, 1) if one is release)
    return f"in the release of {ago} deployments ago"


def _best(
    candidate: Release, metric: Metric, past: Sequence[Release], standing: Standing
) -> tuple[Release, Decimal] | None:
    """The newest of the releases with the best value, measured on the same benchmark.

    A value outside the metric's range was one of another unit.
    """
    ours = identity(candidate, metric)
    limits = standing.standard.range
    found = [
        (release, value)
        for release in past
        if (old := release.metrics.get(metric.key)) is not None
        and (value := old.value) is not None
        and not (limits is not None and outside(value, limits))
        and alike(ours, identity(release, old))
    ]
    pick = max if standing.direction == "higher" else min
    return pick(found, key=lambda pair: pair[1]) if found else None
