"""Work spread over forked processes: each takes every n-th task, and results come back in order.

A process is a fork of the caller as it stands, so that all of them know what it knows. Whatever
interrupts the caller ends its processes.
"""

from __future__ import annotations

import gc
import os
import signal
import warnings
from contextlib import contextmanager
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from snitch.engine.jobs import LostProcessError
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import BinaryIO

    Task = TypeVar("Task")
    Result = TypeVar("Result")


LIFE = 8
"""Tasks that a process lives for. The next one shares its caller's memory anew, and asks a Git that
has read nothing yet, so that what they take does not grow with the number of tasks."""


def spread(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, end: float | None = None
) -> Iterator[Result]:
    """What the work makes of each task, in their order.

    The work is called in another process, from which its result is pickled; the system ends them at
    `end`, on the monotonic clock.

    Raises:
        LostProcessError: a process ended before its work was done.
        CannotJudgeError: the work raised it.
    """
    workers: list[_Worker] = []
    collecting = gc.isenabled()
    # To look for garbage is to touch every object, and what is touched is shared no more.
    gc.disable()
    try:
        workers.extend(_Worker(work, tasks[at::jobs], end) for at in range(jobs))
        for number in range(len(tasks)):
            yield workers[number % jobs].receive()
    finally:
        for worker in workers:
            worker.end()
        if collecting:
            gc.enable()


@contextmanager
def beside(work: Callable[[Task], Result], task: Task, jobs: int) -> Iterator[Callable[[], Result]]:
    """Work that goes on in a process of its own: call what is given for its result.

    Its result is pickled. With one job the work waits until it is asked for.

    Raises:
        LostProcessError: of the call, where the process ended before its work was done.
        CannotJudgeError: of the call, where the work raised it.
    """
    if jobs < 2:  # noqa: PLR2004 - one process is this one
        yield lambda: work(task)
        return
    worker = _Worker(work, [task], None)
    try:
        yield worker.receive
    finally:
        worker.end()


class _Worker:
    """Forked processes, one after the other, that send what comes out of tasks, in their order."""

    def __init__(
        self, work: Callable[[Any], Any], tasks: Sequence[object], end: float | None
    ) -> None:
        self._work = work
        self._tasks = tasks
        self._until = end
        self._start()

    def _start(self) -> None:
        """Fork the process that does the next tasks."""
        tasks, self._tasks = self._tasks[:LIFE], self._tasks[LIFE:]
        self._left = len(tasks)
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            # A deadline's thread only waits, and holds nothing that a child could miss.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if not self._process:
            os.close(reading)
            _live(self._work, tasks, self._until, writing)
        os.close(writing)
        self._results: BinaryIO = os.fdopen(reading, "rb")

    def receive(self) -> Any:  # noqa: ANN401 - whatever the work makes
        """What the next task gave."""
        import pickle  # noqa: PLC0415 - only audits have processes

        try:
            result, refusal = pickle.load(self._results)  # noqa: S301 - written by our own child
        except (EOFError, pickle.UnpicklingError):
            raise LostProcessError from None
        if refusal is not None:
            raise CannotJudgeError(*refusal)
        self._left -= 1
        if self._tasks and not self._left:
            self.end()
            self._start()
        return result

    def end(self) -> None:
        """End the process, whatever it is doing; what it asked of Git ends with it."""
        self._results.close()
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _live(
    work: Callable[[Any], Any], tasks: Sequence[object], end: float | None, writing: int
) -> None:
    """The whole life of a child: it never returns into what its parent was doing."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if end is not None:
            _end_at(end)
        # Little is garbage in cycles; to look for it after every few objects takes a twentieth.
        gc.freeze()
        gc.enable()
        gc.set_threshold(50_000)
        with os.fdopen(writing, "wb") as results:
            for task in tasks:
                results.write(_message(work, task))
                results.flush()
    finally:
        os._exit(0)


def _end_at(moment: float) -> None:
    """Have the system end this process then, whatever it is doing: nobody else would."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(moment - monotonic(), 0.001))


def _message(work: Callable[[Any], Any], task: object) -> bytes:
    import pickle  # noqa: PLC0415 - only audits have processes

    try:
        return pickle.dumps((work(task), None))
    except CannotJudgeError as error:
        return pickle.dumps((None, (error.message, error.remedy)))
