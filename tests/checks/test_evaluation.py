"""Which benchmark the metrics measure, in which version, on which data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from benchmarked import CURRENT
from benchmarked import STANDARD
from benchmarked import declared
from benchmarked import judged
from example import BENCHMARK_SHA
from example import DEPLOYED
from example import GOOD
from example import OID
from example import POLICY
from measured import codes
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import places

from snitch.checks.check import Subject
from snitch.checks.evaluation import CHECK
from snitch.checks.evaluation import judge
from snitch.findings import Severity
from snitch.policy.model import Benchmark
from snitch.policy.model import Policy
from snitch.testing import judge as judge_files
from snitch.testing import release

TWO = STANDARD + '  fairness: {current: "1", models: [churn]}\n'


def test_the_good_release_is_silent() -> None:
    assert judge_files(CHECK, GOOD, DEPLOYED, policy=POLICY, as_of="2026-10-05") == []
    assert judged() == []


@pytest.mark.parametrize("spelt", [BENCHMARK_SHA.upper(), f"sha256:{BENCHMARK_SHA}"])
def test_the_spelling_of_a_digest_makes_no_other_benchmark(spelt: str) -> None:
    assert judged(CURRENT.replace(BENCHMARK_SHA, spelt)) == []
    assert judged(policy=STANDARD.replace(BENCHMARK_SHA, spelt)) == []


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
    assert only(found).level is (Severity.WARNING if warns else Severity.ERROR)
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


def test_the_first_of_two_versions_has_its_grace() -> None:
    two = STANDARD.replace('"2025.4", ', "")
    assert codes(judged(declared("2026.1"), policy=two, as_of="2026-06-10")) == ["BEN207"]


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
