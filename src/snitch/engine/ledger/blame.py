"""Which merge moved a metric, by how much, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.comparison import metric_rows
from snitch.engine.ledger.history import history
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy.nearest import nearest

if TYPE_CHECKING:
    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.history import Deployment
    from snitch.engine.ledger.history import History
    from snitch.findings import MetricChange
    from snitch.registry.release import Release

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
    past = history(book, model)
    found = []
    before: Release | None = None
    for one in reversed(past.deployments):
        if one.release is None:
            continue
        for row in metric_rows(book, one.release, before):
            if (row.slice, row.name) == (slice_, metric) and _moved(row):
                version = None if before is None else before.metadata.version
                found.append(Movement(one, version, row))
        before = one.release
    if not found:
        raise _unknown(past, metric, slice_)
    return Blame(past.model, metric, slice_, tuple(reversed(found)))


def _moved(row: MetricChange) -> bool:
    return row.delta not in STILL or row.candidate is None or row.deployed is None


def _unknown(past: History, metric: str, slice_: str | None) -> CannotJudgeError:
    releases = [one.release for one in past.deployments if one.release is not None]
    keys = {key for release in releases for key in release.metrics}
    names = sorted(name for part, name in keys if part == slice_)
    of = "" if slice_ is None else f" of slice `{slice_}`"
    hint = nearest(metric, names)
    remedy = (
        f"the nearest is `{hint}`"
        if hint
        else f"name one of {', '.join(names[:10])}"
        if names
        else f"see what it measures: snitch show {past.model}"
    )
    return CannotJudgeError(f"no release has a metric `{metric}`{of}", remedy)
