"""The whole run's time: past it, what is left is not judged, and the gate stays closed.

Between two models the run looks at the clock itself. What hangs inside of one is ended by a timer
in a thread of its own, as far as the caller says how.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

GRACE = 5.0
"""Seconds that one model may take beyond the deadline before the timer ends the process."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a run of so many seconds ends, on the monotonic clock."""

    seconds: int
    end: float

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return monotonic() >= self.end

    @property
    def end_of_processes(self) -> float:
        """When the system ends those that work for this one: the timer would end this one too."""
        return self.end + GRACE / 2

    def error(self, judged: int, models: int) -> CannotJudgeError:
        """What a run that passed it has to say."""
        return CannotJudgeError(
            f"the run passed its limit of {self.seconds} seconds: {judged} of {models} models "
            "were judged, and this report is incomplete",
            "judge fewer models at once, or have the policy's owners raise `limits.max_seconds`",
        )


@contextmanager
def within(seconds: int, expired: Callable[[int], object] | None) -> Iterator[Deadline]:
    """A deadline from now on; `expired` is called from another thread where nobody minds it."""
    deadline = Deadline(seconds, monotonic() + seconds)
    if expired is None:
        yield deadline
        return
    timer = Timer(seconds + GRACE, expired, [seconds])
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()
