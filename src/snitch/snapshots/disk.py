"""Files of the working tree, opened one name at a time so that no link leads anywhere else."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from contextlib import contextmanager
from contextlib import suppress
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.snapshots.paths import split
from snitch.snapshots.snapshot import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
BENEATH = DIRECTORY | os.O_NOFOLLOW
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
CHUNK = 1 << 20
NO_FILE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EMLINK, errno.ENXIO})
"""How `open` refuses what is gone, a link, or a socket."""

KINDS = {
    stat.S_IFREG: Kind.FILE,
    stat.S_IFDIR: Kind.DIRECTORY,
    stat.S_IFLNK: Kind.LINK,
}


def kind_of(mode: int) -> Kind:
    """What a `st_mode` says."""
    return KINDS.get(stat.S_IFMT(mode), Kind.OTHER)


def list_stats(root: Path, directory: str, names: list[str]) -> dict[str, os.stat_result]:
    """What stands at names of a directory, no link followed.

    Names that do not exist are left out, all of them where the directory is none, or a link.
    """
    found = {}
    try:
        with _directory(root, directory) as descriptor:
            for name in names:
                with suppress(FileNotFoundError, NotADirectoryError):
                    found[name] = os.lstat(name, dir_fd=descriptor)
    except OSError as error:
        if error.errno not in NO_FILE:
            raise _unreadable(directory or ".", error) from None
    return found


def read_file(root: Path, path: str, limit: int | None) -> bytes:
    """At most `limit + 1` bytes of a regular file.

    Raises:
        FileNotFoundError: nothing, or no regular file, stands there.
        CannotJudgeError: it cannot be opened or read.
    """
    with _file(root, path) as (descriptor, _):
        parts = []
        left = sys.maxsize if limit is None else limit + 1
        while left and (chunk := os.read(descriptor, min(left, CHUNK))):
            parts.append(chunk)
            left -= len(chunk)
        return b"".join(parts)


def hash_file(root: Path, path: str, algorithm: str, *, blob: bool) -> tuple[str, int]:
    """A regular file's digest and size; raises as `read_file` does.

    With `blob`, Git's header of one comes first.
    """
    with _file(root, path) as (descriptor, size):
        digest = _hash(descriptor, size, algorithm, blob=blob)
        if digest is None:
            message = f"{path!r} changed while it was being read"
            raise CannotJudgeError(message, "let whatever writes it finish, and run again")
        return digest, size


def hash_blobs(root: Path, directory: str, names: Iterable[str], algorithm: str) -> dict[str, str]:
    """The ids that Git would give files of a directory, which is opened once for all of them.

    What `hash_file` would refuse is left out, so that it may tell why.
    """
    found: dict[str, str] = {}
    with suppress(OSError), _directory(root, directory) as parent:
        for name in names:
            with suppress(OSError):
                descriptor = os.open(name, FILE, dir_fd=parent)
                try:
                    status = os.fstat(descriptor)
                    if stat.S_ISREG(status.st_mode):
                        digest = _hash(descriptor, status.st_size, algorithm, blob=True)
                        found |= {} if digest is None else {name: digest}
                finally:
                    os.close(descriptor)
    return found


def _hash(descriptor: int, size: int, algorithm: str, *, blob: bool) -> str | None:
    """The digest of a file of that size; None where it has another size by now."""
    hasher = hashlib.new(algorithm, b"blob %d\0" % size if blob else b"")
    read = 0
    while chunk := os.read(descriptor, min(CHUNK, size - read + 1)):
        hasher.update(chunk)
        read += len(chunk)
    return hasher.hexdigest() if read == size else None


def read_link(root: Path, path: str) -> bytes:
    """A symbolic link's own text."""
    directory, _, name = path.rpartition("/")
    try:
        with _directory(root, directory) as descriptor:
            return os.fsencode(os.readlink(name, dir_fd=descriptor))
    except OSError:
        raise FileNotFoundError(path) from None


@contextmanager
def _directory(root: Path, directory: str) -> Iterator[int]:
    descriptor = os.open(root, DIRECTORY)
    try:
        for name in split(directory):
            inner = os.open(name, BENEATH, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _file(root: Path, path: str) -> Iterator[tuple[int, int]]:
    directory, _, name = path.rpartition("/")
    descriptor = -1
    try:
        with _directory(root, directory) as parent:
            descriptor = os.open(name, FILE, dir_fd=parent)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(path)
        yield descriptor, status.st_size
    except OSError as error:
        if error.errno in NO_FILE or isinstance(error, FileNotFoundError):
            raise FileNotFoundError(path) from None
        raise _unreadable(path, error) from None
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _unreadable(path: str, error: OSError) -> CannotJudgeError:
    message = f"{path!r} cannot be read: {error.strerror}"
    return CannotJudgeError(message, "make the file readable for the user that runs Snitch")
