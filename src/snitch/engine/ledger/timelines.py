"""The past of every model at once: from one pass over history, whatever the number of models.

The files of a model in an earlier commit are those of the later one with the changes between taken
back, so no tree is read. Where a directory changes its name or its model on the way, the exact walk
of that one model decides.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from snitch.documents import is_dependency_file
from snitch.engine.belonging import holders
from snitch.engine.ledger.people import STEPS
from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE
from snitch.registry.past_releases import Absence
from snitch.registry.past_releases import PastRelease
from snitch.registry.past_releases import runs
from snitch.snapshots import Kind
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.registry.location import Location
    from snitch.registry.past_releases import Moment
    from snitch.registry.release import Release
    from snitch.snapshots import CommitInfo
    from snitch.snapshots import Entry
    from snitch.snapshots.touches import Touch

    Changes = Mapping[str, tuple[Entry | None, Entry | None]]

BLOB = 262_144
"""Contents up to this many bytes are read ahead."""


@dataclass(frozen=True)
class Timeline:
    """One model."""

    now: Release
    """What the branch holds, without its dependencies."""
    past: Sequence[Moment]
    """What it held, the newest first, without dependencies and changelogs."""


@dataclass(frozen=True)
class Timelines:
    """Everything that a branch did, by commit and by model."""

    book: Book
    touches: Mapping[str, Touch]
    by_model: Mapping[str, list[tuple[Touch, Changes]]]
    """The first-parent commits that touched a model's directory, newest first, and how."""
    policies: Mapping[str, Entry | None]
    """By first-parent commit the policy's file."""

    def of(self, location: Location) -> Timeline:
        """All of the model that the branch holds in a place."""
        layout = self.book.session.layouts[location.layout]
        if layout.contained and not self._nested(location.path):
            found = self._backwards(location)
            if found is not None:
                return found
        production = self.book.environment("production")
        past = list(self.book.registry.past(production.commit or "", location))
        return Timeline(self.book.read(production, location), past)

    def load(self, past: Sequence[Moment]) -> None:
        """Read the commits of a past at once, and those that they merged."""
        commits = [one.commit for one in past]
        parents = [parent for commit in commits for parent in self.touches[commit].parents]
        self.book.repository.commit_infos([*commits, *parents])

    def _nested(self, path: str) -> bool:
        """Whether other models live below, or the model is the whole repository."""
        return not path or bool(self.book.environment("production").inside(path))

    def maker(self, commit: CommitInfo, place: Location) -> CommitInfo | None:
        """What `people.maker` gives, without reading a tree."""
        merge, path = self.touches[commit.oid], place.file or place.path
        brought = _inside(merge, path)
        for tip in merge.parents[1:]:
            side = islice(_first_parents(self.touches, tip), STEPS)
            made = next((touch for touch in side if _inside(touch, path)), None)
            if made is not None and all(
                name in brought and brought[name][1] == after
                for name, (_, after) in _inside(made, path).items()
            ):
                return self.book.repository.commit_info(made.commit)
        return None

    def _backwards(self, location: Location) -> Timeline | None:
        """The files of today with one change after the other taken back.

        None where it is not that easy.
        """
        production = self.book.environment("production")
        files = dict(production.snapshot.files(location.path))
        changelogs = self.book.session.layouts[location.layout].files.changelog
        touches = self.by_model.get(location.path, [])[: self.book.session.limits.max_releases]
        told = {path: it for path, it in files.items() if _is_told(path)}
        blobs = self._blobs(told, touches, changelogs)
        found: list[Moment] = []
        for touch, changes in touches:
            if files:
                snapshot = self.book.repository.held(touch.commit, told, blobs)
                release = self.book.registry.read(snapshot, location, bare=bool(found))
                found.append(PastRelease(touch.commit, release, location))
            else:
                found.append(Absence(touch.commit, location))
            for path, (before, _) in changes.items():
                if before is None:
                    files.pop(path, None)
                else:
                    files[path] = before
            if not files and not touch.adds_only:
                return None  # it may have moved here: the exact walk finds out
            told = {path: it for path, it in files.items() if _is_told(path, changelogs)}
        releases = [one.release for one in found if isinstance(one, PastRelease)]
        if len({release.name for release in releases}) != 1:
            return None
        return Timeline(releases[0], list(runs(found)))

    def _blobs(
        self,
        told: Mapping[str, Entry],
        touches: list[tuple[Touch, Changes]],
        changelogs: tuple[str, ...],
    ) -> dict[str, bytes]:
        """Every content that is told of the directory's past, in one conversation."""
        pairs = list(told.items())
        for _, changes in touches:
            pairs += [
                (path, before)
                for path, (before, _) in changes.items()
                if before and _is_told(path, changelogs)
            ]
        oids = [
            entry.oid
            for path, entry in pairs
            if entry.oid and entry.kind is Kind.FILE and not path.endswith(".py")
        ]
        return self.book.repository.blobs(dict.fromkeys(oids), BLOB)


def _is_told(path: str, changelogs: tuple[str, ...] = ()) -> bool:
    """Whether a table of releases needs the file: dependencies it does not."""
    name = path.rpartition("/")[2]
    return name not in changelogs and not is_dependency_file(name)


def timelines(book: Book) -> Timelines:
    """Walk the production branch once.

    Raises:
        CannotJudgeError: there is no production branch, or Git cannot read it.
    """
    production = book.environment("production")
    tip = production.commit or ""
    touches = {touch.commit: touch for touch in book.repository.touches(tip, merged=True)}
    by_model: dict[str, list[tuple[Touch, Changes]]] = {}
    policies: dict[str, Entry | None] = {}
    held = production.snapshot.entry(POLICY_FILE)
    for touch in _first_parents(touches, tip):
        policies[touch.commit] = held
        held = touch.changes[POLICY_FILE][0] if POLICY_FILE in touch.changes else held
        for path, names in holders(touch.changes, production.places).items():
            changes = {name: touch.changes[name] for name in names}
            by_model.setdefault(path, []).append((touch, changes))
    return Timelines(book, touches, by_model, policies)


def _first_parents(touches: Mapping[str, Touch], tip: str) -> Iterator[Touch]:
    touch = touches.get(tip)
    while touch is not None:
        yield touch
        touch = touches.get(touch.parents[0]) if touch.parents else None


def _inside(touch: Touch, path: str) -> Changes:
    """What a commit did to a file, or to everything in a directory."""
    inside = prefix(path)
    return {
        name: change
        for name, change in touch.changes.items()
        if name == path or name.startswith(inside)
    }
