"""One number, one name: what releases call the numbers of several files that share names.

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
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.checks.standings import Key
    from snitch.documents import Route
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

    Spot = tuple[str, Route, str | None]

SEVERAL = 2
"""So many files, before and after together, may share names."""


def aligned(candidate: Release, deployed: Release | None) -> Release:
    """The candidate, each number named as the deployed release names the one in its place."""
    if deployed is None or len(_files(candidate) | _files(deployed)) < SEVERAL:
        return candidate
    return _renamed(candidate, _places(deployed))


def in_line(releases: Iterable[Release]) -> Iterator[Release]:
    """Releases, each number named as the first of them names it that has one in its place.

    The newest comes first; they are read as they are asked for.
    """
    files: set[str] = set()
    known: dict[Spot, Key] = {}
    for release in releases:
        files |= _files(release)
        found = release if len(files) < SEVERAL else _renamed(release, known)
        known = {**_places(found), **known}
        yield found


def _renamed(release: Release, known: Mapping[Spot, Key]) -> Release:
    """The release with names that are known for the places of its numbers."""
    names = {
        key: there
        for key, metric in release.metrics.items()
        if (there := known.get(_spot(release, metric))) is not None
        if there != key and _is_one(there[1], key[1])
    }
    if not names:
        return release
    given: dict[Key, Metric] = {}
    taken = {*release.metrics, *names.values()}
    for key, metric in release.metrics.items():
        new = names.get(key, key)
        if key not in names and key in names.values():
            new = _free(release, metric, taken)
            taken.add(new)
        given[new] = metric if new == key else replace(metric, name=new[1])
    return replace(release, metrics=given)


def _files(release: Release) -> set[str]:
    """The files that hold numbers."""
    return {metric.written.source.path for metric in release.metrics.values()}


def _places(release: Release) -> dict[Spot, Key]:
    """Where each number stands, and its name."""
    return {_spot(release, metric): key for key, metric in release.metrics.items()}


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
