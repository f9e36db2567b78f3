"""Which models a set of changed paths touches, where a file may hold many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.registry.discovery import locate
from snitch.registry.discovery import owner
from snitch.registry.keypath import at_route
from snitch.registry.parsed import document_at
from snitch.registry.reader import open_reading
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Data
    from snitch.documents import Limits
    from snitch.registry.discovery import Pattern
    from snitch.registry.layout import Layout
    from snitch.registry.location import Location
    from snitch.snapshots import ChangedPaths
    from snitch.snapshots import Snapshot


def touched_models(  # noqa: PLR0913, PLR0917 - two trees, and how to read them
    old: Snapshot,
    new: Snapshot,
    paths: ChangedPaths,
    patterns: Sequence[Pattern],
    layouts: Mapping[str, Layout],
    limits: Limits,
) -> set[str]:
    """The addresses of models that differ between two trees.

    A directory is touched by any path in it; an element of a file only where it differs itself.

    `paths` are those at which they differ.
    """
    inside = [pattern for pattern in patterns if _is_inside(pattern, layouts)]
    if not inside:
        return _owning(paths, patterns)
    directories = [pattern for pattern in patterns if pattern not in inside]
    found = _owning(paths, directories) if directories else set()
    if not paths:
        return found
    was, now = (_Tree(tree, inside, layouts, limits) for tree in (old, new))
    changed = set(paths)
    gone = {path for path in changed if new.entry(path) is None}
    for address in was.places.keys() | now.places.keys():
        one, two = was.places.get(address), now.places.get(address)
        if (
            one is None
            or two is None
            or one.file != two.file
            or (one.file in changed and was.said_of(one) != now.said_of(two))
            or changed & now.files_of(two) - {two.file}
            or (gone and gone & was.files_of(one))
        ):
            found.add(address)
    return found


def _owning(paths: ChangedPaths, patterns: Sequence[Pattern]) -> set[str]:
    """The directories that a pattern takes around some of the paths."""
    owners = (owner(directory, patterns) for directory in paths.directories)
    return {held[0] for held in owners if held is not None}


def _is_inside(pattern: Pattern, layouts: Mapping[str, Layout]) -> bool:
    return layouts[pattern.layout].unit.each != "directory"


class _Tree:
    """The models of one tree that are no directories, and what their files say of each.

    Every file is read once.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        patterns: Sequence[Pattern],
        layouts: Mapping[str, Layout],
        limits: Limits,
    ) -> None:
        self.places = {one.path: one for one in locate(snapshot, patterns, layouts, limits)}
        self._snapshot = snapshot
        self._layouts = layouts
        self._limits = limits
        self._data: dict[str, Data] = {}

    def files_of(self, location: Location) -> frozenset[str | None]:
        """A model's files."""
        return files_of(self._snapshot, location, self._layouts[location.layout], self._limits)

    def said_of(self, location: Location) -> Data | bytes:
        """What a model's file says of it."""
        path = location.file or ""
        if not location.route:
            return self._snapshot.read(path, self._limits.file_bytes)
        if path not in self._data:
            self._data[path] = document_at(self._snapshot, path, self._limits).data
        return at_route(self._data[path], location.route)


def files_of(
    snapshot: Snapshot, location: Location, layout: Layout, limits: Limits
) -> frozenset[str | None]:
    """The files of a model that is no directory."""
    if not layout.names_of_files:
        return frozenset({location.file})
    return frozenset(open_reading(snapshot, location, layout, limits).files)


def taken(
    snapshot: Snapshot,
    locations: Iterable[Location],
    layouts: Mapping[str, Layout],
    limits: Limits,
) -> set[str]:
    """Every file that a model which is no directory holds."""
    found: set[str] = set()
    for location in locations:
        if location.root is not None:
            files = files_of(snapshot, location, layouts[location.layout], limits)
            found.update(path for path in files if path is not None)
    return found


def unreadable_files(
    snapshot: Snapshot,
    locations: Iterable[Location],
    layouts: Mapping[str, Layout],
    limits: Limits,
) -> set[str]:
    """Files that should hold models and cannot be read."""
    return {
        location.file
        for location in locations
        if location.file is not None
        and location.path == location.file
        and layouts[location.layout].unit.each == "element"
        and _is_broken(snapshot, location.file, limits)
    }


def _is_broken(snapshot: Snapshot, path: str, limits: Limits) -> bool:
    entry = snapshot.entry(path)
    return (
        entry is None or entry.kind is not Kind.FILE or document_at(snapshot, path, limits).broken
    )
