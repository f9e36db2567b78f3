"""A commit's tree, read through the one conversation with Git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.snapshots.paths import Walk
from snitch.snapshots.paths import check_depth
from snitch.snapshots.paths import join
from snitch.snapshots.paths import split
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.trees import blob_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.snapshots.lfs import Pointer
    from snitch.snapshots.objects import Objects


PLAIN = re.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
"""Paths that stand in a request to Git as they are."""
NEAR = 256
"""Directories kept at hand."""


class CommitSnapshot:
    """A Snapshot of a commit. Trees are read once in a run, whichever commit asks for them.

    Of a repository without commits, the commit and the tree are None.
    """

    kind = "commit"

    def __init__(self, objects: Objects, commit: str | None, tree: str | None) -> None:
        self.objects = objects
        self.commit = commit
        self._root = Entry(Kind.DIRECTORY, tree)
        self._sought: dict[str, str] = {}
        self._near: dict[str, Mapping[str, Entry]] = {}
        """Directories asked for of late: what is asked of one is mostly asked of all its files."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags on this very commit, sorted."""
        return self.objects.tags.get(self.commit or "", ())

    def seek(self, directory: str) -> None:
        """Finds a directory's tree by one request, where nobody asks for the trees above it."""
        if self._root.oid is not None and PLAIN.fullmatch(directory):
            tree = self.objects.seek(self._root.oid, directory)
            if tree is not None:
                self._sought[directory] = tree

    def load(self, directories: Iterable[str]) -> None:
        """Reads the trees of directories at once, before `children` asks for each."""
        wanted = list(directories)
        above = {path.rpartition("/")[0] for path in wanted if path not in self._sought}
        if len(above) > 1:
            self.load(above)
        for directory in above:
            self.children(directory)
        found = [self.tree_id(directory) for directory in wanted]
        self.objects.trees(tree for tree in found if tree is not None)

    def children(self, directory: str) -> Mapping[str, Entry]:
        """The names directly in a directory."""
        found = self._near.get(directory)
        if found is None:
            tree = self.tree_id(directory)
            found = {} if tree is None else self.objects.tree(tree)
            if len(self._near) >= NEAR:
                self._near = {}
            self._near[directory] = found
        return found

    def files(self, directory: str) -> Mapping[str, Entry]:
        """Every path below a directory, one round of requests a level."""
        found: dict[str, Entry] = {}
        tree = self.tree_id(directory)
        level = [] if tree is None else [(directory, tree)]
        walk = Walk()
        while level:
            below: list[tuple[str, str]] = []
            listings = self.objects.trees(oid for _, oid in level)
            for (parent, _), listing in zip(level, listings, strict=True):
                walk.count(parent, len(listing))
                for name, entry in listing.items():
                    path = join(parent, name)
                    if entry.kind is Kind.DIRECTORY and entry.oid is not None:
                        below.append((check_depth(path), entry.oid))
                    else:
                        found[path] = entry
            level = below
        return dict(sorted(found.items()))

    def entry(self, path: str) -> Entry | None:
        """What stands at a path."""
        directory, slash, name = path.rpartition("/")
        listing = self._near.get(directory) if directory or (path and not slash) else None
        return self._descend(path) if listing is None else listing.get(name)

    def _descend(self, path: str) -> Entry | None:
        found: Entry | None = self._root
        names = split(path)
        for directory, tree in self._sought.items():
            if path == directory or path.startswith(f"{directory}/"):
                found = Entry(Kind.DIRECTORY, tree)
                names = split(path[len(directory) + 1 :])
        for name in names:
            if found is None or found.kind is not Kind.DIRECTORY or found.oid is None:
                return None
            found = self.objects.tree(found.oid).get(name)
        return found

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes."""
        return self.objects.blob(blob_of(self.entry(path), path), path, limit).data

    def read_many(self, paths: Iterable[str], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of many files."""
        wanted = list(paths)
        oids = [blob_of(self.entry(path), path) for path in wanted]
        return (found.data for found in self.objects.read(oids, "blob", limit, wanted))

    def digest(self, path: str) -> str:
        """The blob's id, also of a link."""
        return blob_of(self.entry(path), path, link=True)

    def smudged(self, path: str) -> Pointer | None:  # noqa: ARG002 - Snapshot's shape
        """Nothing: commits hold pointers."""
        return None

    def tree_id(self, directory: str) -> str | None:
        """The tree's id, None where no directory stands."""
        entry = self.entry(directory)
        return entry.oid if entry is not None and entry.kind is Kind.DIRECTORY else None
