"""One number, one name: what two releases call the numbers of several files that share names.

Where files repeat a name, a reader tells them apart by the order of the files, so that a file more
or less would give every other one's numbers new names, and compare them with somebody else's.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.standings import first_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from snitch.checks.standings import Key
    from snitch.documents import Route
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

    Spot = tuple[str, Route, str | None]


def aligned(candidate: Release, deployed: Release | None) -> Release:
    """The candidate, each number named as the deployed release names the one in its place."""
    if deployed is None or not _repeat(candidate, deployed):
        return candidate
    held = {_spot(deployed, metric): key for key, metric in deployed.metrics.items()}
    names = {
        key: there
        for key, metric in candidate.metrics.items()
        if (there := held.get(_spot(candidate, metric))) is not None
        if there != key and _is_one(there[1], key[1])
    }
    if not names:
        return candidate
    given: dict[Key, Metric] = {}
    taken = {*candidate.metrics, *names.values()}
    for key, metric in candidate.metrics.items():
        new = names.get(key, key)
        if key not in names and key in names.values():
            new = _free(candidate, metric, taken)
            taken.add(new)
        given[new] = metric if new == key else replace(metric, name=new[1])
    return replace(candidate, metrics=given)


def _repeat(*releases: Release) -> bool:
    """Whether more than one file holds numbers, before or after."""
    return len({it.written.source.path for one in releases for it in one.metrics.values()}) > 1


def _spot(release: Release, metric: Metric) -> Spot:
    return release.inside(metric.written.source.path), metric.written.route, metric.slice


def _is_one(one: str, other: str) -> bool:
    """Whether two names differ only by what a reader adds to tell them apart."""
    short, long = sorted((first_of(one), first_of(other)), key=len)
    return long == short or long.endswith(f".{short}")


def _free(release: Release, metric: Metric, taken: Collection[Key]) -> Key:
    """A name for a number of a new file whose own name is another's."""
    file = posixpath.splitext(release.inside(metric.written.source.path))[0]
    name, number = f"{file}.{metric.name}", 2
    while (metric.slice, name) in taken:
        name, number = f"{file}.{metric.name} ({number})", number + 1
    return metric.slice, name
