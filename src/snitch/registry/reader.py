"""Reads one release from a snapshot, through a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents import is_dependency_file
from snitch.documents import read_changelog
from snitch.documents import read_dependencies
from snitch.registry.ambiguity import weighed
from snitch.registry.beyond import Beyond
from snitch.registry.beyond import beyond
from snitch.registry.code import imported
from snitch.registry.fields import TAG
from snitch.registry.fields import extract
from snitch.registry.fields import interpret
from snitch.registry.metrics import measure
from snitch.registry.metrics import read_incumbent
from snitch.registry.paths import path_faults
from snitch.registry.reading import Reading
from snitch.registry.release import Piece
from snitch.registry.release import Release
from snitch.registry.weights import find_weights
from snitch.registry.weights import weights_piece
from snitch.snapshots import Kind
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Changelog
    from snitch.documents import DependencyFile
    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.registry.location import Location
    from snitch.registry.release import Weights
    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot

ROOT_NAME = "model"
"""What a model at the repository's root is called where nothing names it."""


def read_release(  # noqa: PLR0913 - each names another thing
    snapshot: Snapshot,
    location: Location,
    layout: Layout,
    limits: Limits,
    *,
    others: Collection[str] = (),
    code: bool = False,
    bare: bool = False,
    keep: Collection[str] = (),
) -> Release:
    """A model's release as a snapshot holds it; whatever is wrong with files is a fault of it.

    Args:
        snapshot: Where to read.
        location: The model's place and layout name.
        layout: The layout itself.
        limits: Hard limits on every file.
        others: Directories of other models inside this one's, whose files are not its own.
        code: Whether to look at the Python code's imports.
        bare: Leave out changelog, dependencies, drifted inputs and what is wrong with paths: of
            the past only states and metrics are asked.
        keep: Changelog versions to read however old they are.
    """
    reading = open_reading(snapshot, location, layout, limits, others)
    return _release(reading, code=code, bare=bare, keep=keep)


def _release(reading: Reading, *, code: bool, bare: bool, keep: Collection[str]) -> Release:
    layout, location = reading.layout, reading.location
    fields = extract(layout, reading.scopes, reading.captures)
    metadata, faults = interpret(fields, free=layout.names == "free")
    reading.captures["version"] = metadata.version or reading.captures.get("version", "")
    numbers = measure(fields.get("metrics"), fields.get("slices"))
    changelog = None if bare else _changelog(reading, keep)
    dependencies = _dependencies(reading, () if bare else layout.files.dependencies)
    weights = find_weights(reading, metadata.weights.path)
    name = metadata.name or location.name or reading.captures["folder"] or ROOT_NAME
    found = beyond(reading, numbers, weights, bare=bare) if layout.beyond else Beyond(weights)
    reading.pieces["weights"] = weights_piece(
        reading, metadata.weights.path, found=bool(found.weights)
    )
    incumbent = read_incumbent(fields.get("incumbent"), numbers.faults)
    every_fault = [
        *reading.own_faults(),
        *(changelog.faults if changelog is not None else ()),
        *(fault for file in dependencies for fault in file.faults),
        *reading.faults,
        *faults,
        *numbers.faults,
        *(() if bare else path_faults(reading, fields)),
    ]
    return Release(
        name=name,
        path=location.directory,
        layout=location.layout,
        metadata=metadata,
        fields=fields,
        pieces=reading.pieces,
        metrics=numbers.metrics,
        worded=numbers.worded,
        versions=numbers.versions,
        slice_sizes=numbers.slice_sizes,
        incumbent=incumbent,
        items=fields.get("items"),
        changelog=changelog,
        dependencies=(*dependencies, *found.dependencies),
        weights=found.weights,
        imports=imported(reading) if code and location.root is None else (),
        documents=reading.documents,
        faults=tuple(weighed(every_fault, fields, numbers.metrics)),
        digests=_digests(reading, weights),
        not_applicable=_not_applicable(reading),
        expected=layout.fields,
        version_scheme=layout.version_scheme,
        severities=layout.severities,
        standards=layout.standards,
        drifted=found.drifted,
        essences=found.essences,
        address=location.path,
        routes={location.file: location.route} if location.file else {},
    )


