"""Which of the families that a repository shows signs of is proposed: one whose numbers it has."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from snitch.documents import Limits
from snitch.findings import CannotJudgeError
from snitch.registry.discovery import locate
from snitch.registry.layout import load_built_in
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.registry.location import Location
    from snitch.registry.recognition import Recognised
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

MAX_MODELS = 300
"""Models that are read for the proposal; the others look alike."""
COMMON = frozenset({"metrics", "weights", "dependencies"})
"""Pieces that tell no family from another."""


def likeliest(tree: Snapshot, families: Iterable[Recognised]) -> Recognised | None:
    """The first family that has models here, unless it demands numbers and can read none.

    One that reads none gives way to a later one with as many models that does; one that is known
    by its numbers alone, to the last resort where that reads more of them.
    """
    having = [family for family in families if _locations(tree, family)]
    own = [family for family in having if not _is_numbers(family)]
    reading = (family for family in having if _reads(tree, family))
    first = next(reading, next(iter(own), None))
    if first is None:
        return None
    releases, models = releases_of(tree, first)
    if not _numbers(releases):
        rivals = (one for one in own if len(_locations(tree, one)) >= models)
        return next((one for one in rivals if _numbers(releases_of(tree, one)[0])), first)
    if any(_pieces(release) - COMMON for release in releases):
        return first
    rivals = (family for family in having if family is first or _is_numbers(family))
    return max(rivals, key=lambda family: _numbers(releases_of(tree, family)[0]))


def releases_of(tree: Snapshot, family: Recognised | None) -> tuple[list[Release], int]:
    """The first models of a family that can be read, and how many models there are."""
    if family is None:
        return [], 0
    layout, limits, found = load_built_in(family.layout), Limits(), []
    locations = _locations(tree, family)
    for location in locations[:MAX_MODELS]:
        with suppress(CannotJudgeError):
            found.append(read_release(tree, location, layout, limits))
    return found, len(locations)


def _locations(tree: Snapshot, family: Recognised) -> tuple[Location, ...]:
    return locate(tree, family.patterns, {family.layout: load_built_in(family.layout)}, Limits())


def _is_numbers(family: Recognised) -> bool:
    """Whether numbers are all that tells a model of the family."""
    layout = load_built_in(family.layout)
    return layout.unit.each == "directory" and not layout.files.config


def _reads(tree: Snapshot, family: Recognised) -> bool:
    layout = load_built_in(family.layout)
    demanded = layout.files.metrics and "metrics" not in layout.optional
    if not (demanded or _is_numbers(family)):
        return True
    return _numbers(releases_of(tree, family)[0]) > 0


def _numbers(releases: Iterable[Release]) -> int:
    return sum(len(release.metrics) for release in releases)


def _pieces(release: Release) -> set[str]:
    return {name for name, piece in release.pieces.items() if piece.state == "present"}
