"""Metrics whose name holds the data that they were measured on, and data that was exchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from measured import codes
from measured import deployed
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import rows

from snitch.checks.check import Subject
from snitch.checks.regression import judge
from snitch.policy.model import MetricStandard
from snitch.policy.model import Policy
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Outcome
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

GATED = Policy(metrics={"slices.*.*.auc": MetricStandard(direction="higher")})


def on_data(one: Release, version: str | None = None) -> Release:
    """As layouts read it whose names are `<data>.<measure>`."""

    def told(metric: Metric) -> Metric:
        data, _, measure = metric.name.rpartition(".")
        identity = (data, version, None) if data else ()
        return replace(metric, identity=identity, measure=measure)

    return replace(one, metrics={key: told(metric) for key, metric in one.metrics.items()})


def judged(new: str, old: str, policy: Policy = GATED) -> list[Outcome]:
    """The metrics, or `metrics | slices`."""
    candidate, production = (measured(*text.split(" | ")) for text in (new, old))
    held = on_data(release(model(candidate))), on_data(release(deployed(production)))
    return list(judge(Subject(*held, policy, date(2026, 10, 5))))


def test_a_measure_on_other_data_is_told_as_not_comparable_where_it_stands() -> None:
    found = judged('"spring.auc": 0.5, "f1": 1', '"autumn.auc": 0.9, "f1": 1')
    one = only(found)
    assert one.rule.code == "REG305"
    assert one.message == (
        "`autumn.auc` was measured on `autumn`, and the candidate has `spring.auc` on `spring` "
        "instead"
    )
    assert one.remedy == (
        "measure the candidate on `autumn` too, or agree on the change of data with the policy's "
        "owners"
    )
    assert one.place is not None
    assert (one.place.line, one.place.column) == (3, 27)
    assert (one.metric, one.slice) == ("autumn.auc", None)
    assert {key: row.verdict for key, row in rows(found).items()} == {
        (None, "autumn.auc"): "not-comparable",
        (None, "f1"): "equal",
        (None, "spring.auc"): "new",
    }


def test_a_measure_of_a_slice_on_other_data_names_its_slice() -> None:
    one = only(judged('"f1": 1 | "a": {"spring.auc": 1}', '"f1": 1 | "a": {"autumn.auc": 1}'))
    assert (one.rule.code, one.metric, one.slice) == ("REG305", "autumn.auc", "a")
    assert one.message.startswith("`autumn.auc` of slice `a` was measured on `autumn`, and")


def test_a_name_that_stayed_and_was_measured_anew_takes_no_others_place() -> None:
    new = on_data(release(model(measured('"spring.auc": 1'))), "2")
    old = on_data(release(deployed(measured('"spring.auc": 1, "autumn.auc": 1'))))
    found = list(judge(Subject(new, old, GATED, date(2026, 10, 5))))
    assert [one.message.partition(" ")[0] for one in findings(found)] == [
        "`autumn.auc`",
        "`spring.auc`",
    ]
    assert codes(found) == ["REG302", "REG305"]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ('"spring.f1": 1', '"autumn.auc": 1'),
        ('"auc": 1', '"autumn.auc": 1'),
        ('"spring.auc": 1', '"auc": 1'),
        ('"spring.auc": 1', '"autumn.auc": 1, "spring.f1": 1'),
        ('"spring.auc": 1, "autumn.f1": 1', '"autumn.auc": 1'),
        ('"spring.auc": 1', '"autumn.auc": 1, "spring.auc": 1'),
        ('"f1": 1 | "a": {"spring.auc": 1}', '"autumn.auc": 1, "f1": 1'),
    ],
    ids=[
        "another measure",
        "nothing says on what it is measured now",
        "nothing says on what it was measured",
        "the new data is known already",
        "the old data is still measured on",
        "the name is known already",
        "another slice",
    ],
)
def test_whatever_is_no_exchange_of_data_is_dropped(new: str, old: str) -> None:
    assert "REG302" in codes(judged(new, old))
    assert "REG305" not in codes(judged(new, old))
