"""A part of a commit's tree that somebody has put together from differences, without its trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.trees import blob_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.snapshots.lfs import Pointer
    from snitch.snapshots.objects import Objects

DIRECTORY = Entry(Kind.DIRECTORY)


class HeldSnapshot:
    """A Snapshot of known files.

    `files` are all of the part, by path from the root; contents that are not among `blobs`, by id,
    are read when asked for.
    """

    kind = "commit"

    def __init__(
        self,
        objects: Objects,
        commit: str | None,
        files: Mapping[str, Entry],
        blobs: Mapping[str, bytes] | None = None,
    ) -> None:
        self.objects = objects
        self.commit = commit
        self._files = dict(sorted(files.items()))
        self._blobs = blobs or {}

    def children(self, directory: str) -> Mapping[str, Entry]:
        """The names directly in a directory."""
        found: dict[str, Entry] = {}
        for path, entry in self.files(directory).items():
            name, slash, _ = path[len(directory) + 1 if directory else 0 :].partition("/")
            found[name] = DIRECTORY if slash else entry
        return found

    def files(self, directory: str) -> Mapping[str, Entry]:
        """Every path below a directory."""
        if not directory:
            return self._files
        prefix = f"{directory}/"
        return {path: entry for path, entry in self._files.items() if path.startswith(prefix)}

    def entry(self, path: str) -> Entry | None:
        """What stands at a path."""
        return self._files.get(path) or (DIRECTORY if self.files(path) else None)

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes."""
        return next(self.read_many([path], limit))

    def read_many(self, paths: Iterable[str], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of many files."""
        wanted = [(path, self.digest(path)) for path in paths]
        missing = {oid: path for path, oid in wanted if oid not in self._blobs}
        asked = self.objects.read(missing, "blob", limit, [*missing.values()])
        read = {one.oid: one.data for one in asked}
        end = None if limit is None else limit + 1
        return iter([(read.get(oid) or self._blobs.get(oid, b""))[:end] for _, oid in wanted])

    def digest(self, path: str) -> str:
        """The blob's id, also of a link."""
        return blob_of(self._files.get(path), path, link=True)

    def smudged(self, path: str) -> Pointer | None:  # noqa: ARG002 - Snapshot's shape
        """Nothing: commits hold pointers."""
        return None

    def tree_id(self, directory: str) -> str | None:  # noqa: ARG002 - Snapshot's shape
        """Unknown: no tree was read."""
        return None
