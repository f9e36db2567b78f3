"""Which merge moved a metric, by how much, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.comparison import metric_rows
from snitch.engine.ledger.history import describe
from snitch.engine.ledger.history import walk
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy.nearest import nearest
from snitch.registry.history import PastRelease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.history import Deployment
    from snitch.findings import MetricChange

STILL = frozenset({"0", None})


@dataclass(frozen=True, slots=True)
class Movement:
    """One release that changed the metric."""

    deployment: Deployment
    before: str | None
    """The release's before it; None where the metric is new."""
    row: MetricChange
    """The two compared, by the policy in force now."""


@dataclass(frozen=True, slots=True)
class Blame:
    """The past of one metric in production, the newest movement first."""

    model: str
    metric: str
    slice: str | None
    movements: tuple[Movement, ...]


def blame(book: Book, model: str, metric: str, slice_: str | None = None) -> Blame:
    """Every release of production that moved a metric.

    Raises:
        CannotJudgeError: production never held the model, or no release has the metric.
    """
    past = [one for one in walk(book, model) if isinstance(one, PastRelease)]
    found = []
    described = describe(book, past)
    for (one, deployment), older in _pairs(past, described):
        before = None if older is None else older.release
        for row in metric_rows(book, one.release, before):
            if (row.slice, row.name) == (slice_, metric) and _moved(row):
                version = None if before is None else before.metadata.version
                found.append(Movement(deployment, version, row))
    if not found:
        raise _unknown(past, metric, slice_)
    return Blame(past[0].release.name, metric, slice_, tuple(found))


def _pairs(
    past: Sequence[PastRelease], described: Sequence[Deployment]
) -> list[tuple[tuple[PastRelease, Deployment], PastRelease | None]]:
    both = list(zip(past, described, strict=True))
    older = [*past[1:], None]
    return list(zip(both, older, strict=True))


def _moved(row: MetricChange) -> bool:
    return row.delta not in STILL or row.candidate is None or row.deployed is None


def _unknown(past: Sequence[PastRelease], metric: str, slice_: str | None) -> CannotJudgeError:
    keys = {key for one in past for key in one.release.metrics}
    names = sorted({name for part, name in keys if part == slice_})
    of = "" if slice_ is None else f" of slice `{slice_}`"
    hint = nearest(metric, names)
    remedy = (
        f"the nearest is `{hint}`"
        if hint
        else f"name one of {', '.join(names[:10])}"
        if names
        else f"see what it measures: snitch show {past[0].release.name}"
    )
    return CannotJudgeError(f"no release has a metric `{metric}`{of}", remedy)
