from __future__ import annotations

import os
import time
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from snitch.engine.jobs import WORTH
from snitch.engine.jobs import LostProcessError
from snitch.engine.jobs import jobs_for
from snitch.engine.jobs import processors
from snitch.engine.processes import LIFE
from snitch.engine.processes import beside
from snitch.engine.processes import spread
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_affinity = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="this system gives a process all processors"
)


@pytest.fixture
def one_processor() -> Iterator[None]:
    """A process that may use one only, of however many there are."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, [min(allowed)])
    yield
    os.sched_setaffinity(0, allowed)


@needs_affinity
@pytest.mark.usefixtures("one_processor")
def test_a_processor_that_is_not_allowed_does_not_count() -> None:
    assert processors() == 1


@pytest.mark.parametrize(
    ("asked", "models", "jobs"),
    [
        (0, 1, 1),
        (0, WORTH - 1, 1),
        (0, WORTH, processors()),
        (0, 10 * WORTH, processors()),
        (1, 10 * WORTH, 1),
        (3, 1, 3),
        (3, 10 * WORTH, 3),
    ],
)
def test_many_models_get_all_processors_where_nobody_says(
    asked: int, models: int, jobs: int
) -> None:
    assert jobs_for(asked, models) == jobs


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
def test_results_come_in_the_order_of_their_tasks(jobs: int) -> None:
    results = spread(lambda task: (task * task, os.getpid()), range(7), jobs)

    squares, processes = zip(*results, strict=True)

    assert squares == (0, 1, 4, 9, 16, 25, 36)
    assert len({*processes} - {os.getpid()}) == jobs


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_has_done_enough_is_followed_by_another(jobs: int) -> None:
    count = jobs * (2 * LIFE + 1)

    tasks, processes = zip(
        *spread(lambda task: (task, os.getpid()), range(count), jobs), strict=True
    )

    assert tasks == tuple(range(count))
    assert len(set(processes)) == 3 * jobs


def test_what_stops_the_work_of_a_later_process_is_said_as_well() -> None:
    def stop(task: int) -> int:
        if task == LIFE:
            raise CannotJudgeError("no tree", "fetch it")
        return task

    work = spread(stop, range(LIFE + 1), 1)

    assert [next(work) for _ in range(LIFE)] == [*range(LIFE)]
    with pytest.raises(CannotJudgeError, match="no tree"):
        next(work)


def test_what_stops_the_work_is_said_as_the_work_says_it() -> None:
    def stop(_: int) -> None:
        raise CannotJudgeError("no tree", "fetch it")

    with pytest.raises(CannotJudgeError) as told:
        list(spread(stop, range(2), 2))

    assert (told.value.message, told.value.remedy) == ("no tree", "fetch it")


@pytest.mark.parametrize("seconds", [-60, -0.5, 0, 0.2])
def test_a_process_that_works_past_its_end_is_ended(seconds: float) -> None:
    work = spread(lambda _: time.sleep(0.8), range(1), 1, monotonic() + seconds)

    with pytest.raises(LostProcessError):
        list(work)


@pytest.mark.parametrize("seconds", [None, 24 * 60 * 60])
def test_a_process_that_has_time_is_not_ended(seconds: float | None) -> None:
    end = None if seconds is None else monotonic() + seconds

    assert list(spread(str, range(2), 1, end)) == ["0", "1"]


@pytest.mark.parametrize(("jobs", "elsewhere"), [(1, False), (2, True), (7, True)])
def test_work_beside_gives_its_result_to_whoever_asks(jobs: int, elsewhere: bool) -> None:  # noqa: FBT001 - a parameter
    with beside(lambda task: (task + 1, os.getpid()), 41, jobs) as result:
        found, process = result()

    assert found == 42
    assert (process != os.getpid()) is elsewhere


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_stops_the_work_beside_is_said_where_its_result_is_asked_for(jobs: int) -> None:
    def stop(_: int) -> None:
        raise CannotJudgeError("no tree", "fetch it")

    with beside(stop, 0, jobs) as result, pytest.raises(CannotJudgeError, match="no tree"):
        result()


def test_work_beside_of_which_nobody_wants_the_result_is_ended() -> None:
    start = monotonic()
    with beside(time.sleep, 60, 2):
        pass
    assert monotonic() - start < 30
