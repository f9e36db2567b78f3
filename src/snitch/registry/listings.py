"""Files that another piece names, as a pipeline names the files of its metrics."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING

from snitch.registry.keypath import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.registry.reading import Reading
    from snitch.registry.sources import Listing


def listed(reading: Reading, listing: Listing) -> Iterator[str]:
    """The names as a layout spells them, relative to the model's directory.

    What a name leaves to be filled in (`${item}`) is any text; its other characters stand for
    themselves.
    """
    scope = reading.scopes.get(listing.piece)
    if scope is None:
        return
    for match in scope.matches(listing.path, reading.captures):
        folder = ""
        if listing.folder:
            within = scope.matches(listing.folder, match.captures)
            folder = next((text_of(found.value) or "" for found in within), "")
        for name in _names(match.value):
            yield posixpath.normpath(posixpath.join(_literal(folder), _literal(name)))


def _names(value: Data) -> Iterator[str]:
    """One name, or the names in a list; an entry with options is a mapping by its name."""
    for entry in value if isinstance(value, list) else (value,):
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            yield from entry


def _literal(name: str) -> str:
    return _special().sub(lambda found: "*" if found[0].startswith("$") else "?", name)


@cache
def _special() -> re.Pattern[str]:
    return re.compile(r"\$\{[^{}]*\}|[*?\[\]{}]")
