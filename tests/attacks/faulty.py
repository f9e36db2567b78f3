"""Run by the fault test as a program of its own: one run of Snitch for each thing that can fail.

Arguments: the repository, a directory for what the runs write, how many of the many reads and
opens are made to fail (0 for every one), and options of `check`. Snitch is imported once and
forked for every run; in the fork the n-th call of one kind fails. One JSON line a run.
"""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from snitch import cli
from snitch.engine import checking  # noqa: F401 - what every run needs, imported once
from snitch.reports import concise  # noqa: F401
from snitch.reports import json_report  # noqa: F401
from snitch.snapshots import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

KINDS = {
    "git": ("ENOMEM", "killed", "failed", "hangs"),
    "write": ("ENOSPC", "EPIPE"),
    "print": ("ENOSPC", "EPIPE"),
    "rename": ("EIO",),
    "list": ("EIO",),
    "read": ("EIO", "short", "killed"),
    "open": ("EIO", "EMFILE"),
}
"""What is counted, and the ways in which each call is made to fail: an error, a child that
somebody kills (at its start, or before the n-th read), that fails at once or never answers, and a
read that gives less than was asked for."""
MANY = ("read", "open")
STAND_INS = {"failed": ["false"], "hangs": ["sleep", "30"]}
PATIENCE = 2.0
"""Seconds that Git is given here."""


class Written:
    """A file to which one write fails, with half of it written."""

    def __init__(self, file: Any, shim: Shim, kind: str) -> None:
        self.file, self.shim, self.kind = file, shim, kind

    def write(self, data: Any) -> int:
        """Half of it, where this is the one; else all."""
        try:
            self.shim.hit(self.kind)
        except OSError:
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            raise
        return int(self.file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> Any:
        self.file.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self.file.__exit__(*raised)


class Shim:
    """Counts the calls of every kind, and makes one of them fail."""

    def __init__(self, kind: str = "", number: int = 0, how: str = "") -> None:
        self.target = (kind, number)
        self.how = how
        self.children: list[Any] = []
        self.counts = dict.fromkeys(KINDS, 0)

    def hit(self, kind: str) -> bool:
        """Count a call; whether it is the one."""
        self.counts[kind] += 1
        if (kind, self.counts[kind]) != self.target:
            return False
        if self.how.startswith("E"):
            raise OSError(getattr(errno, self.how), os.strerror(getattr(errno, self.how)))
        return True

    def install(self) -> None:
        """Put the shim around what the run calls."""
        for name, kind in (("open", "open"), ("scandir", "list"), ("listdir", "list")):
            self.wrap(os, name, kind)
        for name in ("rename", "replace"):
            self.wrap(os, name, "rename")
        self.wrap(builtins, "open", "open")
        self.wrap(io, "open", "open")
        self.wrap(os, "read", "read", before=self.half)
        self.wrap(os, "write", "write")
        self.wrap(subprocess, "Popen", "git", self.end)
        opened = os.fdopen

        def written(*args: Any, **named: Any) -> Any:
            return Written(opened(*args, **named), self, "write")

        os.fdopen = written
        sys.stdout = Written(sys.stdout, self, "print")
        git.TIMEOUT = PATIENCE

    def wrap(
        self,
        where: Any,
        name: str,
        kind: str,
        after: Callable[[Any], Any] = lambda it: it,
        *,
        before: Callable[..., Any] = lambda *args: args,
    ) -> None:
        """One function, counted; `before` and `after` change the call that is hit."""
        real = getattr(where, name)

        def wrapped(*args: Any, **named: Any) -> Any:
            hit = self.hit(kind)
            if hit and self.how in STAND_INS:
                return self.kept(kind, real(STAND_INS[self.how], **named))
            done = after(real(*before(*args), **named)) if hit else real(*args, **named)
            return self.kept(kind, done)

        setattr(where, name, wrapped)

    def kept(self, kind: str, done: Any) -> Any:
        """What a call gave; a child is remembered."""
        if kind == "git":
            self.children.append(done)
        return done

    def half(self, descriptor: int, count: int) -> tuple[int, int]:
        """A read that gives less than was asked for, as every read may, or of what has died."""
        if self.how == "killed":
            for child in self.children:
                child.kill()
            return descriptor, count
        return descriptor, count // 2 or 1

    def end(self, process: Any) -> Any:
        """A child that somebody kills as soon as it is there."""
        process.kill()
        return process


def run(repo: str, out: Path, shim: Shim) -> dict[str, Any]:
    """One run in a process of its own."""
    report, printed = out / "report.json", out / "printed"
    report.write_text("old")
    child = os.fork()
    if not child:
        os.chdir(repo)
        signal.alarm(60)
        handle = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(os.open(out / "errors", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        sys.argv = ["snitch", "check", *sys.argv[4:], f"--format=json={report}", "--format=concise"]
        status: Any = 0
        try:
            shim.install()
            status = cli.run()
        except BaseException:  # noqa: BLE001 - told as what it is
            status = 99
        counts = json.dumps(shim.counts)
        shim.target = ("", 0)
        (out / "counts").write_text(counts)
        os._exit(status)
    _, ended = os.waitpid(child, 0)
    return {
        "fault": [*shim.target, shim.how],
        "status": os.waitstatus_to_exitcode(ended),
        "printed": printed.read_text(),
        "errors": (out / "errors").read_text(),
        "report": report.read_text(),
        "counts": json.loads((out / "counts").read_text()),
        "left": sorted(os.listdir(out)),  # noqa: PTH208 - names are wanted
    }


def runs(repo: str, out: Path, most: int) -> None:
    """The truth first, then every call of Git, every write, and a choice of the many others."""
    truth = run(repo, out, Shim())
    tell(truth)
    for kind, ways in KINDS.items():
        count = truth["counts"][kind]
        numbers: Iterable[int] = range(1, count + 1)
        if most and kind in MANY:
            numbers = sorted({1 + at * (count - 1) // (most - 1) for at in range(most)})
        for number in numbers:
            for how in ways:
                tell(run(repo, out, Shim(kind, number, how)))


def tell(done: dict[str, Any]) -> None:
    """One line of the result."""
    sys.stdout.write(f"{json.dumps(done)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    runs(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
