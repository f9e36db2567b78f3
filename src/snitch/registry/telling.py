"""Which changed files may bring another release: those that config, metrics or weights stand in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.registry.globs import matches
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.registry.layout import Layout
    from snitch.registry.location import Location


def is_told_by_names(place: Location, layout: Layout) -> bool:
    """Whether the names of changed files tell if a model's release changed.

    Of a model that shares its file they do not, nor at the root where the layout reads more files
    than those that it names.
    """
    named = place.root is None and layout.release_files is not None
    return named and (layout.contained or bool(place.path))


def tell(paths: Iterable[str], place: Location, layout: Layout) -> bool:
    """Whether some of the files, all of them the model's own, say what its release is."""
    files = layout.release_files or ()
    skip = len(prefix(place.path))
    return any(_tells(path[skip:], files) for path in paths)


@lru_cache(maxsize=4096)
def _tells(name: str, files: tuple[str, ...]) -> bool:
    """The same of one, by a path inside a model, which many models share."""
    return any(matches(name, glob) for glob in files)
