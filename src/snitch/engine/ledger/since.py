"""Since when production holds what it holds of every model: from one walk over the branch.

It is what `history` tells of each one's newest release, and no history is walked a second time for
it. Whether a commit changed the release of a directory is told by the names of the files that it
touched; of a model in a file, or at the root among all else, by its state before that commit.
"""

from __future__ import annotations

from datetime import datetime
from datetime import timezone
from typing import TYPE_CHECKING

from snitch.engine.belonging import holders
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.frozen import dataclass
from snitch.registry.keypath import at_route
from snitch.registry.parsed import document_at
from snitch.registry.telling import is_told_by_names
from snitch.registry.telling import tell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment
    from snitch.registry.location import Location
    from snitch.registry.past_releases import State
    from snitch.snapshots import Snapshot
    from snitch.snapshots.touches import Touch


@dataclass(frozen=True, slots=True)
class Since:
    """When production came to hold its releases."""

    moments: Mapping[str, datetime]
    """By model's address, in UTC."""
    unread: Failure | None = None
    """Why those that are missing could not be found."""


def since(book: Book) -> Since:
    """For each model of production, by address, when it came to hold its release, in UTC.

    Of a model whose past cannot be read, or is cut off by a shallow clone, nothing is told.
    """
    base = book.production
    if base is None or base.commit is None:
        return Since({})
    walk = _Walk(book, base)
    try:
        for touch in book.repository.touches(base.commit):
            walk.take(touch)
            if not walk.pending:
                break
    except CannotJudgeError as error:
        walk.give_up(error)
    infos = book.repository.commit_infos(walk.commits.values())
    moments = {
        path: datetime.fromtimestamp(info.committer.time, timezone.utc)
        for path, info in zip(walk.commits, infos, strict=True)
    }
    return Since(moments, walk.unread)


class _Walk:
    """From the tip of production on backwards, until every release's commit is met."""

    def __init__(self, book: Book, base: Environment) -> None:
        self._book = book
        self._base = base
        self._states: dict[str, State | None] = {}
        self.unread: Failure | None = None
        """The first thing of the past that Git cannot give."""
        self.commits: dict[str, str] = {}
        """By model the oldest commit met that may have brought its release."""
        self.pending: dict[str, list[str]] = {}
        """By directory or file the models whose release may be older than that."""
        self._files = {place.file for place in base.places.values() if place.file is not None}
        for path, place in base.places.items():
            self.pending.setdefault(place.file or path, []).append(path)

    def take(self, touch: Touch) -> None:
        """Go on by one commit, to an older one."""
        touched = holders(touch.paths, self._base.places)
        touched |= {path: [path] for path in self._files.intersection(touch.paths)}
        for key in self.pending.keys() & touched.keys():
            left = [
                path for path in self.pending.pop(key) if self._older(touch, path, touched[key])
            ]
            if left:
                self.pending[key] = left

    def give_up(self, error: CannotJudgeError) -> None:
        """Tell nothing of those whose commit is not met yet: Git cannot give what is older."""
        self._note(error)
        for path in (path for paths in self.pending.values() for path in paths):
            self.commits.pop(path, None)

    def _older(self, touch: Touch, path: str, touched: Sequence[str]) -> bool:
        """Whether a model's release is older than a commit that touched its files."""
        place = self._base.places[path]
        if touch.commit in self._book.repository.boundary:
            # Here a shallow clone ends, and nobody can tell how much older the release is.
            self.commits.pop(path, None)
            return False
        try:
            if not self._brought(touch, place, touched):
                self.commits[path] = touch.commit
                return True
            self.commits[path] = self._followed(touch, place)
        except CannotJudgeError as error:
            self._note(error)
            self.commits.pop(path, None)
        return False

    def _note(self, error: CannotJudgeError) -> None:
        self.unread = self.unread or Failure(error.message, error.remedy)

    def _brought(self, touch: Touch, place: Location, touched: Sequence[str]) -> bool:
        """Whether the release is not what stood there before a commit."""
        layout = self._book.session.layouts[place.layout]
        if is_told_by_names(place, layout):
            return tell(touched, place, layout)
        if layout.unit.newest or not touch.parents:
            return True
        before = self._book.repository.commit(touch.parents[0], place.path)
        if place.root is not None:
            return not self._same_part(before, place) and self._differs(before, place)
        return self._differs(before, place)

    def _same_part(self, before: Snapshot, place: Location) -> bool:
        """Whether the model's part of a file that it shares was the same, to the letter."""
        there = self._book.registry.place_inside(before, place)
        if there is None:
            return False
        limits = self._book.session.limits
        now, then = (
            at_route(document_at(tree, at.file or "", limits).data, at.route)
            for tree, at in ((self._base.snapshot, place), (before, there))
        )
        return now == then

    def _differs(self, before: Snapshot, place: Location) -> bool:
        if place.path not in self._states:
            self._states[place.path] = self._book.registry.state(self._base.snapshot, place)
        return self._book.registry.state(before, place) != self._states[place.path]

    def _followed(self, touch: Touch, place: Location) -> str:
        """The commit that brought a release, which may have come here from another directory."""
        gone = any(row.endswith("D") for row in touch.rows.values())
        if gone and place.root is None and touch.parents:
            before = self._book.repository.commit(touch.parents[0], place.path)
            if not before.children(place.path):
                past = self._book.registry.releases(touch.commit, place)
                return next((one.commit for one in past), touch.commit)
        return touch.commit
