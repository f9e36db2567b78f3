"""Files and elements that a change takes away: by their weights they are known under a new name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from snitch.checks.standings import first_of
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.session import Session
    from snitch.registry.location import Location
    from snitch.registry.release import Release


class Retired:
    """Models of production that are no directories and that no model of the candidate is.

    The locations are where they stand in the baseline.
    """

    def __init__(self, session: Session, locations: tuple[Location, ...]) -> None:
        self._session = session
        self._locations = tuple(one for one in locations if one.root is not None)

    @cached_property
    def _by_digest(self) -> dict[str, list[tuple[Location, str]]]:
        """Each with its name; read once, and only if a model looks new."""
        found: dict[str, list[tuple[Location, str]]] = {}
        baseline = self._session.baseline
        if baseline is None:
            return found
        for place in self._locations:
            layout = self._session.layouts[place.layout]
            release = read_release(baseline, place, layout, self._session.limits)
            for digest in digests_of(release):
                found.setdefault(digest, []).append((place, release.name))
        return found

    def with_weights(self, of: Location, release: Release) -> Iterator[tuple[Location, str]]:
        """Those of the same family that held a release's weights, of the same file first.

        Of several under one name, the one in the same place among them comes first.
        """
        digests = digests_of(release)
        every = [one for digest in sorted(digests) for one in self._by_digest.get(digest, ())]
        alike = [one for one in every if (one[0].root, one[0].layout) == (of.root, of.layout)]
        yield from sorted(
            alike, key=lambda one: (one[0].file != of.file, _again(one[0]) != _again(of))
        )


def _again(location: Location) -> str:
    """What the address of a second entry of one name has at its end: ` (2)`."""
    return location.path.removeprefix(first_of(location.path))


def digests_of(release: Release) -> set[str]:
    """What its weights are known by."""
    return {weights.digest for weights in release.weights if weights.digest is not None}
