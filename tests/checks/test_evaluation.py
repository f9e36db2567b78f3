"""Which benchmark the metrics measure, how completely, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from example import BENCHMARK_SHA
from example import DEPLOYED
from example import GOOD
from example import OID
from example import POLICY
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import codes
from measured import compared
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import places
from measured import severity
from measured import skips

from snitch.checks.check import Subject
from snitch.checks.evaluation import CHECK
from snitch.checks.evaluation import judge
from snitch.findings import Outcome
from snitch.findings import Severity
from snitch.policy.model import Benchmark
from snitch.policy.model import Policy
from snitch.testing import judge as judge_files
from snitch.testing import release

SHA = f'"sha256": "{BENCHMARK_SHA}"'
CURRENT = f'"name": "churn-standard", "version": "2026.2", {SHA}'
STANDARD = f"""\
benchmarks:
  churn-standard:
    current: "2026.2"
    sha256: {BENCHMARK_SHA}
    released: 2026-06-01
    grace_days: 14
    versions: ["2025.4", "2026.1", "2026.2"]
    models: [churn, churn-*]
"""


def judged(
    declared: str = CURRENT,
    *more: str,
    metrics: str = '"auc": 1',
    slices: str = "",
    policy: str = STANDARD,
    **facts: str,
) -> list[Outcome]:
    block = f'"benchmark": {{{declared}}}' if declared else '"x": 1'
    text = measured(metrics, slices, *more, benchmark=block)
    return compared(CHECK, text, None, policy, **facts)


def test_the_good_release_is_silent() -> None:
    assert judge_files(CHECK, GOOD, DEPLOYED, policy=POLICY, as_of="2026-10-05") == []
    assert judged() == []


def declared(version: str) -> str:
    return f'"name": "churn-standard", "version": "{version}"'


@pytest.mark.parametrize(
    ("version", "as_of", "expected"),
    [
        ("2026.1", "2026-06-01", "BEN207"),
        ("2026.1", "2026-06-15", "BEN207"),
        ("2026.1", "2026-06-16", "BEN201"),
        ("2025.4", "2026-06-01", "BEN201"),
        ("2024.1", "2026-06-01", "BEN202"),
    ],
)
def test_grace_ends_on_its_last_day_and_covers_one_version(
    version: str, as_of: str, expected: str
) -> None:
    found = judged(declared(version), as_of=as_of)
    assert places(found) == [(expected, 2, 52)]
    warns = expected == "BEN207"
    assert severity(only(found)) is (Severity.WARNING if warns else Severity.ERROR)
    assert "`2026.2`" in only(found).message
    assert only(found).remedy.startswith("measure the model on version `2026.2`")


def test_the_message_of_an_outdated_version_names_the_end_of_its_grace() -> None:
    old = only(judged(declared("2026.1"), as_of="2026-10-05"))
    assert old.message == (
        "`churn-standard` `2026.1` is not current, `2026.2` is; its grace ended on 2026-06-15"
    )
    warned = only(judged(declared("2026.1"), as_of="2026-06-10"))
    assert (
        warned.message == "`churn-standard` `2026.1` passes until 2026-06-15; current is `2026.2`"
    )
    older = only(judged(declared("2025.4")))
    assert older.message.endswith("is not current, `2026.2` is")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    released: 2026-06-01\n    grace_days: 14\n", ""),
        ("    grace_days: 14\n", ""),
        ('["2025.4", "2026.1", "2026.2"]', "[]"),
        ('["2025.4", "2026.1", "2026.2"]', '["2026.2", "2026.1"]'),
    ],
)
def test_without_a_date_days_or_an_order_there_is_no_grace(before: str, after: str) -> None:
    found = judged(declared("2026.1"), policy=STANDARD.replace(before, after), as_of="2026-06-01")
    assert codes(found) == ["BEN201"]


def test_the_nearest_version_is_named() -> None:
    found = only(judged(declared("2026.02")))
    assert found.rule.code == "BEN202"
    assert "`2026.02` of `churn-standard`, the nearest is `2026.2`" in found.message
    assert "nearest" not in only(judged(declared("x"))).message


def test_a_version_that_is_not_said_is_not_declared() -> None:
    found = judged('"name": "churn-standard"')
    assert places(found) == [("BEN208", 2, 1)]
    assert "without a version; current is `2026.2`" in only(found).message


def test_an_unknown_benchmark_is_told_with_the_nearest_one() -> None:
    found = judged('"name": "churn-standart", "version": "2026.2"')
    assert places(found) == [("BEN202", 2, 23)]
    assert only(found).message == (
        "the policy knows no benchmark `churn-standart`; the nearest is `churn-standard`"
    )
    assert only(found).remedy.startswith("write `churn-standard`")
    far = only(judged('"name": "x"'))
    assert far.message.endswith("it knows `churn-standard`")
    assert far.remedy == "measure the model on a benchmark of the policy"


@pytest.mark.parametrize(
    ("given_digest", "message", "place"),
    [
        (f', "sha256": "{OID}"', f"has the digest {OID[:12]}…", (2, 72)),
        ("", "the metrics do not say which data was measured", (2, 1)),
        (', "sha256": "abc"', "the benchmark's `sha256` is no SHA-256", (2, 72)),
    ],
)
def test_the_data_must_be_the_pinned_one(
    given_digest: str, message: str, place: tuple[int, int]
) -> None:
    found = judged(declared("2026.2") + given_digest)
    assert places(found) == [("BEN203", *place)]
    assert message in only(found).message
    assert f"pins {BENCHMARK_SHA[:12]}…" in only(found).message
    assert BENCHMARK_SHA in only(found).remedy


def test_data_that_nobody_pins_is_free_and_so_is_that_of_other_versions() -> None:
    free = STANDARD.replace(f"    sha256: {BENCHMARK_SHA}\n", "")
    assert codes(judged(declared("2026.2"), policy=free)) == []
    assert codes(judged(declared("2026.1"), as_of="2026-06-02")) == ["BEN207"]


def test_a_prefixed_digest_is_the_same_data() -> None:
    assert codes(judged(declared("2026.2") + f', "sha256": "sha256:{BENCHMARK_SHA}"')) == []


def test_an_assigned_benchmark_must_be_named() -> None:
    found = judged("")
    assert [one.rule.code for one in findings(found)] == ["BEN208"]
    assert only(found).message == (
        "the metrics name no benchmark; the policy assigns `churn-standard` to `churn`"
    )
    other = STANDARD.replace("[churn, churn-*]", "[churn-*]")
    assert codes(judged("", policy=other)) == []
    assert codes(judged(policy=STANDARD.replace("[churn, churn-*]", '["c*"]'))) == []


TWO = STANDARD + '  fairness: {current: "1", models: [churn]}\n'


def test_every_assigned_benchmark_must_be_measured() -> None:
    found = judged(policy=TWO)
    assert places(found) == [("BEN208", 2, 23)]
    assert only(found).message == (
        "the metrics measure `churn-standard`; the policy assigns `fairness` to `churn`"
    )
    assert "`fairness` version `1`" in only(found).remedy
    assert len(findings(judged("", policy=TWO))) == 2


def test_a_value_may_carry_its_benchmark_itself() -> None:
    one = release(model(measured('"auc": 1', benchmark='"x": 1')))
    policy = Policy(benchmarks={"fairness": Benchmark(current="1", models=("churn",))})
    key = (None, "auc")
    marked = replace(one, metrics={key: replace(one.metrics[key], identity=("fairness", "1"))})
    day = date(2026, 10, 5)
    assert codes(judge(Subject(one, None, policy, day))) == ["BEN208"]
    assert codes(judge(Subject(marked, None, policy, day))) == []


def test_a_benchmark_that_the_model_chose_itself_is_judged_too() -> None:
    loose = STANDARD.replace("    models: [churn, churn-*]\n", "    required_metrics: [auc, f1]\n")
    found = judged(declared("2025.4"), policy=loose)
    assert codes(found) == ["BEN201", "BEN204"]
    assert codes(judged("", policy=loose)) == []


REQUIRES = STANDARD + "    required_metrics: [auc, log_loss]\n"


def test_each_required_metric_must_be_there() -> None:
    found = judged(policy=REQUIRES, metrics='"auc": 1, "val.log_loss": 1')
    assert places(found) == [("BEN204", 3, 1)]
    assert only(found).message == (
        "`churn-standard` requires the metric `log_loss`; the metrics have none, though "
        "`val.log_loss`"
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


SLICES = STANDARD + '    required_slices: ["plan=*", region]\n'


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
        ("not-applicable", "the layout `snitch` keeps no metrics"),
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


@settings(max_examples=40, deadline=None)
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


def test_rules_are_declared_once_with_their_prose() -> None:
    assert [rule.code for rule in CHECK.rules] == [f"BEN{number}" for number in range(201, 209)]
    for rule in CHECK.rules:
        assert rule.summary.endswith(".")
        assert rule.why
        assert rule.remedy
        assert rule.bad
        assert rule.good
