"""Runs one command and weighs it: wall time, processor time of the whole tree, peak memory."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of the process and all that it waited for."""
    memory: int
    """Bytes: the largest sum of proportional set sizes over the process tree."""
    status: int


def run(command: Sequence[str], directory: Path) -> Run:
    """Run a command to its end, its output thrown away."""
    # Snitch is measured as it is installed: with its modules compiled.
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    }
    start = time.perf_counter()
    process = os.fork()
    if not process:
        _become(command, directory, environ)
    weighing = _Weighing(process)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    weighing.done.set()
    weighing.join()
    return Run(
        wall, used.ru_utime + used.ru_stime, weighing.peak, os.waitstatus_to_exitcode(status)
    )


def _become(command: Sequence[str], directory: Path, environ: dict[str, str]) -> None:
    try:
        os.chdir(directory)
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.execvpe(command[0], list(command), environ)  # noqa: S606 - a benchmark runs programs
    finally:
        os._exit(127)


class _Weighing(threading.Thread):
    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.done = threading.Event()
        self.peak = 0
        self.start()

    def run(self) -> None:
        while not self.done.wait(INTERVAL):
            self.peak = max(self.peak, sum(map(_size, _tree(self.process))))


def _tree(process: int) -> list[int]:
    found = [process]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += map(int, children.split())
    return found


def _size(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    lines = (line.split() for line in text.splitlines())
    return sum(int(words[1]) * 1024 for words in lines if words[0] == "Pss:")
