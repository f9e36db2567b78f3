"""The past of critical metrics, for reports that draw it: read from production's history."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from itertools import islice
from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.yardstick import alike
from snitch.checks.yardstick import identity
from snitch.engine.aligned import in_line
from snitch.findings import CannotJudgeError
from snitch.findings import Trend
from snitch.findings import TrendPoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.selected import Selected
    from snitch.engine.session import Session
    from snitch.findings import MetricChange
    from snitch.findings import ModelReport
    from snitch.findings import Report
    from snitch.registry.release import Release

RELEASES = 10
"""How many past releases a trend shows at most."""
MODELS = 50
"""How many models of a run have their past read at most, those with findings first."""


def with_trends(session: Session, models: Sequence[Selected], report: Report) -> Report:
    """Return the report with its models' trends, and a notice about those that have none.

    A past that cannot be read judges nothing, so it fails nothing either.

    The models are in the order of the report's.
    """
    troubled = {finding.model for finding in report.findings}
    troubled |= {failure.model for failure in report.failures}
    found, notices = list(report.models), []
    drawn = [index for index, model in enumerate(found) if _critical(model)]
    drawn.sort(key=lambda index: found[index].name not in troubled)
    for index in drawn[:MODELS]:
        trends, trouble = _read(session, models[index], found[index])
        found[index] = replace(found[index], trends=trends)
        notices += trouble
    if len(drawn) > MODELS:
        notices.append(f"trends are drawn for {MODELS} of {len(drawn)} models, troubled ones first")
    return replace(report, models=tuple(found), notices=(*report.notices, *notices))


def _read(
    session: Session, model: Selected, report: ModelReport
) -> tuple[tuple[Trend, ...], list[str]]:
    try:
        return tuple(_trends(session, model, report)), []
    except CannotJudgeError as error:
        return (), [f"the past of `{report.name}` cannot be read: {error.message}"]


def _critical(model: ModelReport) -> list[MetricChange]:
    return [
        row
        for row in model.metrics
        if row.critical and row.slice is None and row.deployed is not None
    ]


def _trends(session: Session, model: Selected, report: ModelReport) -> Iterator[Trend]:
    releases = _releases(session, model)
    for row in _critical(report):
        past = tuple(points(releases, row.name))[::-1]
        candidate = None
        if row.candidate is not None and row.verdict != "not-comparable":
            candidate = TrendPoint(report.version, row.candidate)
        if past:
            yield Trend(row.name, row.direction, past, candidate)


def _releases(session: Session, model: Selected) -> list[Release]:
    """The last releases of production, the newest first, each version once as it was last."""
    if session.tip is None or model.deployed is None:
        return []
    past = session.registry.releases(session.tip, model.deployed)
    named = in_line(one.release for one in past)
    by_version = groupby(named, lambda release: release.metadata.version)
    return [next(same) for _, same in islice(by_version, RELEASES)]


def points(releases: Sequence[Release], name: str) -> Iterator[TrendPoint]:
    """The metric's values, the newest first, back to where another benchmark was in use."""
    last = None
    for release in releases:
        metric = release.metrics.get((None, name))
        if metric is None or metric.value is None:
            continue
        now = identity(release, metric)
        if last is not None and not alike(now, last):
            return
        last = now
        yield TrendPoint(release.metadata.version, plain(metric.value))
