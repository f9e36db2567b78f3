"""Spreads judging over processes: each takes every n-th chunk, and results come back in order.

A process is a fork of the run as it stands after the selection, so that all of them judge the same
commits by the same policy. It reads ahead what one chunk needs and forgets it with the next, so
that memory does not grow with the repository.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import warnings
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from snitch.engine.deadline import GRACE
from snitch.engine.judging import judge
from snitch.findings import CannotJudgeError
from snitch.policy.effective import policy_for
from snitch.snapshots import read_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import BinaryIO

    from snitch.engine.deadline import Deadline
    from snitch.engine.judging import Judged
    from snitch.engine.selected import Selected
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session

CHUNK = 64
"""Models judged between two looks at the disk."""
WORTH = 4 * CHUNK
"""Models from which on processes of their own are worth their start."""


class LostProcessError(CannotJudgeError):
    """A process of the audit ended before its work was done, and with it what it had judged."""

    def __init__(self) -> None:
        super().__init__(
            "a process of this audit ended before its work was done, and this report is incomplete",
            "look for want of memory, and run again with `--jobs 1`",
        )


def judge_all(session: Session, selection: Selection, deadline: Deadline) -> Iterator[Judged]:
    """Judge the selected models in their order, as many as the deadline leaves time for.

    Raises:
        LostProcessError: a process ended before its work was done.
        CannotJudgeError: what stopped one of them stops the run.
    """
    models = selection.models
    chunks = [models[start : start + CHUNK] for start in range(0, len(models), CHUNK)]
    jobs = min(_jobs(session.request.jobs, len(models)), len(chunks))
    if jobs < 2:  # noqa: PLR2004 - one process is this one
        for chunk in chunks:
            yield from _judged(session, selection, chunk, deadline)
        return
    workers: list[_Worker] = []
    try:
        workers.extend(
            _Worker(session, selection, chunks[at::jobs], deadline) for at in range(jobs)
        )
        for number, chunk in enumerate(chunks):
            judged = workers[number % jobs].receive()
            for one in judged:
                policy = policy_for(session.loaded.policy, one.report.name)
                yield replace(one, policy=policy)
            if len(judged) < len(chunk):
                return
    finally:
        for worker in workers:
            worker.end()


def _jobs(asked: int, models: int) -> int:
    """As many as asked for, or where nobody says (0), all processors for a large audit."""
    if asked or models < WORTH:
        return asked or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _judged(
    session: Session, selection: Selection, models: Sequence[Selected], deadline: Deadline
) -> Iterator[Judged]:
    snapshots = [session.candidate, *([session.baseline] if session.baseline is not None else [])]
    read_ahead(snapshots, [model.location.path for model in models if model.location.root is None])
    for model in models:
        if deadline.passed:
            return
        yield judge(session, selection, model)


class _Worker:
    """A forked process that judges chunks and sends what comes out, one message a chunk."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        chunks: Sequence[Sequence[Selected]],
        deadline: Deadline,
    ) -> None:
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            # The deadline's thread only waits, and holds nothing that a child could miss.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if not self._process:
            os.close(reading)
            _work(session, selection, chunks, deadline, writing)
        os.close(writing)
        self._results: BinaryIO = os.fdopen(reading, "rb")

    def receive(self) -> list[Judged]:
        """What the next chunk gave.

        Raises:
            LostProcessError: the process ended early.
            CannotJudgeError: what stopped it.
        """
        try:
            judged = pickle.load(self._results)  # noqa: S301 - written by our own child
        except (EOFError, pickle.UnpicklingError):
            raise LostProcessError from None
        if isinstance(judged, tuple):
            raise CannotJudgeError(*judged)
        return list(judged)

    def end(self) -> None:
        """End the process, whatever it is doing; what it asked of Git ends with it."""
        self._results.close()
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _work(
    session: Session,
    selection: Selection,
    chunks: Sequence[Sequence[Selected]],
    deadline: Deadline,
    writing: int,
) -> None:
    """The whole life of a child: it never returns into what its parent was doing."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end_at(deadline.end + GRACE / 2)
        gc.freeze()
        with os.fdopen(writing, "wb") as results:
            for chunk in chunks:
                results.write(_message(session, selection, chunk, deadline))
                results.flush()
    finally:
        os._exit(0)


def _end_at(moment: float) -> None:
    """Have the system end this process then, whatever it is doing: nobody else would."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(moment - monotonic(), 0.001))


def _message(
    session: Session, selection: Selection, chunk: Sequence[Selected], deadline: Deadline
) -> bytes:
    try:
        policy = type(session.loaded.policy)()
        judged = [
            replace(one, policy=policy) for one in _judged(session, selection, chunk, deadline)
        ]
    except CannotJudgeError as error:
        return pickle.dumps((error.message, error.remedy))
    return pickle.dumps(judged)
