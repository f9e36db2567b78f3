"""Whose a path is, and which models share a name or stand inside of one another."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.snapshots.paths import join
from snitch.snapshots.paths import parents

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.engine.selected import Selected
    from snitch.registry.location import Location
    from snitch.snapshots import ChangedPaths


class Directories:
    """The models of some trees that are whole directories, asked for one by one."""

    def __init__(self, *trees: Mapping[str, Location]) -> None:
        self._trees = trees

    def __contains__(self, path: object) -> bool:
        found = (tree.get(path) for tree in self._trees if isinstance(path, str))
        return any(one is not None and one.root is None for one in found)


def holders(paths: Iterable[str], models: Container[str]) -> dict[str, list[str]]:
    """The deepest model directory around each of `paths`, with these."""
    found: dict[str, list[str]] = {}
    known: dict[str, str | None] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in known:
            known[folder] = _holder(folder, models)
        holder = known[folder]
        if holder is not None:
            found.setdefault(holder, []).append(path)
    return found


def shared_out(paths: ChangedPaths, models: Container[str]) -> tuple[set[str], set[str]]:
    """The model directories that hold some of `paths`, and those paths that none holds."""
    holding: set[str] = set()
    outside: set[str] = set()
    for folder in paths.directories:
        holder = _holder(folder, models)
        if holder is None:
            outside.update(join(folder, name) for name in paths.within(folder))
        else:
            holding.add(holder)
    return holding, outside


def _holder(folder: str, models: Container[str]) -> str | None:
    """The deepest model directory around what a folder holds.

    A glob such as `models/**` also takes directories inside of models, so a glob alone does not
    tell whose file it is.
    """
    return next((at for at in (folder, *parents(folder)) if at in models), None)


def with_twins(models: list[Selected]) -> list[Selected]:
    """In an audit every name is known, and so is every double one."""
    paths: dict[str, list[str]] = {}
    for model in models:
        paths.setdefault(model.name, []).append(model.location.path)
    return [
        replace(model, twins=others) if (others := _without(paths[model.name], model)) else model
        for model in models
    ]


def _without(paths: Iterable[str], model: Selected) -> tuple[str, ...]:
    return tuple(path for path in paths if path != model.location.path)


def is_among(path: str, directories: Sequence[str]) -> bool:
    """Whether a path is one of sorted directories."""
    at = bisect_left(directories, path)
    return at < len(directories) and directories[at] == path


def inside_of(path: str, directories: Sequence[str]) -> Sequence[str]:
    """Of sorted directories, those below one."""
    if not path:
        return [other for other in directories if other]
    # Everything that starts with `path/` stands before the character that follows the slash.
    first, last = (bisect_left(directories, f"{path}{mark}") for mark in "/0")
    return directories[first:last]


def with_nested(models: list[Selected], directories: Sequence[str]) -> list[Selected]:
    """The models with those around or inside of them among their twins.

    A model at the root is around all others by its nature, and counts for none.

    The directories are those of all models, sorted.
    """
    found = []
    for model in models:
        path = model.location.path
        nested: set[str] = set()
        if path and is_among(path, directories):
            nested.update(at for at in parents(path) if at and is_among(at, directories))
            nested.update(inside_of(path, directories))
        twins = tuple(sorted({*model.twins, *nested}))
        found.append(replace(model, twins=twins) if nested else model)
    return found
