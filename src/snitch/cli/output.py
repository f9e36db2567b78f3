"""Where reports go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn


def say(text: str) -> None:
    """Write a report to standard output; characters that it cannot encode are escaped.

    Raises:
        CannotJudgeError: standard output is closed or full.
        BrokenPipeError: its reader went away.
    """
    stream = sys.stdout
    if stream is None:
        _refuse(os.strerror(errno.EBADF))
    try:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        if not text.endswith("\n"):
            stream.write("\n")
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _refuse(error.strerror)


def _refuse(why: str | None) -> NoReturn:
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it

    message = f"the report cannot be written to standard output: {why}"
    raise CannotJudgeError(message, "write it to a file: --format FORMAT=FILE") from None


def save(text: str, path: str) -> None:
    """Replace a file by a report in one step.

    Raises:
        CannotJudgeError: the file cannot be written; what was there before still is.
    """
    replace_file(
        text.encode("utf-8", "backslashreplace"), Path(path), "name a writable file after --format"
    )


def replace_file(data: bytes, path: Path, remedy: str) -> None:
    """Write a file whole or not at all; a link in its place is replaced, not followed.

    A pipe or a device is written to as it is.

    Raises:
        CannotJudgeError: the file cannot be written; what was there before still is.
    """
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it

    keep_inside(path)
    try:
        if path.exists() and not path.is_file() and not _is_held_link(path):
            _pour(data, path)
        else:
            _replace(data, path)
    except OSError as error:
        why = "nobody reads from it" if error.errno == errno.ENXIO else error.strerror
        message = f"`{path}` cannot be written: {why}"
        if not path.parent.exists():
            import shlex  # noqa: PLC0415 - only on the way out

            remedy = f"mkdir -p {shlex.quote(str(path.parent))}"
        raise CannotJudgeError(message, remedy) from None


def keep_inside(path: Path) -> None:
    """Refuse a way that leads through a link of this repository: whoever proposes a change lays it.

    Raises:
        CannotJudgeError: it does.
    """
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it

    link = next(filter(_is_held_link, path.parents), None)
    if link is not None:
        message = f"`{path}` cannot be written: `{link}` is a link that this repository holds"
        raise CannotJudgeError(message, "name a directory that is reached without it")


def _is_held_link(path: Path) -> bool:
    """Whether a path is a link in the working tree around here."""
    from snitch.snapshots.discovery import work_tree_around  # noqa: PLC0415 - as above

    root = work_tree_around(Path.cwd()) if path.is_symlink() else None
    return root is not None and path.parent.resolve().is_relative_to(root)


def _pour(data: bytes, path: Path) -> None:
    """Write to a pipe or a device; nobody waits for a pipe's reader that does not come."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC), "wb") as file:
        os.set_blocking(file.fileno(), True)
        file.write(data)


def _replace(data: bytes, path: Path) -> None:
    import tempfile  # noqa: PLC0415 - a hook writes no file

    handle, temporary = tempfile.mkstemp(prefix=".snitch-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        mode = path.stat().st_mode & 0o777 if path.is_file() else 0o666 & ~mask
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
