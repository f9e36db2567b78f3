"""Where policy files lie: a snapshot's tree, a directory, an installed distribution.

Each is a place from which a path takes bytes, and beyond which no path leads.
"""

from __future__ import annotations

import os
import posixpath
import stat
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.policy.wording import quoted
from snitch.snapshots.snapshot import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from snitch.snapshots.snapshot import Snapshot

    Read = Callable[[str, int], bytes]


class MissingFileError(Exception):
    """A file that is not there, or that must not be read; the text says which."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True)
class Reference:
    """A file on a shelf."""

    prefix: str
    """What names the shelf, `""` for the tree that is judged."""
    path: str
    """Relative to the shelf, normalised, with `/`."""
    take: Read
    """From a path and a limit to at most `limit + 1` bytes; raises MissingFileError."""

    @property
    def shown(self) -> str:
        """The file's name for people."""
        return f"{self.prefix}{self.path}"

    def read(self, limit: int) -> bytes:
        """At most `limit + 1` bytes.

        Raises:
            MissingFileError: there is no such regular file.
        """
        return self.take(self.path, limit)

    def beside(self, target: str) -> Reference:
        """The file that a path relative to this one names.

        Raises:
            MissingFileError: the path is absolute, no path, or leads outside the shelf.
        """
        remedy = "name a file of the same tree, or `package:NAME/path.yaml`"
        if target.startswith("/") or not target.isprintable() or "\\" in target or ":" in target:
            message = f"`extends` names {quoted(target)}, which is no relative path"
            raise MissingFileError(message, remedy)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), target))
        if path == ".." or path.startswith("../"):
            message = f"`extends` names {quoted(target)}, which is outside the tree"
            raise MissingFileError(message, remedy)
        return Reference(self.prefix, path, self.take)


def in_snapshot(snapshot: Snapshot, path: str) -> Reference:
    """A file of a tree as it stood."""

    def take(path: str, limit: int) -> bytes:
        entry = snapshot.entry(path)
        if entry is None:
            raise _missing(path)
        if entry.kind is not Kind.FILE:
            raise _irregular(path, entry.kind.value)
        try:
            return snapshot.read(path, limit)
        except FileNotFoundError:
            raise _missing(path) from None

    return Reference("", path, take)


def in_directory(
    root: Path, path: str, prefix: str, *, only: frozenset[str] | None = None
) -> Reference:
    """A file on the disk, below a directory that no path leaves.

    The prefix names the directory for people; the files of `only` count as being there, or all.
    """

    def take(path: str, limit: int) -> bytes:
        if only is not None and path not in only:
            raise _missing(path)
        here, mode = root, 0
        try:
            for part in path.split("/"):
                here = here / part
                mode = os.lstat(here).st_mode
                if stat.S_ISLNK(mode):
                    raise _irregular(path, Kind.LINK.value)
            if not stat.S_ISREG(mode):
                raise _irregular(path, "no regular file")
            with here.open("rb") as file:
                return file.read(limit + 1)
        except (OSError, ValueError):
            raise _missing(path) from None

    return Reference(prefix, path, take)


def _missing(path: str) -> MissingFileError:
    return MissingFileError(f"no file {quoted(path)}", "add the file, or correct the path")


def _irregular(path: str, kind: str) -> MissingFileError:
    message = f"{quoted(path)} is a {kind}, where a regular file is expected"
    return MissingFileError(message, "put the file itself there")
