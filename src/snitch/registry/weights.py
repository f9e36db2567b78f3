"""A model's weights as Git holds them: pointers and digests, never the bytes themselves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.registry.globs import matches
from snitch.registry.release import Weights
from snitch.snapshots import Kind
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import PointerFault
from snitch.snapshots.lfs import parse_pointer
from snitch.snapshots.paths import join
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


def find_weights(
    snapshot: Snapshot,
    directory: str,
    files: Mapping[str, Entry],
    paths: Iterable[str],
    main: str | None,
) -> tuple[Weights, ...]:
    """Every weights file of a model.

    Args:
        snapshot: Where to read.
        directory: The model's.
        files: What stands in it.
        paths: The files that the layout's patterns take.
        main: The one that the config names, relative to the model; it comes first.
    """
    if main is not None:
        named = join(directory, main)
        paths = [named, *(path for path in paths if path != named)]
    return tuple(_weights(snapshot, path, files) for path in paths)


def by_patterns(directory: str, files: Mapping[str, Entry], patterns: tuple[str, ...]) -> list[str]:
    """The files of a model's directory that are weights."""
    skip = len(prefix(directory))
    return [
        path
        for path, entry in files.items()
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
