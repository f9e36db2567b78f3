"""What is said where there is no release to compare with."""

from __future__ import annotations

import pytest
from measured import codes
from measured import findings
from measured import only
from measured import places
from measured import rows
from measured import skips
from regressed import judged

from snitch.findings import Severity


def test_a_first_release_is_told_and_held_to_bounds_only() -> None:
    found = judged('"auc": 0.9', None)
    (skip,) = skips(found)
    assert (skip.reason, skip.excused, skip.whole) == ("first release", True, False)
    assert places(found) == [("REG313", 3, 1)]
    assert only(found).level is Severity.WARNING
    assert rows(found)[None, "auc"].verdict == "new"
    assert rows(found)[None, "auc"].delta is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("auc: {min: 0.5}", []),
        ("auc: {max: 1}", []),
        ("mae: {max: 9}", []),
        ("auc: {critical: true}, mae: {max: 9}", ["REG313"]),
        ("auc: {critical: true, min: 0.5}", []),
        ("auc: {critical: true, min: 0.5}, mae: {critical: true}", []),
        ("auc: {range: [0, 1]}", ["REG313"]),
        ("other: {min: 1}", ["REG313"]),
    ],
)
def test_a_first_release_needs_a_bound_on_a_critical_metric(keys: str, expected: list[str]) -> None:
    assert codes(judged('"auc": 0.9, "mae": 1', None, f"metrics: {{{keys}}}")) == expected


def test_a_first_release_without_metrics_asks_for_no_bound() -> None:
    assert codes(judged("", None)) == []


@pytest.mark.parametrize(
    ("baseline", "excused", "expected", "verdict"),
    [
        ("none", False, [], "new"),
        ("unreadable", False, [], "not-comparable"),
        ("mended", True, ["REG305"], "not-comparable"),
    ],
)
def test_a_baseline_that_is_not_there_is_said_and_bounds_hold(
    baseline: str, *, excused: bool, expected: list[str], verdict: str
) -> None:
    keys = "metrics: {auc: {min: 0.5}}"
    found = judged('"auc": 0.9', None, keys, baseline=baseline)
    assert codes(found) == expected
    assert all(one.level is Severity.WARNING for one in findings(found))
    (skip,) = skips(found)
    assert (skip.excused, skip.whole) == (excused, True)
    assert rows(found)[None, "auc"].verdict == verdict
    assert "REG304" in codes(judged('"auc": 0.4', None, keys, baseline=baseline))


def test_a_deployed_release_without_metrics_is_a_warning() -> None:
    found = judged('"auc": 0.9', "")
    assert places(found) == [("REG305", 3, 1)]
    assert only(found).level is Severity.WARNING
    assert only(found).message == "no metric was compared: the deployed release has no metrics"
    (skip,) = skips(found)
    assert (skip.whole, skip.excused) == (False, False)
    assert rows(found)[None, "auc"].verdict == "new"


def test_a_rollback_is_excused_from_all_but_broken_numbers() -> None:
    keys = "metrics: {auc: {min: 0.99}, seconds: {ignore: true}}"
    new = '"auc": 0.1, "f1": NaN, "seconds": NaN'
    found = judged(new, '"auc": 0.9', keys, rollback="0123456789abcdef")
    assert codes(found) == ["REG306"]
    assert only(found).metric == "f1"
    (skip,) = skips(found)
    assert skip.reason == "rollback to the state of commit 0123456789ab"
    assert (skip.excused, skip.whole) == (True, True)


def test_significance_without_evidence_is_compared_exactly_and_says_so() -> None:
    found = judged('"auc": 0.8', '"auc": 0.9', "regression: {mode: significance}")
    assert codes(found) == ["REG301"]
    assert "compared exactly: the candidate gives no per-item results" in only(found).message
