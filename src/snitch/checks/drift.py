"""ART609: a recorded run's inputs are not what the repository holds now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.documents import Data

RUN_OUTDATED = Rule(
    code="ART609",
    name="run-outdated",
    severity=Severity.WARNING,
    summary="A parameter or data file differs from what the recorded run used.",
    why=(
        "The metrics and weights belong to the run that the lock file records. Where a parameter "
        "or the data has changed since, they describe another model than the one the "
        "repository now asks for, and the next reproduction gives other numbers."
    ),
    remedy=(
        "Run the pipeline again (`dvc repro`) and commit the lock file and the metrics with the "
        "parameter or data pointer that changed, or put the input back as the run used it."
    ),
    bad="params.yaml: train: {n_est: 325}\ndvc.lock:    train.n_est: 300",
    good="params.yaml: train: {n_est: 325}\ndvc.lock:    train.n_est: 325",
)
SHOWN = 40


def judge(subject: Subject) -> Iterator[Finding]:
    """One finding for each input, at the input."""
    seen: set[object] = set()
    for one in subject.candidate.drifted:
        place = one.actual.place
        key = (place.path, place.line, one.name)
        if key in seen:
            continue
        seen.add(key)
        yield Finding(
            RUN_OUTDATED,
            f"{quoted(one.name)} is {_shown(one.actual.value)}, and the run that "
            f"`{one.recorded.source.path}` records used {_shown(one.recorded.value)}",
            "run the pipeline again and commit what it writes, or put the input back",
            place,
        )


def _shown(value: Data) -> str:
    match value:
        case dict() | list():
            return "another value"
        case None:
            return "empty"
        case bool():
            return quoted(str(value).lower())
        case _:
            return quoted(str(value)[:SHOWN])
