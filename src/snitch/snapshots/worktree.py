"""The working tree: what is tracked and still on the disk, and what is new and not ignored.

Bytes come from the disk as they are, whatever the index remembers of them: neither its timestamps
nor its flags can hide an edit. What a sparse checkout leaves out comes from the index.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.snapshots import disk
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import parse_pointer
from snitch.snapshots.line_ends import CRLF
from snitch.snapshots.line_ends import LF
from snitch.snapshots.line_ends import kept_with_lf
from snitch.snapshots.listing import list_worktree
from snitch.snapshots.paths import join
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.trees import EXECUTABLE
from snitch.snapshots.trees import object_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.snapshots.git import Git
    from snitch.snapshots.listing import Listing
    from snitch.snapshots.objects import Objects

SMALL = 1 << 20
"""Bytes up to which a file is hashed before anybody asks whether Git LFS wrote it."""


class WorktreeSnapshot:
    """A Snapshot of the working tree, as it is when a directory is first asked for.

    What a sparse checkout leaves out comes from the repository's objects.
    """

    kind = "worktree"

    def __init__(self, git: Git, objects: Objects, root: Path, commit: str | None) -> None:
        self.commit = commit
        self._git = git
        self._objects = objects
        self._root = root
        self._children: dict[str, Mapping[str, Entry]] = {}
        self._sizes: dict[str, int] = {}
        self._digests: dict[str, str] = {}

    @cached_property
    def _listing(self) -> Listing:
        return list_worktree(self._git)

    @cached_property
    def _filtered(self) -> frozenset[str]:
        """The paths that attributes hand to Git LFS."""
        paths = "\0".join([*self._listing.indexed, *self._listing.new, ""])
        out = self._git.run("check-attr", "-z", "--stdin", "filter", stdin=os.fsencode(paths))
        fields = os.fsdecode(out).split("\0")
        return frozenset(
            path for path, value in zip(fields[::3], fields[2::3], strict=False) if value == "lfs"
        )

    @cached_property
    def _kept_with_lf(self) -> frozenset[str]:
        return kept_with_lf(self._git, [*self._listing.indexed, *self._listing.new])

    def children(self, directory: str) -> Mapping[str, Entry]:
        """The names directly in a directory."""
        if directory not in self._children:
            names = sorted(self._listing.names.get(directory, ()))
            stats = disk.list_stats(self._root, directory, names)
            entries = {name: self._entry(join(directory, name), stats.get(name)) for name in names}
            self._children[directory] = {
                name: entry for name, entry in entries.items() if entry is not None
            }
        return self._children[directory]

    def files(self, directory: str) -> Mapping[str, Entry]:
        """Every path below a directory."""
        found: dict[str, Entry] = {}
        pending = [directory]
        while pending:
            parent = pending.pop()
            for name, entry in self.children(parent).items():
                if entry.kind is Kind.DIRECTORY:
                    pending.append(join(parent, name))
                else:
                    found[join(parent, name)] = entry
        return dict(sorted(found.items()))

    def entry(self, path: str) -> Entry | None:
        """What stands at a path."""
        if not path:
            return Entry(Kind.DIRECTORY)
        parent, _, name = path.rpartition("/")
        return self.children(parent).get(name)

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes."""
        entry = self.entry(path)
        if entry is None or entry.kind is not Kind.FILE:
            raise FileNotFoundError(path)
        if entry.oid is not None:
            return next(self._objects.read([entry.oid], "blob", limit, [path])).data
        return disk.read_file(self._root, path, limit)

    def read_many(self, paths: Iterable[str], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of many files."""
        return (self.read(path, limit) for path in paths)

    def digest(self, path: str) -> str:
        """The id that Git would give the bytes on the disk, with LF where it stores CRLF as that.

        No filter is applied.
        """
        match self.entry(path):
            case Entry(Kind.FILE | Kind.LINK, str(oid)):
                return oid
            case Entry(Kind.FILE):
                return self._with_lf(path, self._digest(path))
            case Entry(Kind.LINK):
                text = disk.read_link(self._root, path)
                return object_digest("blob", text, self._objects.format)
            case _:
                raise FileNotFoundError(path)

    def stored(self, path: str) -> str:
        """The id that Git has of a file: of its pointer, where LFS put the content in its place."""
        if not self._is_pointer(path) or parse_pointer(self.read(path, Pointer.LIMIT)) is not None:
            return self.digest(path)
        return object_digest("blob", self.content(path).text.encode(), self._objects.format)

    def smudged(self, path: str) -> Pointer | None:
        """The pointer of a file whose content Git LFS checked out, or will store."""
        entry = self.entry(path)
        if entry is None or entry.kind is not Kind.FILE or entry.oid is not None:
            return None
        if parse_pointer(self.read(path, Pointer.LIMIT)) is not None or not self._is_lfs(path):
            return None
        return self.content(path)

    def content(self, path: str) -> Pointer:
        """The pointer that stands for the bytes of a file on the disk."""
        return Pointer(*disk.hash_file(self._root, path, "sha256", blob=False))

    def size(self, path: str) -> int:
        """The bytes that a file had when its directory was listed, 0 where there was none."""
        return self._sizes.get(path, 0)

    def tree_id(self, directory: str) -> str | None:  # noqa: ARG002 - Snapshot's shape
        """Unknown: it would take reading every file."""
        return None

    def _digest(self, path: str) -> str:
        """A file's id: those of the small ones of a directory are found at once."""
        if path not in self._digests and self.size(path) <= SMALL:
            directory = path.rpartition("/")[0]
            small = {
                name: at
                for name, entry in self.children(directory).items()
                if (entry.kind, entry.oid) == (Kind.FILE, None)
                if self.size(at := join(directory, name)) <= SMALL
            }
            found = disk.hash_blobs(self._root, directory, small, self._objects.format)
            self._digests |= {small[name]: digest for name, digest in found.items()}
        known = self._digests.get(path)
        return known or disk.hash_file(self._root, path, self._objects.format, blob=True)[0]

    def _with_lf(self, path: str, digest: str) -> str:
        """The id of a text as Git stores it, whose line ends on the disk are a checkout's."""
        indexed = self._listing.indexed.get(path)
        if self.size(path) > SMALL or (indexed is not None and indexed.oid == digest):
            return digest
        blob = disk.read_file(self._root, path, SMALL)
        if CRLF not in blob or b"\0" in blob or path not in self._kept_with_lf:
            return digest
        return object_digest("blob", blob.replace(CRLF, LF), self._objects.format)

    def _is_lfs(self, path: str) -> bool:
        return self._is_pointer(path) or (path in self._filtered and not self._is_in_git(path))

    def _is_in_git(self, path: str) -> bool:
        """Whether the index holds the very bytes: added where Git LFS was not at work."""
        indexed = self._listing.indexed.get(path)
        return indexed is not None and indexed.oid == self.digest(path)

    def _is_pointer(self, path: str) -> bool:
        """Whether the index holds a pointer there."""
        indexed = self._listing.indexed.get(path)
        if indexed is None or indexed.kind is not Kind.FILE or indexed.oid is None:
            return False
        blob = next(self._objects.read([indexed.oid], "blob", Pointer.LIMIT)).data
        return isinstance(parse_pointer(blob), Pointer)

    def _entry(self, path: str, found: os.stat_result | None) -> Entry | None:
        indexed = self._listing.indexed.get(path)
        if found is None:
            if path in self._listing.sparse:
                return indexed
            return Entry(Kind.DIRECTORY) if self.children(path) else None
        kind = disk.kind_of(found.st_mode)
        if kind is not Kind.DIRECTORY:
            self._sizes[path] = found.st_size
            executable = kind is Kind.FILE and bool(found.st_mode & EXECUTABLE)
            return Entry(kind, executable=executable)
        if indexed is not None and indexed.kind is Kind.SUBMODULE:
            return indexed
        if path in self._listing.nested:
            return Entry(Kind.SUBMODULE)
        return Entry(Kind.DIRECTORY) if self.children(path) else None
