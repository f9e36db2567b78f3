"""The releases of one model that a branch has held: read from Git, the newest first."""

from __future__ import annotations

from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.registry.discovery import DEFAULT_PATTERNS
from snitch.registry.discovery import Places
from snitch.registry.discovery import is_model
from snitch.registry.discovery import takes
from snitch.registry.names import Names
from snitch.registry.past_releases import Absence
from snitch.registry.past_releases import PastRelease
from snitch.registry.past_releases import Unread
from snitch.registry.past_releases import runs
from snitch.registry.past_releases import state_of
from snitch.registry.reader import read_release
from snitch.registry.telling import is_told_by_names
from snitch.registry.telling import tell
from snitch.registry.units import units_beside

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Limits
    from snitch.registry.discovery import Pattern
    from snitch.registry.layout import Layout
    from snitch.registry.location import Location
    from snitch.registry.past_releases import Moment
    from snitch.registry.past_releases import State
    from snitch.registry.release import Release
    from snitch.snapshots import Repository
    from snitch.snapshots import Snapshot

AT_HAND = 64
"""Files whose models stay at hand: the past of one model is that of all in its file."""


@dataclass(frozen=True)
class Registry:
    """A repository read as a model registry: what a walk through history needs to know."""

    repository: Repository
    patterns: Sequence[Pattern]
    layouts: Mapping[str, Layout]
    limits: Limits
    cut: Collection[str] = ()
    """Commits before which the past is not asked for: those that a shallow clone ends with."""
    _ahead: dict[tuple[str | None, Location], Release] = field(default_factory=dict, repr=False)
    _asked: dict[tuple[str, str, int], list[str]] = field(default_factory=dict, repr=False)
    _beside: dict[tuple[str | None, str | None, str], dict[str, Location]] = field(
        default_factory=dict, repr=False
    )

    def releases(self, tip: str, location: Location) -> Iterator[PastRelease]:
        """The states of the model in a directory that a branch held, from its tip backwards.

        There is one for each change of its config, metrics or weights, followed through moves by
        its name. At most `limits.max_releases` commits are read; nothing is read before it is
        asked for.
        """
        return (one for one in self.past(tip, location) if isinstance(one, PastRelease))

    def past(self, tip: str, location: Location, *, lenient: bool = False) -> Iterator[Moment]:
        """As `releases`, with the times between in which the branch did not hold the model.

        Where it is `lenient`, what Git cannot give of the past is told in its place and taken for
        the same model; else it ends the walk.
        """
        walk = self._walk if location.root is None else self._walk_inside
        return runs(walk(tip, location, lenient=lenient))

    def read(self, snapshot: Snapshot, location: Location, *, bare: bool = True) -> Release:
        """The release in a directory of a snapshot, as bare as a walk needs it, or all but code.

        Raises:
            CannotJudgeError: Git cannot give one of its files.
        """
        layout = self.layouts[location.layout]
        try:
            return read_release(snapshot, location, layout, self.limits, bare=bare)
        except CannotJudgeError as error:
            raise unreadable(location, head(snapshot.commit or ""), error) from error

    def _walk(self, tip: str, location: Location, *, lenient: bool) -> Iterator[Moment]:
        """First-parent commits that changed the model, with what it was in each."""
        left = self.limits.max_releases
        name: str | None = None
        where: tuple[str, Location] | None = (tip, location)
        while where is not None and left > 0:
            start, place = where
            where, absent = None, None
            commits = self._commits(place, start, left)
            for commit, older in zip(commits, (*commits[1:], None), strict=False):
                left -= 1
                moment = self._moment(commit, place, lenient=lenient)
                if isinstance(moment, Absence):
                    absent = moment
                    continue
                called = moment.release.name if isinstance(moment, PastRelease) else name
                if absent is not None:
                    if name is not None and called != name:
                        return  # another model lived here before
                    yield absent
                    absent = None
                name = called
                yield moment
                if name is None or self._goes_on(older, place, name, lenient=lenient):
                    continue
                try:
                    where = self._before(commit, place, name)
                except CannotJudgeError as error:
                    if not lenient:
                        raise
                    yield Unread(commit, place, error)
                if where is not None:
                    break

    def _moment(self, commit: str, place: Location, *, lenient: bool) -> Moment:
        """What a commit holds in a directory."""
        try:
            snapshot = self.repository.commit(commit, place.path)
            if not self.stands(snapshot, place):
                return Absence(commit, place)
            return PastRelease(commit, self._release(snapshot, place), place)
        except CannotJudgeError as error:
            if not lenient:
                raise
            return Unread(commit, place, error)

    def stands(self, snapshot: Snapshot, place: Location) -> bool:
        """Whether a directory of a snapshot is a model, and not what there was before it."""
        if not snapshot.children(place.path):
            return False
        taking = [one for one in self.patterns or DEFAULT_PATTERNS if takes(one, place.path)]
        return not taking or any(
            is_model(snapshot, place.path, pattern, self.layouts) for pattern in taking
        )

    def state(self, snapshot: Snapshot, place: Location) -> State | None:
        """What a snapshot holds of the model of a place; None where it does not hold it."""
        there: Location | None = place
        if place.root is not None:
            there = self.place_inside(snapshot, place)
        elif not self.stands(snapshot, place):
            there = None
        return None if there is None else state_of(self.read(snapshot, there))

    def _commits(self, place: Location, tip: str, limit: int) -> list[str]:
        """First-parent commits that may have changed the model in a directory, newest first."""
        layout = self.layouts[place.layout]
        if place.path or not is_told_by_names(place, layout):
            return self.repository.history(place.path, tip, limit)
        # Everything touches the root: to read the whole tree for each commit takes seconds.
        touches = [*islice(self.repository.touches(tip), limit)]
        return [it.commit for it in touches if it is touches[-1] or tell(it.paths, place, layout)]

    def _walk_inside(self, tip: str, location: Location, *, lenient: bool) -> Iterator[Moment]:
        """The same of a model that is a file, or an element of one, known by its address."""
        for commit in self.touching(tip, location):
            try:
                snapshot = self.repository.commit(commit)
                place = self.place_inside(snapshot, location)
                release = None if place is None else self.read(snapshot, place)
            except CannotJudgeError as error:
                if not lenient:
                    raise
                yield Unread(commit, location, error)
                continue
            if place is None or release is None:
                yield Absence(commit, location)
            else:
                yield PastRelease(commit, release, place)

    def touching(self, tip: str, location: Location) -> list[str]:
        """First-parent commits that changed the files of a model's place, newest first."""
        return self._history(location, tip, self.limits.max_releases)

    def place_inside(self, snapshot: Snapshot, location: Location) -> Location | None:
        """Where a snapshot holds a model that is a file, or an element of one; None for nowhere."""
        entry = None if location.file is None else snapshot.entry(location.file)
        key = (location.file, None if entry is None else entry.oid, location.layout)
        places = self._beside.get(key)
        if places is None or self.layouts[location.layout].unit.newest:
            layout = self.layouts[location.layout]
            places = units_beside(snapshot, location, layout, self.limits)
            while len(self._beside) >= AT_HAND:
                del self._beside[next(iter(self._beside))]
            self._beside[key] = places
        return places.get(location.path)

    def _history(self, location: Location, tip: str, limit: int) -> list[str]:
        """The same of so many; the last answer stays at hand, as files hold many models."""
        path = location.file or location.path
        if self.layouts[location.layout].unit.newest:
            path = path.rpartition("/")[0]
        if (path, tip, limit) not in self._asked:
            self._asked.clear()
            self._asked[path, tip, limit] = self.repository.history(path, tip, limit)
        return self._asked[path, tip, limit]

    def stations(
        self, tip: str, location: Location, name: str, limit: int
    ) -> Iterator[tuple[Snapshot, Location]]:
        """The commits that changed the files of a model's place, and of those it moved from.

        The walk begins at the tip, with the newest of at most so many; the model is followed by its
        name.
        """
        pending = [(tip, location)]
        while pending and limit > 0:
            start, place = pending.pop()
            for commit in self._history(place, start, limit):
                limit -= 1
                snapshot = self.repository.commit(commit)
                yield snapshot, place
                if place.root is None and self._arrived(commit, place):
                    before = self._before(commit, place, name)
                    pending += [] if before is None else [before]

    def _arrived(self, commit: str, place: Location) -> bool:
        """Whether nothing stood in a place before a commit, as far as a shallow clone knows."""
        parents = self.repository.commit_info(commit).parents
        is_known = bool(parents) and commit not in self.repository.boundary
        return is_known and not self.repository.commit(parents[0]).children(place.path)

    def _release(self, snapshot: Snapshot, place: Location) -> Release:
        key = (snapshot.tree_id(place.path), place)
        if key not in self._ahead:
            self._ahead.clear()  # the walk looks one commit ahead, and no further
            self._ahead[key] = self.read(snapshot, place)
        return self._ahead[key]

    def _goes_on(self, commit: str | None, place: Location, name: str, *, lenient: bool) -> bool:
        """Whether a commit holds a model in its directory as well, as far as anybody can tell."""
        moment = None if commit is None else self._moment(commit, place, lenient=lenient)
        if isinstance(moment, PastRelease):
            return moment.release.name == name
        return isinstance(moment, Unread)

    def _before(self, commit: str, location: Location, name: str) -> tuple[str, Location] | None:
        """Where the model stood before the commit that brought it to this directory."""
        parents = self.repository.commit_info(commit).parents
        if not parents or commit in self.cut:
            return None
        try:
            earlier = self.repository.commit(parents[0])
        except CannotJudgeError as error:
            raise unreadable(location, f"the commit before {head(commit)}", error) from error
        snapshot = self.repository.commit(commit)
        places = Places(earlier, self.patterns, self.layouts, self.limits)
        there = Names(earlier, places, self.layouts, self.limits)
        for path in there.holders(name):
            if path != location.path and self._now(snapshot, places[path]) != name:
                return parents[0], places[path]
        return None

    def _now(self, snapshot: Snapshot, place: Location) -> str | None:
        if not snapshot.children(place.path):
            return None
        return Names(snapshot, {place.path: place}, self.layouts, self.limits)[place.path]


def unreadable(location: Location, where: str, error: CannotJudgeError) -> CannotJudgeError:
    """The error, with the model and the revision that it kept from being read."""
    message = f"`{location.path or '.'}` in {where} cannot be read: {error.message}"
    return CannotJudgeError(message, error.remedy)
