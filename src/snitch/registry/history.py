"""The releases of one model that a branch has held: read from Git, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from snitch.registry.discovery import locate
from snitch.registry.names import Names
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Limits
    from snitch.registry.discovery import Location
    from snitch.registry.discovery import Pattern
    from snitch.registry.layout import Layout
    from snitch.registry.release import Release
    from snitch.snapshots import Repository
    from snitch.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class PastRelease:
    """One state of a model that the branch held."""

    commit: str
    """The first-parent commit that brought it."""
    release: Release


@dataclass(frozen=True, slots=True)
class Registry:
    """A repository read as a model registry: what a walk through history needs to know."""

    repository: Repository
    patterns: Sequence[Pattern]
    layouts: Mapping[str, Layout]
    limits: Limits

    def releases(self, tip: str, location: Location) -> Iterator[PastRelease]:
        """The states of the model in a directory that a branch held, from its tip backwards.

        There is one for each change of its config or metrics, followed through moves by its name.
        At most `limits.max_releases` commits are read; nothing is read before it is asked for.
        """
        state, found = "", None
        for commit, snapshot, place in self._walk(tip, location):
            now = self._state(snapshot, place)
            if found is not None and now != state:
                yield PastRelease(found[0], self.read(*found[1:]))
            # The oldest commit of a run of equal states is the one that brought them.
            state, found = now, (commit, snapshot, place)
        if found is not None:
            yield PastRelease(found[0], self.read(*found[1:]))

    def _walk(self, tip: str, location: Location) -> Iterator[tuple[str, Snapshot, Location]]:
        """First-parent commits that changed the model, with where it stood in each."""
        left = self.limits.max_releases
        where: tuple[str, Location] | None = (tip, location)
        while where is not None and left > 0:
            start, place = where
            where = None
            for commit in self.repository.history(place.path, start, limit=left):
                left -= 1
                snapshot = self.repository.commit(commit)
                if snapshot.children(place.path):
                    yield commit, snapshot, place
                    where = self._before(commit, snapshot, place)

    def read(self, snapshot: Snapshot, location: Location) -> Release:
        """The release in a directory of a snapshot, without a look at its code."""
        layout = self.layouts[location.layout]
        return read_release(snapshot, location, layout, self.limits, code=False)

    def _state(self, snapshot: Snapshot, location: Location) -> str:
        files = self.layouts[location.layout].files
        names = (*files.config, *files.metrics)
        paths = (f"{location.path}/{name}".lstrip("/") for name in names)
        entries = ((path, snapshot.entry(path)) for path in paths)
        return " ".join(f"{path}:{entry.oid}" for path, entry in entries if entry is not None)

    def _before(
        self, commit: str, snapshot: Snapshot, location: Location
    ) -> tuple[str, Location] | None:
        """Where the model stood before the commit that brought it to this directory."""
        parents = self.repository.commit_info(commit).parents
        if not parents:
            return None
        earlier = self.repository.commit(parents[0])
        if earlier.children(location.path):
            return None
        here = Names(snapshot, (location,), self.layouts, self.limits)
        places = locate(earlier, self.patterns, self.layouts)
        there = Names(earlier, places, self.layouts, self.limits)
        held = [path for path in there.holders(here[location.path]) if snapshot.entry(path) is None]
        by_path = {place.path: place for place in places}
        return (parents[0], by_path[held[0]]) if held else None
