"""Requirement files outside of models: their change is one of what models install."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents import is_dependency_file
from snitch.snapshots import Kind
from snitch.snapshots.paths import join

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from snitch.documents import Limits
    from snitch.registry.location import Location
    from snitch.snapshots import Snapshot

INCLUDED = (".txt", ".in", ".pip", ".req")
"""How the names end of files that are requirements only because others include them."""


def installing_from(
    outside: Collection[str],
    places: Iterable[Location],
    snapshot: Snapshot,
    limits: Limits,
) -> list[Location]:
    """The models that a change of files outside of them may concern: those that include some.

    Args:
        outside: The files.
        places: The models.
        snapshot: Where they stand.
        limits: Hard limits.
    """
    names = [path.rpartition("/")[2] for path in outside]
    if any(name.endswith(INCLUDED) or is_dependency_file(name) for name in names):
        return _reaching_out(places, snapshot, limits)
    return []


def _reaching_out(places: Iterable[Location], snapshot: Snapshot, limits: Limits) -> list[Location]:
    """Those whose dependency files name a path outside of their directory."""
    asked = [
        (place, join(place.path, name))
        for place in places
        if place.root is None
        for name, entry in snapshot.children(place.path).items()
        if entry.kind is Kind.FILE and is_dependency_file(name)
    ]
    blobs = snapshot.read_many((path for _, path in asked), limits.lock_bytes)
    found = {
        place.path: place for (place, _), blob in zip(asked, blobs, strict=True) if b".." in blob
    }
    return list(found.values())
