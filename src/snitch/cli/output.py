"""Where reports go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def say(text: str) -> None:
    """Write a report to standard output; characters that it cannot encode are escaped."""
    stream = sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    if not text.endswith("\n"):
        stream.write("\n")
    stream.flush()


def save(text: str, path: str) -> None:
    """Replace a file by a report in one step.

    Raises:
        CannotJudgeError: the file cannot be written; what was there before still is.
    """
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it

    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(prefix=".snitch-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8", "backslashreplace"))
            mask = os.umask(0)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
            Path(temporary).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        message = f"the report cannot be written to `{path}`: {error.strerror}"
        raise CannotJudgeError(message, "name a writable file after --format") from None
