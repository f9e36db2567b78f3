"""Names of models that nobody has yet, and that an override would take."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 60
"""Globs that are tried in pairs; more of them are each taken by itself."""
_CLASS = re.compile(r"\[(?:!(?P<none>[^]]+)|(?P<one>[^]!])[^]]*)\]")


def imagined_by(globs: Iterable[str]) -> set[str]:
    """A name that each glob takes, and one for every two that both take, where one is at hand."""
    every = set(globs)
    pairs = {(one, other) for one in every for other in every} if len(every) <= MOST else ()
    both = {
        name
        for one, other in pairs
        if (name := _name(one.replace("*", other, 1)))
        if fnmatchcase(name, one) and fnmatchcase(name, other)
    }
    return both | {_name(glob) for glob in every}


def _name(glob: str) -> str:
    """The glob itself is a name that it takes, but for its classes: a member stands for each."""
    return _CLASS.sub(lambda found: found["one"] or "~", glob)
