"""What production's history says of a model: the states that it once held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.registry.reader import read_release
from snitch.registry.release import SHA256
from snitch.snapshots import Kind
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import parse_pointer
from snitch.snapshots.paths import join

if TYPE_CHECKING:
    from snitch.engine.selected import Selected
    from snitch.engine.session import Session
    from snitch.registry.location import Location
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


def rollback_of(
    session: Session, model: Selected, candidate: Release, deployed: Release | None
) -> str | None:
    """Find the commit at which production held the candidate's very weights, config and metrics.

    None where it never did, where the candidate is what production holds now, and where that state
    was from before anybody measured: to lose all numbers is no way back to a release.
    """
    if deployed is None or deployed is candidate or session.tip is None:
        return None
    if deployed.metrics and not candidate.metrics:
        return None
    if not _could_be_older(candidate, deployed) or model.deployed is None:
        return None
    wanted = _state(candidate)
    gone = model.source is not None
    if not wanted or (wanted == _state(deployed) and not gone):
        return None
    for snapshot, place in session.registry.stations(
        session.tip, model.deployed, deployed.name, session.limits.max_releases
    ):
        # Every file of the candidate was there; a rollback is that state with nothing left out.
        if (
            _held(snapshot, place.directory, wanted)
            and _state_at(session, snapshot, place) == wanted
        ):
            return snapshot.commit
    return None


def _state_at(session: Session, snapshot: Snapshot, location: Location) -> dict[str, str]:
    """What the model held in a snapshot; empty where it was not there."""
    layout = session.layouts[location.layout]
    place: Location | None = location
    if location.root is not None:
        place = session.registry.place_inside(snapshot, location)
    if place is None:
        return {}
    return _state(read_release(snapshot, place, layout, session.limits, bare=True))


def _could_be_older(candidate: Release, deployed: Release) -> bool:
    """A release that moves its version forward is no rollback: history need not be read."""
    from packaging.version import InvalidVersion  # noqa: PLC0415 - only for changed models
    from packaging.version import Version  # noqa: PLC0415 - only for changed models

    new, old = candidate.metadata.version, deployed.metadata.version
    if new is None or old is None:
        return True
    try:
        return Version(new) <= Version(old)
    except (InvalidVersion, ValueError):
        return True


def _state(release: Release) -> dict[str, str]:
    """What weights, config and metrics hold, by path inside the model."""
    paths = [
        release.pieces[piece].path
        for piece in ("config", "metrics")
        if release.pieces[piece].state == "present"
    ]
    paths += [weights.path for weights in release.weights]
    paths += release.documents
    names = map(release.inside, paths)
    return {name: release.digests[name] for name in names if name in release.digests}


def _held(snapshot: Snapshot, directory: str, wanted: dict[str, str]) -> bool:
    for name, digest in wanted.items():
        path = join(directory, name)
        entry = snapshot.entry(path)
        if entry is None or entry.kind is not Kind.FILE:
            return False
        if entry.oid != digest and not (
            digest.startswith(SHA256) and _weights_digest(snapshot, path) == digest
        ):
            return False
    return True


def _weights_digest(snapshot: Snapshot, path: str) -> str | None:
    pointer = parse_pointer(snapshot.read(path, Pointer.LIMIT))
    return f"{SHA256}{pointer.oid}" if isinstance(pointer, Pointer) else None
