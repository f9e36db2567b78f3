"""Requirement files that models include: their change is one of what the models install."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.documents import is_dependency_file
from snitch.documents import may_be_included
from snitch.documents import read_dependencies
from snitch.registry.files import resolve
from snitch.rounds import rounds
from snitch.snapshots import Kind
from snitch.snapshots import load_trees
from snitch.snapshots.paths import join

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.registry.location import Location
    from snitch.snapshots import Snapshot

AT_ONCE = 128
"""Directories whose trees are read in one go."""

_MAY_INCLUDE = re.compile(rb"""(?<![\w.])-[\\'"\s]*[rc]|dynamic|\\[uUx]""")
"""`-r` and `-c` however they are quoted, and what setuptools takes from files."""


def installing_from(
    changed: Collection[str],
    places: Iterable[Location],
    layouts: Mapping[str, Layout],
    snapshot: Snapshot,
    limits: Limits,
) -> list[Location]:
    """The models that install what changed files say, of those whose own files are as they were."""
    if not any(may_be_included(path.rpartition("/")[2]) for path in changed):
        return []
    found: list[Location] = []
    for some in rounds(list(places), AT_ONCE):
        load_trees(snapshot, (place.path for place in some if place.root is None))
        lists = [(it, path) for it in some for path in _lists(it, layouts[it.layout], snapshot)]
        blobs = snapshot.read_many((path for _, path in lists), limits.dependency_bytes)
        including = {
            place.path
            for (place, path), blob in zip(lists, blobs, strict=True)
            if _MAY_INCLUDE.search(blob) and not _read(path, snapshot, limits).isdisjoint(changed)
        }
        found += [place for place in some if place.path in including]
    return found


def _lists(place: Location, layout: Layout, snapshot: Snapshot) -> Iterator[str]:
    """A model's dependency files."""
    names = layout.files.dependencies
    if names and layout.plain and not any("/" in name for name in names):
        for name, entry in snapshot.children(place.path).items():
            if entry.kind is Kind.FILE and (name in names or is_dependency_file(name)):
                yield join(place.path, name)
        return
    for name in names:
        found = resolve(snapshot, place.directory, name, place.known())
        yield from (path for path, entry in found.items() if entry.kind is Kind.FILE)


def _read(path: str, snapshot: Snapshot, limits: Limits) -> set[str]:
    """A dependency file and all that it includes, also what is not there."""
    asked: set[str] = set()

    def read(path: str) -> bytes | None:
        asked.add(path)
        try:
            return snapshot.read(path, limits.dependency_bytes)
        except FileNotFoundError:
            return None

    read_dependencies(path, read, limits)
    return asked
