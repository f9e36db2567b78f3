"""Whether a model that looks new is one that production knew: by directory, name or weights.

Taking a model out and bringing it back does not make it a first release, nor does another name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.registry.discovery import owner
from snitch.registry.discovery import owners
from snitch.registry.location import Location
from snitch.registry.names import Names
from snitch.snapshots import Kind
from snitch.snapshots import Pointer
from snitch.snapshots.paths import join
from snitch.snapshots.trees import object_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.selected import Selected
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

ALIKE = 0.6
"""The share of lines that two configs have in common where one is the other under a new name."""


@dataclass(frozen=True, slots=True)
class Ancestor:
    """The last state in which production held a model."""

    snapshot: Snapshot
    location: Location
    name: str
    """What production called it."""


def with_ancestor(
    session: Session, selection: Selection, model: Selected, candidate: Release
) -> Selected:
    """A model that looks new, compared with what production knew it as."""
    found = ancestor_of(session, selection, model, candidate)
    if found is None:
        return replace(model, copied_from=original_of(session, selection, candidate))
    was = None if found.name == model.name else found.name
    return replace(
        model,
        deployed=found.location,
        source=found.snapshot,
        renamed_from=was or model.renamed_from,
    )


def ancestor_of(
    session: Session, selection: Selection, model: Selected, candidate: Release
) -> Ancestor | None:
    """Find the last release of a model that production's tip does not hold; None for a new one.

    A model of another name counts only where the candidate does not hold that one as well: a copy
    is no rename.

    Raises:
        CannotJudgeError: none is found, and a shallow clone hides what production held before.
    """
    if session.tip is None:
        return None
    seek = _ancestors if model.location.root is None else _entries
    found = next(seek(session, selection, model, candidate), None)
    if found is None and session.lost.cut_off:
        message = "this clone is shallow: nobody can tell whether production held this model before"
        remedy = "run `git fetch --unshallow`, or check out with `fetch-depth: 0`"
        raise CannotJudgeError(message, remedy)
    return found


def original_of(session: Session, selection: Selection, candidate: Release) -> str | None:
    """The name of a model that production holds, and the candidate keeps, with the same weights.

    Today's, or those of an older state. All of the candidate's weights are meant: a part that
    models share makes none of them a copy.
    """
    blobs = _pointers(session, candidate)
    for paths in session.lost.held() if blobs else ():
        held = [owners(paths.get(blob, ()), session.loaded.policy.models) for blob in blobs]
        for directory in sorted(set.intersection(*map(set, held))):
            layout = held[0][directory][0].layout
            if session.baseline is not None and session.layouts[layout].unit.each == "directory":
                found = _ancestor(session, session.baseline, Location(directory, layout))
                if found.name != candidate.name and not _is_gone(selection, found.name):
                    return found.name
    return None


def _ancestors(
    session: Session, selection: Selection, model: Selected, candidate: Release
) -> Iterator[Ancestor]:
    for found in _by_path(session, model):
        if found.name == model.name or _is_gone(selection, found.name):
            yield found
    yield from (found for found in _by_name(session, model) if found.name == model.name)
    blobs = _pointers(session, candidate)
    others = (
        *_approved(session, selection, model),
        *_removed_with(session, selection, blobs),
        *_by_weights(session, blobs),
        *_removed_like(session, selection, candidate),
    )
    yield from (found for found in others if _is_gone(selection, found.name))


def _is_gone(selection: Selection, name: str) -> bool:
    return not selection.names.holders(name)


def _by_path(session: Session, model: Selected) -> Iterator[Ancestor]:
    path = model.location.path
    removal = session.lost.directories.get(path) if path else None
    if removal is not None:
        snapshot = session.repository.commit(removal.commit)
        yield _ancestor(session, snapshot, Location(path, model.location.layout))


def _by_name(session: Session, model: Selected) -> Iterator[Ancestor]:
    """Removed models whose config says this name, the last one first."""
    for removal, blob in session.lost.configs:
        directory = removal.path.rpartition("/")[0]
        own = directory.rpartition("/")[2] == model.name
        # Most configs need no parsing to see that the name is not theirs.
        if own or model.name.encode(errors="backslashreplace") in blob or b"\\" in blob:
            snapshot = session.repository.commit(removal.commit)
            yield _ancestor(session, snapshot, Location(directory, model.location.layout))


def _approved(session: Session, selection: Selection, model: Selected) -> Iterator[Ancestor]:
    """Models that this change removes and that the policy lets come under this name."""
    known = {rename.model for rename in session.loaded.policy.renames if rename.to == model.name}
    yield from (found for found in _removed(session, selection) if found.name in known)


def _by_weights(session: Session, blobs: set[str]) -> Iterator[Ancestor]:
    """Removed models that held the very weights."""
    for removal in (one for blob in sorted(blobs) for one in session.lost.blobs.get(blob, ())):
        held = owners([removal.path], session.loaded.policy.models)
        for directory, (pattern, _) in held.items():
            snapshot = session.repository.commit(removal.commit)
            yield _ancestor(session, snapshot, Location(directory, pattern.layout))


def _removed_with(session: Session, selection: Selection, blobs: set[str]) -> Iterator[Ancestor]:
    """Models that this very change removes and that have the very weights."""
    for found in _removed(session, selection):
        entries = found.snapshot.files(found.location.path).values()
        if blobs.intersection(entry.oid for entry in entries if entry.oid is not None):
            yield found


def _entries(
    session: Session, selection: Selection, model: Selected, candidate: Release
) -> Iterator[Ancestor]:
    layout, place = session.layouts[model.location.layout], model.location
    given_up = place.file in session.lost.paths if layout.unit.each == "file" else True
    if session.tip is not None and given_up:
        for past in session.registry.releases(session.tip, place):
            snapshot = session.repository.commit(past.commit)
            yield Ancestor(snapshot, past.location, past.release.name)
    yield from _entries_removed(session, selection, model, candidate)


def _entries_removed(
    session: Session, selection: Selection, model: Selected, candidate: Release
) -> Iterator[Ancestor]:
    """Files or elements that this change removes and that have the very weights."""
    if session.baseline is not None:
        for location, name in selection.retired.with_weights(model.location, candidate):
            yield Ancestor(session.baseline, location, name)


def _removed_like(session: Session, selection: Selection, candidate: Release) -> Iterator[Ancestor]:
    """Models that this very change removes and whose config is much the same."""
    new = _lines(session, session.candidate, candidate.pieces["config"].path, candidate.name)
    for found in _removed(session, selection):
        for name in session.layouts[found.location.layout].files.config:
            path = join(found.location.path, name)
            old = _lines(session, found.snapshot, path, found.name)
            if old and new and len(old & new) >= ALIKE * len(old | new):
                yield found


def _removed(session: Session, selection: Selection) -> Iterator[Ancestor]:
    if session.baseline is not None:
        for name, path in sorted(selection.removed.items()):
            held = owner(path, session.loaded.policy.models)
            layout = held[1].layout if held is not None and held[0] == path else "snitch"
            yield Ancestor(session.baseline, Location(path, layout), name)


def _lines(session: Session, snapshot: Snapshot, path: str, name: str) -> set[bytes]:
    """A config's lines, but for those that say its name or version."""
    entry = snapshot.entry(path)
    if entry is None or entry.kind is not Kind.FILE:
        return set()
    blob = snapshot.read(path, session.limits.file_bytes)
    lines = {line.strip() for line in blob.splitlines()} - {b""}
    told = re.compile(rb"\b%b\b|version" % re.escape(name.encode(errors="backslashreplace")))
    return {line for line in lines if not told.search(line)}


def _pointers(session: Session, release: Release) -> set[str]:
    """The blob ids of the weights' canonical pointers."""
    algorithm = session.repository.objects.format
    return {
        object_digest("blob", Pointer(weights.sha256, weights.size).text.encode(), algorithm)
        for weights in release.weights
        if weights.sha256 and weights.size
    }


def _ancestor(session: Session, snapshot: Snapshot, location: Location) -> Ancestor:
    names = Names(snapshot, {location.path: location}, session.layouts, session.limits)
    return Ancestor(snapshot, location, names[location.path])
