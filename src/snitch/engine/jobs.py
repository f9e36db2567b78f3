"""How many processes judge, and the error of losing one; few runs have more than one."""

from __future__ import annotations

import os

from snitch.findings import CannotJudgeError

WORTH = 256
"""Models from which on processes of their own are worth their start."""


class LostProcessError(CannotJudgeError):
    """A process ended before its work was done, and with it what it had found."""

    def __init__(self) -> None:
        super().__init__(
            "a process ended before its work was done, and this report is incomplete",
            "look for want of memory, and run again; `snitch check --jobs 1` takes one process",
        )


def jobs_for(asked: int, models: int) -> int:
    """As many as asked for, or where nobody says (0), all processors for a large audit."""
    return processors() if not asked and models >= WORTH else asked or 1


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
