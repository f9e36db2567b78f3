"""A change that does nothing but replace the base's broken files by readable ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.legible import given_twice

if TYPE_CHECKING:
    from snitch.registry.release import Release


def only_mends(candidate: Release, deployed: Release | None) -> bool:
    """Whether the change replaces nothing but the base's broken files by readable ones.

    To take a file away mends nothing, nor do numbers that are all gone.
    """
    if deployed is None or any(piece.state == "broken" for piece in candidate.pieces.values()):
        return False
    if deployed.metrics and not candidate.metrics:
        return False
    broken = {piece.path for piece in deployed.pieces.values() if piece.state == "broken"}
    broken |= {
        metric.written.source.path for metric in deployed.metrics.values() if metric.value is None
    }
    twice = given_twice(deployed)
    if twice is not None:
        broken.add(twice.place.path)
    names = {*map(deployed.inside, broken)} & candidate.digests.keys()
    changed = {
        name
        for name in {*candidate.digests, *deployed.digests}
        if candidate.digests.get(name) != deployed.digests.get(name)
    }
    return changed <= names
