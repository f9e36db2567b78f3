"""How completely the metrics measure a benchmark, when, and when nobody asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from benchmarked import CURRENT
from benchmarked import SHA
from benchmarked import STANDARD
from benchmarked import declared
from benchmarked import judged
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import codes
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import places
from measured import skips

from snitch.checks.check import Subject
from snitch.checks.evaluation import CHECK
from snitch.checks.evaluation import judge
from snitch.findings import Severity
from snitch.policy.model import Policy
from snitch.testing import judge as judge_files
from snitch.testing import release

REQUIRES = STANDARD + "    required_metrics: [auc, log_loss]\n"


SLICES = STANDARD + '    required_slices: ["plan=*", region]\n'


def test_each_required_metric_must_be_there() -> None:
    found = judged(policy=REQUIRES, metrics='"auc": 1, "val.log_loss": 1')
    assert places(found) == [("BEN204", 3, 1)]
    assert only(found).message == (
        "`churn-standard` requires the metric `log_loss`; the metrics have none, but they "
        "have `val.log_loss`"
    )
    assert only(found).metric == "log_loss"
    assert codes(judged(policy=REQUIRES, metrics='"auc": 1, "log_loss": 1')) == []


def test_a_metric_of_a_slice_is_not_the_metric() -> None:
    found = judged(policy=REQUIRES, slices='"a": {"log_loss": 1}')
    assert codes(found) == ["BEN204"]
    assert only(found).message.endswith("the metrics have none")


def test_a_metric_that_is_no_number_is_not_missing() -> None:
    assert codes(judged(policy=REQUIRES, metrics='"auc": NaN, "log_loss": "x"')) == []


def test_required_metrics_are_asked_of_unnamed_benchmarks_too_and_once_each() -> None:
    both = REQUIRES + '  fairness: {current: "1", models: [churn], required_metrics: [log_loss]}\n'
    found = judged("", policy=both)
    assert codes(found) == ["BEN204", "BEN208", "BEN208"]


@pytest.mark.parametrize("policy", [REQUIRES, STANDARD, ""])
def test_no_metric_at_all_is_one_finding(policy: str) -> None:
    found = judged(policy=policy, metrics="")
    assert places(found) == [("BEN204", 3, 1)]
    assert only(found).message.startswith("the metrics file has no metric")


def test_each_required_slice_must_be_matched() -> None:
    found = judged(policy=SLICES, slices='"plan=free": {"auc": 1}, "regions": {"auc": 1}')
    assert places(found) == [("BEN205", 4, 1)]
    assert only(found).message == (
        "`churn-standard` requires a slice `region`; the metrics have `plan=free` and `regions`"
    )
    assert only(found).slice == "region"
    assert codes(judged(policy=SLICES, slices='"plan=a": {"auc": 1}, "region": {"auc": 1}')) == []


def test_a_slice_without_a_metric_is_not_measured() -> None:
    found = judged(policy=SLICES, slices='"plan=free": {"n": 10}, "region": {"auc": 1}')
    assert codes(found) == ["BEN205"]
    assert "the metrics have no slices" in findings(judged(policy=SLICES))[0].message


@pytest.mark.parametrize(
    ("evaluated", "as_of", "expected"),
    [
        ("2026-10-03T14:00:00Z", "2026-10-03", []),
        ("2026-10-04T23:59:59Z", "2026-10-03", []),
        ("2026-10-05T00:00:00Z", "2026-10-03", ["BEN206"]),
        ("2026-10-05T01:00:00+02:00", "2026-10-03", []),
        ("2026-10-03T12:00:00Z", "2026-10-05", []),
        ("2026-10-03T11:59:59Z", "2026-10-05", ["BEN206"]),
        ("2026-10-03", "2026-10-05", []),
        ("2026-10-02", "2026-10-05", ["BEN206"]),
    ],
)
def test_an_evaluation_lies_between_training_and_today(
    evaluated: str, as_of: str, expected: list[str]
) -> None:
    for policy in (STANDARD, ""):
        found = judged(CURRENT, f'"evaluated_at": "{evaluated}"', policy=policy, as_of=as_of)
        assert codes(found) == expected
        assert [place for _, *place in places(found)] == [[5, 17]] * len(expected)


def test_the_message_of_a_date_says_what_it_breaks() -> None:
    future = only(judged(CURRENT, '"evaluated_at": "2026-12-01T00:00:00Z"'))
    assert future.message == (
        "the evaluation is dated `2026-12-01T00:00:00Z`, after today (2026-10-05)"
    )
    early = only(judged(CURRENT, '"evaluated_at": "2026-10-01T00:00:00Z"'))
    assert early.message == (
        "the evaluation is dated `2026-10-01T00:00:00Z`, before training finished "
        "(`2026-10-03T12:00:00Z`)"
    )


@pytest.mark.parametrize(
    ("version", "day", "expected"),
    [
        ("2026.2", "2026-10-04T00:00:00Z", []),
        ("2026.2", "2026-10-03T23:59:59Z", ["BEN206"]),
        ("2026.1", "2026-10-03T23:59:59Z", ["BEN207"]),
    ],
)
def test_nothing_is_measured_on_a_benchmark_before_it_came_out(
    version: str, day: str, expected: list[str]
) -> None:
    policy = STANDARD.replace("2026-06-01", "2026-10-04")
    found = judged(declared(version) + ", " + SHA, f'"evaluated_at": "{day}"', policy=policy)
    assert codes(found) == expected
    if expected == ["BEN206"]:
        assert "before its benchmark was released (2026-10-04)" in only(found).message


def test_a_policy_without_benchmarks_says_so_and_dates_hold() -> None:
    found = judged("", policy="")
    assert [skip.reason for skip in skips(found)] == ["the policy names no benchmarks"]
    assert skips(found)[0].whole
    late = judged("", '"evaluated_at": "2027-01-01"', policy="")
    assert codes(late) == ["BEN206"]


def test_a_rollback_is_excused() -> None:
    (skip,) = judged(declared("2025.4"), rollback="0123456789abcdef")
    assert skips([skip])[0].reason == "rollback to the state of commit 0123456789ab"
    assert skips([skip])[0].excused


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("missing", "the metrics file is missing"),
        ("broken", "the metrics file cannot be read"),
        ("not-applicable", "no metrics stand where the layout `snitch` looks for them"),
    ],
)
def test_metrics_that_cannot_be_read_are_anothers_finding(state: str, reason: str) -> None:
    one = release(model(measured('"auc": 1')))
    pieces = {**one.pieces, "metrics": replace(one.pieces["metrics"], state=state)}
    (skip,) = judge(
        Subject(replace(one, pieces=pieces, metrics={}), None, Policy(), date(2026, 10, 5))
    )
    assert skips([skip])[0].reason == reason
    assert skips([skip])[0].whole
    assert not skips([skip])[0].excused


def test_a_grace_without_end_ends_with_the_calendar() -> None:
    endless = STANDARD.replace("grace_days: 14", "grace_days: 99999999999")
    assert codes(judged(declared("2026.1"), policy=endless)) == ["BEN207"]


@settings(max_examples=40)
@given(
    st.sampled_from(["churn-standard", "other", ""]),
    st.sampled_from(["2025.4", "2026.1", "2026.2", "9", ""]),
    st.integers(0, 20),
)
def test_only_the_assigned_benchmark_in_a_version_that_passes_is_silent(
    name: str, version: str, days: int
) -> None:
    blocks = [f'"name": "{name}"'] if name else []
    blocks += [f'"version": "{version}"'] if version else []
    found = judged(", ".join([*blocks, SHA]), as_of=f"2026-06-{1 + days:02}")
    passes = name == "churn-standard" and version == "2026.2"
    grace = name == "churn-standard" and version == "2026.1" and days <= 14
    assert (codes(found) == []) is passes
    assert (codes(found) == ["BEN207"]) is grace
    assert len(findings(found)) <= 1


@pytest.mark.parametrize("left_out", ['"weights_sha256": null', '"evaluated_at": null'])
def test_a_date_that_production_gives_is_not_left_out_in_silence(left_out: str) -> None:
    dated = model(measured('"auc": 1', "", '"evaluated_at": "2026-09-03"'))
    undated = model(measured('"auc": 1', "", left_out))
    found = only(judge_files(CHECK, undated, dated))
    assert (found.rule.code, found.severity) == ("BEN206", Severity.WARNING)
    assert findings(judge_files(CHECK, undated, undated)) == []
    assert findings(judge_files(CHECK, undated)) == []
