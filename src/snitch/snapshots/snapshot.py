"""A tree as it stood: what every floor above sees of Git and of the disk."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.snapshots.lfs import Pointer


class Kind(Enum):
    """What a path is."""

    FILE = "file"
    DIRECTORY = "directory"
    LINK = "symbolic link"
    SUBMODULE = "submodule"
    OTHER = "special file"
    """A pipe, a device or a socket: never opened."""


class Entry(NamedTuple):
    """One name in a directory; of a long one there are 100,000."""

    kind: Kind
    oid: str | None = None
    """Git's object id of a file, link or directory; None in the working tree, where
    `Snapshot.digest` computes it from the bytes when somebody asks."""
    executable: bool = False


class Snapshot(Protocol):
    """The candidate or the deployed tree: a working tree, an index or a commit.

    Paths are relative to the repository's root, with `/` and without a leading one; `""` is the
    root. Bytes of names that are not UTF-8 are surrogate escapes.
    """

    @property
    def kind(self) -> str:
        """`worktree`, `index` or `commit`."""

    @property
    def commit(self) -> str | None:
        """The commit's id; for a working tree or index the one it stands on."""

    def children(self, directory: str) -> Mapping[str, Entry]:
        """The names directly in a directory, sorted; empty where there is no such directory."""

    def files(self, directory: str) -> Mapping[str, Entry]:
        """Every path below a directory that is no directory itself, sorted.

        Paths are from the repository's root. No link is followed.
        """

    def entry(self, path: str) -> Entry | None:
        """What stands at a path, None for nothing."""

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes, at most `limit + 1` of them, so that the caller sees an excess.

        Raises:
            FileNotFoundError: nothing, or no regular file, stands there.
            CannotJudgeError: the object is missing or damaged, or reading failed half-way.
        """

    def read_many(self, paths: Iterable[str], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of many files in their order, in one conversation with Git."""

    def digest(self, path: str) -> str:
        """The id that Git gives (or would give) the file's bytes as a blob, unfiltered."""

    def smudged(self, path: str) -> Pointer | None:
        """The LFS pointer that a file's content stands for.

        Only in a working tree, where Git LFS has put the content in the pointer's place (or will
        put a pointer in its); None for indexes and commits.
        """

    def tree_id(self, directory: str) -> str | None:
        """An id equal exactly when all below a directory is equal, None where unknown."""
