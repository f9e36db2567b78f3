"""Tries mutants, each in a fork of its own that a hanging or greedy one cannot leave."""

from __future__ import annotations

import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from shutil import rmtree
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from tools.mutation.mutants import Mutant
    from tools.mutation.reach import Reach

Subject = TypeVar("Subject")
SURVIVED, KILLED, NOT_TRIED = 0, 1, 77
KILLER = "killer"
"""The file in which a trial notes the test that it runs."""
MEMORY = 8 << 30
"""What a mutant may take, in bytes, before it counts as noticed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a mutant fared."""

    mutant: Mutant
    status: int
    """Negative: the signal that ended it, such as that of a test that takes far too long."""
    killer: str = ""


class Order:
    """Which tests meet a mutant, the likeliest to notice first, and no more than time allows."""

    def __init__(self, reach: Reach, patience: float) -> None:
        self.reach = reach
        self.patience = patience
        self.breadth = reach.breadth()

    def tests(self, mutant: Mutant) -> Iterator[str]:
        """Those that are most about the mutant for the time that they take.

        Of a module without functions nobody knows who uses it: then those that run most.
        """
        seconds = self.reach.seconds
        depth = self.reach.tests(mutant.path, mutant.line)

        def likely(test: str) -> tuple[float, str]:
            return -(depth[test] or self.breadth[test]) / (seconds[test] or 0.01), test

        spent = 0.0
        for test in sorted(depth, key=likely):
            if spent < self.patience:
                yield test
            spent += seconds[test]


def each(
    trials: Iterable[tuple[Subject, Callable[[Path], int]]], jobs: int, scratch: Path
) -> Iterator[tuple[Subject, int, str]]:
    """Run trials in forks, so many at a time: of what, its status, the test that ended it."""
    running: dict[int, Subject] = {}
    try:
        for subject, trial in trials:
            if len(running) == jobs:
                yield _ended(running, scratch)
            child = os.fork()
            if not child:
                os._exit(_alone(trial, scratch))
            running[child] = subject
        while running:
            yield _ended(running, scratch)
    finally:
        for child in running:
            _end(child)


def room(scratch: Path) -> Path:
    """A directory of this process's own, where its tests get theirs."""
    own = scratch / str(os.getpid())
    own.mkdir()
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(own)
    return own


def _ended(running: dict[int, Subject], scratch: Path) -> tuple[Subject, int, str]:
    child, status = os.wait()
    _end(child)
    own = scratch / str(child)
    note = own / KILLER
    killer = note.read_text(encoding="utf-8") if note.exists() else ""
    rmtree(own, ignore_errors=True)
    # A test that ended the whole process has not passed.
    return running.pop(child), os.waitstatus_to_exitcode(status) or bool(killer), killer


def _end(child: int) -> None:
    """Whatever it has started ends with it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _alone(trial: Callable[[Path], int], scratch: Path) -> int:
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(silence, stream)
    try:
        return trial(room(scratch) / KILLER)
    except BaseException:  # noqa: BLE001 - whatever a mutant raises has noticed it
        return KILLED
