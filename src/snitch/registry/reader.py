"""Reads one release from a snapshot, through a layout."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from snitch.documents import is_dependency_file
from snitch.documents import read_changelog
from snitch.documents import read_dependencies
from snitch.documents import read_document
from snitch.findings import Fault
from snitch.findings import Place
from snitch.registry.fields import extract
from snitch.registry.fields import interpret
from snitch.registry.imports import NOTEBOOK
from snitch.registry.imports import scan
from snitch.registry.metrics import measure
from snitch.registry.metrics import read_incumbent
from snitch.registry.notebooks import MAX_KIB
from snitch.registry.notebooks import MAX_NOTEBOOKS
from snitch.registry.paths import path_faults
from snitch.registry.release import Piece
from snitch.registry.release import Release
from snitch.registry.weights import find_weights
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from snitch.documents import Changelog
    from snitch.documents import DependencyFile
    from snitch.documents import Document
    from snitch.documents import Limits
    from snitch.documents import Located
    from snitch.registry.discovery import Location
    from snitch.registry.layout import Layout
    from snitch.registry.release import Weights
    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


@dataclass
class _Reading:
    """The state of one reading."""

    snapshot: Snapshot
    directory: str
    layout: Layout
    limits: Limits
    files: Mapping[str, Entry]
    pieces: dict[str, Piece] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def path(self, name: str) -> str:
        return f"{self.directory}/{name}".lstrip("/")


def read_release(  # noqa: PLR0913 - each names another thing
    snapshot: Snapshot,
    location: Location,
    layout: Layout,
    limits: Limits,
    *,
    others: Collection[str] = (),
    code: bool = True,
    keep: Collection[str] = (),
) -> Release:
    """A model's release as a snapshot holds it; whatever is wrong with files is a fault of it.

    Args:
        snapshot: Where to read.
        location: The model's directory and layout name.
        layout: The layout itself.
        limits: Hard limits on every file.
        others: Directories of other models inside this one's, whose files are not its own.
        code: Whether to look at the Python code's imports.
        keep: Changelog versions to read however old they are.
    """
    reading = _Reading(
        snapshot, location.path, layout, limits, _own_files(snapshot, location.path, others)
    )
    documents = {piece: _structured(reading, piece) for piece in ("config", "metrics")}
    found = {piece: document for piece, document in documents.items() if document is not None}
    fields = extract(layout, found)
    metadata, faults = interpret(fields)
    numbers = measure(fields.get("metrics"), fields.get("slices"))
    changelog = _changelog(reading, keep)
    dependencies = _dependencies(reading)
    weights = find_weights(snapshot, location.path, reading.files, layout, metadata.weights.path)
    _weights_piece(reading, bool(weights), metadata.weights.path)
    incumbent = read_incumbent(fields.get("incumbent"), numbers.faults)
    every_fault = [
        *(fault for document in found.values() for fault in document.faults),
        *(changelog.faults if changelog is not None else ()),
        *(fault for file in dependencies for fault in file.faults),
        *reading.faults,
        *faults,
        *numbers.faults,
        *path_faults(location.path, reading.files, fields),
    ]
    return Release(
        name=metadata.name or location.path.rpartition("/")[2],
        path=location.path,
        layout=location.layout,
        metadata=metadata,
        fields=fields,
        pieces=reading.pieces,
        metrics=numbers.metrics,
        slice_sizes=numbers.slice_sizes,
        incumbent=incumbent,
        items=fields.get("items"),
        changelog=changelog,
        dependencies=dependencies,
        weights=weights,
        imports=_imports(reading) if code else (),
        documents={document.path: document for document in found.values()},
        faults=tuple(every_fault),
        digests=_digests(reading, weights),
        not_applicable=frozenset(),
    )


def _own_files(snapshot: Snapshot, directory: str, others: Collection[str]) -> Mapping[str, Entry]:
    files = snapshot.files(directory)
    prefixes = tuple(f"{other}/" for other in others)
    if not prefixes:
        return files
    return {path: entry for path, entry in files.items() if not path.startswith(prefixes)}


def _choose(reading: _Reading, piece: str) -> str | None:
    """The file of a piece that may have one only; two are SNT007."""
    names: tuple[str, ...] = getattr(reading.layout.files, piece)
    if not names:
        reading.pieces[piece] = Piece("not-applicable", reading.directory)
        return None
    present = [reading.path(name) for name in names if reading.path(name) in reading.files]
    if len(present) > 1:
        reading.faults.append(
            Fault(
                "SNT007",
                Place(present[1]),
                f"`{present[0]}` and `{present[1]}` could both be the model's {piece}; "
                "expected one file",
                f"remove one of the two, for instance `git rm {present[1]}`",
            )
        )
    if not present:
        reading.pieces[piece] = Piece("missing", reading.path(names[0]))
        return None
    path = present[0]
    regular = reading.files[path].kind is Kind.FILE
    # What is no regular file is SNT005's to tell.
    reading.pieces[piece] = Piece("present" if regular else "broken", path)
    return path if regular else None


def _structured(reading: _Reading, piece: str) -> Document | None:
    path = _choose(reading, piece)
    if path is None:
        return None
    blob = reading.snapshot.read(path, reading.limits.max_file_kib * 1024)
    document = read_document(path, blob, reading.limits, aliases=piece == "config")
    if not document.broken and not isinstance(document.data, dict):
        reading.faults.append(
            Fault(
                "SNT004",
                Place(path, 1, 1),
                f"the {piece} file is {_shape(document)}, expected a mapping of fields",
                f"write the {piece} as `key: value` fields",
            )
        )
    if document.broken or not isinstance(document.data, dict):
        reading.pieces[piece] = Piece("broken", path)
    return document


def _shape(document: Document) -> str:
    if document.data is None:
        return "empty"
    return "a list" if isinstance(document.data, list) else "a single value"


def _changelog(reading: _Reading, keep: Collection[str]) -> Changelog | None:
    path = _choose(reading, "changelog")
    if path is None:
        return None
    blob = reading.snapshot.read(path, reading.limits.max_file_kib * 1024)
    changelog = read_changelog(path, blob, reading.limits, keep=frozenset(keep))
    if changelog.broken:
        reading.pieces["changelog"] = Piece("broken", path)
    return changelog


def _dependencies(reading: _Reading) -> tuple[DependencyFile, ...]:
    names = reading.layout.files.dependencies
    if not names:
        reading.pieces["dependencies"] = Piece("not-applicable", reading.directory)
        return ()
    wanted = set(names)

    def read(path: str) -> bytes | None:
        entry = reading.snapshot.entry(path)
        if entry is None or entry.kind is not Kind.FILE:
            return None
        return reading.snapshot.read(path, reading.limits.max_lock_kib * 1024)

    found = []
    for path, entry in reading.files.items():
        folder, _, name = path.rpartition("/")
        if folder != reading.directory or entry.kind is not Kind.FILE:
            continue
        if name in wanted or (name.startswith("requirements") and is_dependency_file(name)):
            found.append(read_dependencies(path, read, reading.limits))
    state = "missing" if not found else "present"
    if found and all(file.broken for file in found):
        state = "broken"
    path = found[0].path if found else reading.path(names[0])
    reading.pieces["dependencies"] = Piece(state, path)
    return tuple(found)


def _weights_piece(reading: _Reading, found: bool, named: str | None) -> None:  # noqa: FBT001
    patterns = reading.layout.files.weights
    if not patterns:
        reading.pieces["weights"] = Piece("not-applicable", reading.directory)
        return
    path = reading.path(named or patterns[0].partition("*")[0])
    reading.pieces["weights"] = Piece("present" if found else "missing", path)


def _imports(reading: _Reading) -> tuple[Located[str], ...]:
    paths = [
        path
        for path, entry in reading.files.items()
        if path.endswith(".py") and entry.kind is Kind.FILE
    ][: reading.limits.max_files]
    limit = reading.limits.max_file_kib * 1024
    sources = dict(zip(paths, reading.snapshot.read_many(paths, limit), strict=True))
    sources |= _notebooks(reading)
    local = {path.removesuffix(".py").rpartition("/")[2] for path in paths}
    local.update(part for path in paths for part in path.split("/")[:-1])
    local.update(name.removesuffix(".py") for name in reading.snapshot.children(""))
    return scan(sources, local)


def _notebooks(reading: _Reading) -> dict[str, bytes]:
    paths = [
        path
        for path, entry in reading.files.items()
        if path.endswith(NOTEBOOK) and entry.kind is Kind.FILE
    ][:MAX_NOTEBOOKS]
    return dict(zip(paths, reading.snapshot.read_many(paths, MAX_KIB * 1024), strict=True))


def _digests(reading: _Reading, weights: tuple[Weights, ...]) -> dict[str, str]:
    """Blob ids, but of weights the content's digest.

    Content that Git LFS has put in its pointer's place is the same weights.
    """
    known = {one.path: one.digest for one in weights if one.digest is not None}
    skip = len(reading.directory) + 1 if reading.directory else 0
    return {
        path[skip:]: known.get(path) or entry.oid or reading.snapshot.digest(path)
        for path, entry in reading.files.items()
        if entry.kind is Kind.FILE
    }
