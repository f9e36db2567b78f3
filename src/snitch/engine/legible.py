"""Whether the deployed release can be read: as much of it as a comparison needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.standings import lookup
from snitch.findings import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Fault
    from snitch.policy.model import Policy
    from snitch.registry.release import Release


TWICE = "SNT003"
"""The rule on keys that a file holds twice."""
ILLEGIBLE = frozenset({"SNT001", "SNT002", TWICE})
"""Faults after which nobody can tell what a file says; others are of style."""


def without_unjudged(release: Release, policy: Policy) -> Release:
    """The release without values that are no numbers and that nobody judges.

    A change that brings one passes, so it must not keep the next one from being judged.
    """
    stand = lookup(policy)
    broken = [metric.key for metric in release.metrics.values() if metric.value is None]
    shown = {key for key in broken if stand(key).ignored or not stand(key).gates}
    kept = {key: metric for key, metric in release.metrics.items() if key not in shown}
    return replace(release, metrics=kept) if shown else release


def unreadable(release: Release, model: str, where: str) -> Iterator[Failure]:
    """What of a deployed release cannot be read.

    `where` is what production is called.
    """
    states = [release.pieces[piece] for piece in ("config", "metrics")]
    # In some layouts both are one file.
    broken = dict.fromkeys(state.path for state in states if state.state == "broken")
    for path in broken:
        fault = next((one for one in release.faults if one.place.path == path), None)
        yield _failure(model, where, path, "it cannot be read" if fault is None else fault.message)
    if broken:
        return
    twice = given_twice(release)
    none = next((metric for metric in release.metrics.values() if metric.value is None), None)
    if twice is not None:
        yield _failure(model, where, twice.place.path, twice.message)
    elif none is not None:
        yield _failure(model, where, none.written.source.path, f"`{none.name}` is no number")


def given_twice(release: Release) -> Fault | None:
    """What the metrics file says twice: nobody can tell which of the two was deployed."""
    path = release.pieces["metrics"].path
    return next((it for it in release.faults if it.code == TWICE and it.place.path == path), None)


def _failure(model: str, where: str, path: str, reason: str) -> Failure:
    return Failure(
        f"the deployed release cannot be read: {where}:{path}: {reason}",
        f"mend `{path}` in a change of its own, merge it, then check this one again",
        model,
    )
