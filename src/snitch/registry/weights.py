"""A model's weights as Git holds them: pointers and digests, never the bytes themselves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.registry.globs import matches
from snitch.registry.keypath import fill
from snitch.registry.release import Piece
from snitch.registry.release import Weights
from snitch.snapshots import Kind
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import PointerFault
from snitch.snapshots.lfs import parse_pointer
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.registry.reading import Reading
    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


def find_weights(reading: Reading, main: str | None) -> tuple[Weights, ...]:
    """Every weights file of a model.

    `main` is the file that the config names, relative to the model; it comes first.
    """
    paths = _taken(reading)
    if main is not None:
        named = reading.path(main)
        paths = [named, *(path for path in paths if path != named)]
    return tuple(_weights(reading.snapshot, path, reading.files) for path in paths)


def weights_piece(reading: Reading, main: str | None, *, found: bool) -> Piece:
    """Where a model's weights are, or should be.

    `main` is the file that the config names; some are `found`, in files or by pointers.
    """
    patterns = reading.layout.files.weights
    known = bool(patterns or reading.layout.pointers)
    if not known or (not found and "weights" in reading.layout.optional):
        return Piece("not-applicable", reading.directory)
    default = patterns[0].partition("*")[0] if patterns else ""
    if patterns and "{" in patterns[0]:
        default = fill(patterns[0], reading.captures)
    path = reading.path(main or default) if patterns else _pointing(reading)
    return Piece("present" if found else "missing", path)


def _pointing(reading: Reading) -> str:
    """The file in which the weights' digest is expected."""
    for source in reading.layout.pointers:
        piece = reading.pieces.get(source.piece)
        if piece is not None and not source.files:
            return piece.path
    return reading.directory


def _taken(reading: Reading) -> list[str]:
    """The files that the layout's patterns take."""
    patterns = reading.layout.files.weights
    if reading.location.root is not None:
        return reading.regular(patterns)
    skip = len(prefix(reading.directory))
    return [
        path
        for path, entry in reading.files.items()
        if entry.kind is Kind.FILE and _is_weights(path[skip:], patterns)
    ]


@lru_cache(maxsize=1024)
def _is_weights(name: str, patterns: tuple[str, ...]) -> bool:
    """By a path inside a model, which thousands of models share."""
    hidden = name.rpartition("/")[2].startswith(".")
    return not hidden and any(matches(name, pattern) for pattern in patterns)


def _weights(snapshot: Snapshot, path: str, files: Mapping[str, Entry]) -> Weights:
    entry = files.get(path)
    if entry is None or entry.kind is not Kind.FILE:
        return Weights(path, "missing", None)
    blob = snapshot.read(path, Pointer.LIMIT)
    if not blob:
        return Weights(path, "empty", None, 0)
    match parse_pointer(blob):
        case None:
            return _content(snapshot, path)
        case PointerFault(reason=reason):
            return Weights(path, "malformed", None, detail=reason)
        case pointer:
            state = "pointer" if pointer.size else "empty"
            return Weights(path, state, f"sha256:{pointer.oid}", pointer.size)


def _content(snapshot: Snapshot, path: str) -> Weights:
    """Bytes that are no pointer: in a working tree, what git-lfs has put in a pointer's place."""
    smudged = snapshot.smudged(path)
    if smudged is None:
        return Weights(path, "content", None)
    return Weights(path, "smudged", f"sha256:{smudged.oid}", smudged.size)