def open_reading(
    snapshot: Snapshot,
    location: Location,
    layout: Layout,
    limits: Limits,
    others: Collection[str] = (),
) -> Reading:
    """A reading with the model's files and its structured pieces."""
    reading = Reading(snapshot, location, layout, limits, {}, captures=location.known())
    if layout.tagged:
        reading.captures[TAG] = " ".join(getattr(snapshot, "tags", ()))
    if location.root is None:
        reading.files = _own_files(snapshot, location.path, others)
    else:
        reading.files = _named_files(reading)
    if location.file is not None and not layout.files.config:
        reading.own(location.file)
    else:
        reading.structured("config", layout.files.config)
    reading.structured("metrics", layout.files.metrics)
    for piece, other in layout.files.others.items():
        reading.structured(piece, other)
    return reading


def _not_applicable(reading: Reading) -> frozenset[str]:
    """Fields that the family does not keep, or keeps in a piece that it may lack."""
    known = reading.layout.not_applicable
    optional = reading.layout.optional
    lacking = {piece for piece in optional if reading.state(piece) == "not-applicable"}
    if reading.layout.tagged:
        lacking.add(TAG)
    if not lacking:
        return known
    fields = reading.layout.fields.items()
    return known | {name for name, source in fields if source.piece in lacking}


def _named_files(reading: Reading) -> Mapping[str, Entry]:
    """The files of a model that is no directory: its own, and those that the layout names."""
    layout, location = reading.layout, reading.location
    paths = dict.fromkeys(reading.present(layout.names_of_files))
    if location.file is not None:
        paths[location.file] = None
    found = {path: reading.snapshot.entry(path) for path in paths}
    return {path: entry for path, entry in sorted(found.items()) if entry is not None}


def _own_files(snapshot: Snapshot, directory: str, others: Collection[str]) -> Mapping[str, Entry]:
    files = snapshot.files(directory)
    prefixes = tuple(f"{other}/" for other in others)
    if not prefixes:
        return files
    return {path: entry for path, entry in files.items() if not path.startswith(prefixes)}


def _changelog(reading: Reading, keep: Collection[str]) -> Changelog | None:
    source = reading.layout.changelog
    if source is not None:
        from snitch.registry.beyond import changelog_within  # noqa: PLC0415 - of few layouts

        return changelog_within(reading, source, keep)
    path = reading.choose("changelog", reading.layout.files.changelog)
    if path is None:
        return None
    blob = reading.snapshot.read(path, reading.limits.file_bytes)
    changelog = read_changelog(path, blob, reading.limits, keep=frozenset(keep))
    if changelog.broken:
        reading.pieces["changelog"] = Piece("broken", path)
    return changelog


def _dependencies(reading: Reading, names: Sequence[str]) -> tuple[DependencyFile, ...]:
    if not names:
        reading.pieces["dependencies"] = Piece("not-applicable", reading.directory)
        return ()

    def read(path: str) -> bytes | None:
        entry = reading.snapshot.entry(path)
        if entry is None or entry.kind is not Kind.FILE:
            return None
        return reading.snapshot.read(path, reading.limits.dependency_bytes)

    files = [read_dependencies(path, read, reading.limits) for path in _requirement_files(reading)]
    found = [file for file in files if not file.silent]
    state = "missing" if not found else "present"
    if not found and "dependencies" in reading.layout.optional:
        state = "not-applicable"
    if found and all(file.broken for file in found):
        state = "broken"
    path = found[0].path if found else reading.path(names[0])
    reading.pieces["dependencies"] = Piece(state, path)
    return tuple(found)


def _requirement_files(reading: Reading) -> list[str]:
    names = reading.layout.files.dependencies
    if not reading.plain or any("/" in name for name in names):
        return reading.regular(names)
    wanted = set(names)
    found = []
    for path, entry in reading.files.items():
        folder, _, name = path.rpartition("/")
        if folder != reading.directory or entry.kind is not Kind.FILE:
            continue
        if name in wanted or (name.startswith("requirements") and is_dependency_file(name)):
            found.append(path)
    return found


def _digests(reading: Reading, weights: tuple[Weights, ...]) -> dict[str, str]:
    """Blob ids, but of weights the content's digest.

    Content that Git LFS has put in its pointer's place is the same weights.
    """
    known = {one.path: one.digest for one in weights if one.digest is not None}
    skip = len(prefix(reading.directory))
    return {
        path[skip:]: known.get(path) or entry.oid or _stored(reading.snapshot, path)
        for path, entry in reading.files.items()
        if entry.kind is Kind.FILE
    }


def _stored(snapshot: Snapshot, path: str) -> str:
    from snitch.snapshots.worktree import WorktreeSnapshot  # noqa: PLC0415 - Git knows other ids

    match snapshot:
        case WorktreeSnapshot():
            return snapshot.stored(path)
        case _:
            return snapshot.digest(path)
