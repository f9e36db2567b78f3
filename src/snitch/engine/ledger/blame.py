"""Which merge moved a metric, by how much, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.comparison import metric_rows
from snitch.engine.ledger.history import history
from snitch.engine.ledger.unread import unmeasured
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy.nearest import nearest_or

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.history import Deployment
    from snitch.engine.ledger.history import History
    from snitch.findings import Failure
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
    unread: tuple[Deployment, ...] = ()
    """The releases of which it cannot be read, the newest first; where nothing of their metrics
    can, those around them are compared."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What Git cannot give, and what cannot be read of the newest release."""
        told = (one for one in self.unread if one.lost or one.until is None)
        return tuple(failure for one in told for failure in one.failures)


def blame(book: Book, model: str, metric: str, slice_: str | None = None) -> Blame:
    """Every release of production that moved a metric.

    Raises:
        CannotJudgeError: production never held the model, or no release has the metric.
    """
    past = history(book, model)
    found: list[Movement] = []
    unread: list[Deployment] = []
    before: Release | None = None
    for one in reversed(past.deployments):
        if one.release is None:
            unread += [one] if one.lost else []
            continue
        if not _tells(one.release, metric, slice_):
            unread.append(one)
        if unmeasured(one.release):
            continue
        for row in metric_rows(book, one.release, before):
            if (row.slice, row.name) == (slice_, metric) and _moved(row):
                version = None if before is None else before.metadata.version
                found.append(Movement(one, version, row))
        before = one.release
    if not found:
        raise _unreadable(past, metric, unread) if unread else _unknown(past, metric, slice_)
    return Blame(past.model, metric, slice_, tuple(reversed(found)), tuple(reversed(unread)))


def _tells(release: Release, metric: str, slice_: str | None) -> bool:
    """Whether it can be read what a release says of the metric, be it nothing."""
    said = release.metrics.get((slice_, metric))
    return not unmeasured(release) and (said is None or said.value is not None)


def _moved(row: MetricChange) -> bool:
    return row.delta not in STILL or row.candidate is None or row.deployed is None


def _unreadable(past: History, metric: str, unread: Sequence[Deployment]) -> CannotJudgeError:
    message = f"no release that can be read has a metric `{metric}`, and {len(unread)} cannot be"
    return CannotJudgeError(message, f"see why: snitch history {past.model}")


def _unknown(past: History, metric: str, slice_: str | None) -> CannotJudgeError:
    releases = [one.release for one in past.deployments if one.release is not None]
    keys = {key for release in releases for key in release.metrics}
    if (slice_, metric) in keys:
        message = f"`{metric}` is measured, and nothing compares it: the standard ignores it"
        return CannotJudgeError(message, f"see its values: snitch show {past.model}")
    names = sorted(name for part, name in keys if part == slice_)
    of = "" if slice_ is None else f" of slice `{slice_}`"
    told = f"name one of {', '.join(names[:10])}"
    remedy = told if names else f"see what it measures: snitch show {past.model}"
    message = f"no release has a metric `{metric}`{of}"
    return CannotJudgeError(message, nearest_or(metric, names, remedy))
