"""Models that are files, or entries and rows of files: found by a layout's `unit`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from snitch.registry.globs import WILD
from snitch.registry.globs import matches
from snitch.registry.keypath import fill
from snitch.registry.keypath import walk
from snitch.registry.location import Location
from snitch.registry.parsed import document_at
from snitch.registry.patterns import groups_of
from snitch.snapshots import Kind
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


def units(
    snapshot: Snapshot, root: str, layout: Layout, name: str, limits: Limits
) -> Iterator[Location]:
    """Every model of the layout `name` below the directory `root`."""
    found = list(_files(snapshot, root, layout, name))
    if layout.unit.newest:
        found = _newest(found)
    if layout.unit.each == "file":
        yield from found
        return
    for location in found:
        yield from _elements(snapshot, location, layout, limits)


def units_beside(
    snapshot: Snapshot, like: Location, layout: Layout, limits: Limits
) -> dict[str, Location]:
    """The models of a snapshot, by address, among which this one is if it is there at all.

    Those of its own file, unless the layout takes the newest of several files.
    """
    root = like.directory
    if layout.unit.newest and layout.unit.each == "file":
        files = _files(snapshot, root, layout, like.layout)
        return {one.path: one for one in _newest([it for it in files if it.path == like.path])}
    if layout.unit.newest or like.file is None:
        found = units(snapshot, root, layout, like.layout, limits)
        return {one.path: one for one in found}
    entry = snapshot.entry(like.file)
    file = None if entry is None else _file(like.file, entry, root, layout, like.layout)
    if file is None:
        return {}
    if layout.unit.each == "file":
        return {file.path: file}
    return {one.path: one for one in _elements(snapshot, file, layout, limits)}


def superseded(
    snapshot: Snapshot, root: str, layout: Layout, name: str
) -> Iterator[tuple[Location, Location]]:
    """Every file of an older version below `root`, and the newest, which stands for the model."""
    from snitch.registry.version_order import key_of  # noqa: PLC0415 - only where it is asked for

    found = list(_files(snapshot, root, layout, name))
    newest = {one.path: one for one in _newest(found)}
    for one in found:
        model = newest[one.path]
        if key_of(one.kept("version")) < key_of(model.kept("version")):
            yield one, model


def _files(snapshot: Snapshot, root: str, layout: Layout, name: str) -> Iterator[Location]:
    for path, entry in candidates(snapshot, root, layout.unit.files):
        location = _file(path, entry, root, layout, name)
        if location is not None:
            yield location


def _file(path: str, entry: Entry, root: str, layout: Layout, name: str) -> Location | None:
    """The place of a file that is a model, or that holds some."""
    unit = layout.unit
    below = path[len(prefix(root)) :]
    if entry.kind is not Kind.FILE or not any(matches(below, glob) for glob in unit.files):
        return None
    kept: dict[str, str] | None = {}
    if unit.pattern:
        kept = groups_of(unit.pattern, below)
    if kept is None:
        return None
    folder, _, leaf = path.rpartition("/")
    stem = posixpath.splitext(leaf)[0]
    kept = {"folder": folder.rpartition("/")[2], "stem": stem, **kept}
    called = fill(unit.name, kept) if unit.name and unit.each == "file" else kept.get("name")
    called = called or stem
    kept["name"] = called
    # What is called after a directory above those of its versions is at that one in all of them.
    above = root if below.startswith(f"{called}/") else folder
    address = posixpath.join(above, called) if unit.newest else path
    return Location(address, name, root, path, called, (), tuple(kept.items()))


def candidates(
    snapshot: Snapshot, root: str, globs: tuple[str, ...]
) -> Iterator[tuple[str, Entry]]:
    """Files that any of the globs below `root` could take: no directory more than they name."""
    seen: set[str] = set()
    for glob in globs:
        fixed = []
        parts = glob.split("/")
        for part in parts[:-1]:
            if not WILD.isdisjoint(part):
                break
            fixed.append(part)
        base = posixpath.normpath(posixpath.join(root, *fixed)) if fixed else root
        base = "" if base == "." else base
        rest = parts[len(fixed) :]
        if base.startswith(".."):
            continue
        if len(rest) == 1 and rest[0] != "**":
            found: Mapping[str, Entry] = {
                posixpath.join(base, leaf): entry for leaf, entry in snapshot.children(base).items()
            }
        else:
            found = snapshot.files(base)
        for path, entry in found.items():
            if path not in seen:
                seen.add(path)
                yield path, entry


def _newest(found: list[Location]) -> list[Location]:
    from snitch.registry.version_order import key_of  # noqa: PLC0415 - only where it is asked for

    best: dict[str, Location] = {}
    for location in found:
        other = best.get(location.path)
        if other is None or key_of(location.kept("version")) > key_of(other.kept("version")):
            best[location.path] = location
    return list(best.values())


def _elements(
    snapshot: Snapshot, file: Location, layout: Layout, limits: Limits
) -> Iterator[Location]:
    """The models of one file; a file that cannot be read is one nameless model."""
    document = document_at(snapshot, file.file or "", limits)
    if document.broken or document.data is None:
        yield file
        return
    seen: dict[str, int] = {}
    for path in layout.unit.at:
        for match in walk(document.data, path, captures=dict(file.captures)):
            key = _name(layout, match.captures, file)
            seen[key] = seen.get(key, 0) + 1
            address = f"{file.path}#{key}" + (f" ({seen[key]})" if seen[key] > 1 else "")
            kept = {**match.captures, "name": key}
            yield Location(
                address, file.layout, file.root, file.file, key, match.route, tuple(kept.items())
            )
        if seen:
            return


def _name(layout: Layout, captures: Mapping[str, str], file: Location) -> str:
    if layout.unit.name:
        return fill(layout.unit.name, captures).strip("/") or file.name or ""
    known = dict(file.captures)
    own = [text for name, text in captures.items() if known.get(name) != text and text]
    return "/".join(own) or file.name or ""
