"""From a layout's file names (plain, globs, templates) to the files that stand there."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from snitch.registry.globs import WILD
from snitch.registry.globs import matches
from snitch.registry.keypath import fill
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


def resolve(
    snapshot: Snapshot, root: str, name: str, captures: Mapping[str, str]
) -> dict[str, Entry]:
    """The files (links too) that a name below `root` stands for, by path, sorted.

    A template's values are no globs, and no name leads out of the repository.
    """
    where = posixpath.normpath(posixpath.join(root, fill(name, _literal(captures))))
    if where.startswith("..") or where == ".":
        return {}
    if not WILD & set(where):
        entry = snapshot.entry(where)
        return {} if entry is None or entry.kind is Kind.DIRECTORY else {where: entry}
    from snitch.registry.units import candidates  # noqa: PLC0415 - the house layout has no globs

    return {
        path: entry
        for path, entry in sorted(candidates(snapshot, "", (where,)))
        if entry.kind is not Kind.DIRECTORY and matches(path, where)
    }


def _literal(captures: Mapping[str, str]) -> dict[str, str]:
    return {
        key: "".join(f"[{char}]" if char in WILD else char for char in text)
        for key, text in captures.items()
    }
