"""What of a release cannot be read, and how to mend it: no answer passes over it in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.soundness import not_a_number
from snitch.checks.standings import lookup
from snitch.engine.legible import ILLEGIBLE
from snitch.findings import Failure
from snitch.policy.family import policy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Fault
    from snitch.policy.model import Policy
    from snitch.registry.release import Metric
    from snitch.registry.release import Release


def illegible(release: Release) -> dict[str, Fault]:
    """The files that cannot be read, by path, each with the first reason."""
    broken = {piece.path for piece in release.pieces.values() if piece.state == "broken"}
    found: dict[str, Fault] = {}
    for fault in release.faults:
        if fault.code in ILLEGIBLE or fault.place.path in broken:
            found.setdefault(fault.place.path, fault)
    return found


def unmeasured(release: Release) -> bool:
    """Whether metrics stand in a file that cannot be read."""
    files = illegible(release)
    piece = release.pieces["metrics"]
    told = release.documents if piece.state == "not-applicable" else (piece.path,)
    return any(path in files for path in told)


def failures_of(policy: Policy, release: Release) -> tuple[Failure, ...]:
    """What cannot be read: files, and values that are judged as numbers and are none."""
    files = illegible(release)
    told = [Failure(it.message, it.remedy, release.name, it.place) for it in files.values()]
    for metric in _no_numbers(policy, release):
        it = not_a_number(metric)
        if metric.written.source.path not in files:
            told.append(Failure(it.message, it.remedy, release.name, it.place))
    return tuple(told)


def _no_numbers(policy: Policy, release: Release) -> Iterator[Metric]:
    found = [metric for metric in release.metrics.values() if metric.value is None]
    if found:
        stand = lookup(policy_of(policy, release))
        yield from (
            metric for metric in found if stand(metric.key).gates and not stand(metric.key).ignored
        )
