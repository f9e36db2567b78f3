"""One `git cat-file --batch` process: requests down one pipe, answers checked from the other."""

from __future__ import annotations

import os
import select
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import NoReturn

from snitch.findings.problem import CannotJudgeError
from snitch.frozen import dataclass
from snitch.snapshots import git as reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.snapshots.git import Git

CHUNK = 1 << 16
MAX_SKIP = 1 << 22
"""Unwanted bytes read and dropped; beyond them a new conversation is cheaper."""
OBJECT_ID = (40, 64)
FATAL = 128
"""The exit status of a Git that gives up by itself."""
KINDS = frozenset({"blob", "tree", "commit", "tag"})


@dataclass(frozen=True, slots=True)
class Object:
    """One object; `data` may be cut off at a limit, `size` is the whole."""

    oid: str
    kind: str
    size: int
    data: bytes


class EndedError(CannotJudgeError):
    """Git ended with an error of its own instead of an answer."""


class Conversation:
    """A running process; whoever uses it sends little enough for a pipe to hold.

    Raises:
        CannotJudgeError: from every method, where the process died, is stuck or talks nonsense.
    """

    def __init__(self, git: Git, remedy: Callable[[], str]) -> None:
        self._remedy = remedy
        self.owner = os.getpid()
        self._buffer = b""
        self._at = 0
        try:
            process = subprocess.Popen(  # noqa: S603 - an absolute program, an allowed command
                git.command("cat-file", "--batch"),
                cwd=git.directory,
                env=git.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            message = f"Git could not be started: {error.strerror}"
            raise CannotJudgeError(message, "check that Git is installed and may be run") from None
        self._process = process
        if process.stdin is None or process.stdout is None:
            self._fail("has no pipes")
        self._input, self._output = process.stdin, process.stdout
        self._poll = select.poll()
        self._poll.register(self._output, select.POLLIN)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def close(self) -> None:
        """Ends the process; safe to repeat."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def send(self, request: bytes) -> None:
        """Asks for objects, one a line."""
        try:
            self._input.write(request)
        except OSError:
            self._fail("ended early")

    def answer(self, limit: int | None) -> tuple[Object | None, bool]:
        """The next object, cut off after `limit + 1` bytes, or None for a missing one.

        Also whether the answer was read to its end, without which nothing more may be asked.
        """
        fields = self._line().split(" ")
        if len(fields) == 2 and fields[1] in {"missing", "ambiguous"}:  # noqa: PLR2004 - name, state
            return None, True
        match fields:
            case [oid, kind, length] if (
                len(oid) in OBJECT_ID and kind in KINDS and length.isdecimal()
            ):
                size = int(length)
            case _:
                self._fail("answers in an unknown form")
        kept = size if limit is None else min(size, limit + 1)
        found = Object(oid, kind, size, self._take(kept))
        if size - kept > MAX_SKIP:
            return found, False
        if self._take(size - kept + 1)[-1:] != b"\n":
            self._fail("answers in an unknown form")
        return found, True

    def _line(self) -> str:
        while (end := self._buffer.find(b"\n", self._at)) < 0:
            if len(self._buffer) - self._at > CHUNK:
                self._fail("answers in an unknown form")
            self._buffer, self._at = self._buffer[self._at :] + self._receive(), 0
        line, self._at = self._buffer[self._at : end], end + 1
        return line.decode("utf-8", "replace")

    def _take(self, count: int) -> bytes:
        have = len(self._buffer) - self._at
        if have < count:
            parts = [self._buffer[self._at :]]
            while have < count:
                parts.append(self._receive())
                have += len(parts[-1])
            self._buffer, self._at = b"".join(parts), 0
        data = self._buffer[self._at : self._at + count]
        self._at += count
        return data

    def _receive(self) -> bytes:
        if not self._poll.poll(reader.TIMEOUT * 1000):
            self._fail(f"did not answer within {reader.TIMEOUT:.0f} seconds")
        chunk = os.read(self._output.fileno(), CHUNK)
        if not chunk:
            self.close()
            kind = EndedError if self._process.returncode == FATAL else CannotJudgeError
            self._fail("ended early", kind)
        return chunk

    def _fail(self, what: str, kind: type[CannotJudgeError] = CannotJudgeError) -> NoReturn:
        self.close()
        message = f"`git cat-file` {what}"
        raise kind(message, self._remedy())
