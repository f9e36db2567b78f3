"""Judges models in chunks, over processes where they are many.

Processes start after the selection, so that all of them judge the same commits by the same policy.
One reads ahead what a chunk needs and forgets it with the next, so that memory does not grow with
the repository.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.engine.jobs import jobs_for
from snitch.engine.judging import judge
from snitch.policy.effective import policy_for
from snitch.rounds import rounds
from snitch.snapshots import read_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.deadline import Deadline
    from snitch.engine.judging import Judged
    from snitch.engine.selected import Selected
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.registry.location import Location

CHUNK = 64
"""Models judged between two looks at the disk."""


def judge_all(session: Session, selection: Selection, deadline: Deadline) -> Iterator[Judged]:
    """Judge the selected models in their order, as many as the deadline leaves time for.

    Raises:
        LostProcessError: a process ended before its work was done.
        CannotJudgeError: what stopped one of them stops the run.
    """
    models = selection.models
    jobs = min(jobs_for(session.request.jobs, len(models)), -(-len(models) // CHUNK))
    if jobs < 2:  # noqa: PLR2004 - one process is this one
        for chunk in rounds(models, CHUNK):
            yield from _judged(session, selection, chunk, deadline)
        return
    from snitch.engine.processes import spread  # noqa: PLC0415 - only for audits

    # Whatever a model's judgement loads and compiles, all processes then share. A plugin may never
    # end, and only in a process of its own can the report tell so.
    shared = 0 if session.loaded.policy.plugins else 1
    yield from _judged(session, selection, models[:shared], deadline)
    chunks = list(rounds(models[shared:], CHUNK))
    # From here on others ask Git: what this process's own has read need not stay in memory.
    session.repository.close()
    none = type(session.loaded.policy).model_construct()

    def work(chunk: Sequence[Selected]) -> list[Judged]:
        # Every process has the policy: it need not go from one to the other.
        return [replace(one, policy=none) for one in _judged(session, selection, chunk, deadline)]

    for judged in spread(work, chunks, jobs, deadline.end_of_processes):
        for one in judged:
            yield replace(one, policy=policy_for(session.loaded.policy, one.report.name))
        if len(judged) < CHUNK:
            return  # the last of them, or time is up


def _judged(
    session: Session, selection: Selection, models: Sequence[Selected], deadline: Deadline
) -> Iterator[Judged]:
    wanted = [(session.candidate, _directories(model.location for model in models))]
    if session.baseline is not None:
        # What production holds of an unchanged model is what the candidate holds.
        differing = (model.deployed for model in models if model.change != "unchanged")
        wanted.append((session.baseline, _directories(differing)))
    read_ahead(*wanted)
    for model in models:
        if deadline.passed:
            return
        yield judge(session, selection, model)


def _directories(locations: Iterable[Location | None]) -> list[str]:
    return [place.path for place in locations if place is not None and place.root is None]
