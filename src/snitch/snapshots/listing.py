"""Which paths belong to the working tree: Git's own word on what is tracked and what ignored."""

from __future__ import annotations

import os
from dataclasses import field
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.snapshots.paths import check_depth
from snitch.snapshots.trees import tree_entry

if TYPE_CHECKING:
    from snitch.snapshots.git import Git
    from snitch.snapshots.snapshot import Entry


@dataclass(frozen=True, slots=True)
class Listing:
    """The paths of a working tree, whether or not the disk still has them."""

    indexed: dict[str, Entry] = field(default_factory=dict)
    """What the index holds at each tracked path."""
    sparse: set[str] = field(default_factory=set)
    """Tracked paths that a sparse checkout leaves out of the disk."""
    new: list[str] = field(default_factory=list)
    """Untracked paths that nothing ignores."""
    nested: set[str] = field(default_factory=set)
    """Untracked directories that are repositories of their own, never entered."""
    names: dict[str, set[str]] = field(default_factory=dict)
    """By directory, what may stand directly in it."""


def list_worktree(git: Git) -> Listing:
    """One listing of everything tracked or new."""
    out = git.run("ls-files", "-z", "-s", "-t", "--cached", "--others", "--exclude-standard")
    listing = Listing()
    for line in os.fsdecode(out).split("\0")[:-1]:
        tag, rest = line[0], line[2:]
        if tag == "?":
            path = check_depth(rest.removesuffix("/"))
            (listing.nested.add if rest.endswith("/") else listing.new.append)(path)
        else:
            meta, _, path = rest.partition("\t")
            mode, oid, _ = meta.split(" ")
            listing.indexed[check_depth(path)] = tree_entry(int(mode, 8), oid)
            if tag == "S":
                listing.sparse.add(path)
        _place(listing.names, path)
    return listing


def _place(names: dict[str, set[str]], path: str) -> None:
    while path:
        parent, _, name = path.rpartition("/")
        beside = names.setdefault(parent, set())
        if name in beside:
            return
        beside.add(name)
        path = parent
