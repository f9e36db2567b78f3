"""Which numbers a candidate is compared with when the benchmark is another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from example import OID
from example import OLD_OID
from measured import at
from measured import codes
from measured import compared
from measured import deployed
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import places
from measured import rows

from snitch.checks.check import Subject
from snitch.checks.regression import CHECK
from snitch.checks.regression import judge
from snitch.findings import Finding
from snitch.findings import Outcome
from snitch.findings import Severity
from snitch.findings import Skipped
from snitch.policy.model import MetricStandard
from snitch.policy.model import Policy
from snitch.registry.release import Release
from snitch.registry.release import Weights
from snitch.testing import release

OLD = '"benchmark": {"name": "churn-standard", "version": "2026.1"}'
NEW = '"benchmark": {"name": "churn-standard", "version": "2026.2"}'
REFUSE = "regression: {incumbent: refuse}"
ACCEPT = "regression: {incumbent: accept}"


def incumbent(metrics: str, digest: str = OLD_OID, slices: str = "") -> str:
    return (
        f'"incumbent": {{"weights_sha256": "{digest}", "metrics": {{{metrics}}}, '
        f'"slices": {{{slices}}}}}'
    )


def judged(
    new: str, old: str, *claim: str, policy: str = "", slices: tuple[str, str] = ("", "")
) -> list[Outcome]:
    return compared(
        CHECK,
        measured(new, slices[0], *claim, benchmark=NEW),
        measured(old, slices[1], benchmark=OLD),
        policy,
    )


def test_two_versions_of_a_benchmark_are_never_compared() -> None:
    found = judged('"auc": 0.1, "mae": 9', '"auc": 0.9, "mae": 1')
    assert places(found) == [("REG305", 2, 52)]
    assert only(found).message == (
        "`auc` and `mae` were measured on `churn-standard 2026.2`, in the deployed release on "
        "`churn-standard 2026.1`"
    )
    assert OLD_OID in only(found).remedy
    assert only(found).metric is None
    assert rows(found)[None, "auc"].verdict == "not-comparable"
    assert rows(found)[None, "auc"].deployed == "0.9"


def test_one_metric_alone_is_named_by_the_finding() -> None:
    found = only(judged('"auc": 0.1', '"auc": 0.9'))
    assert found.message.startswith("`auc` was measured on")
    assert (found.metric, found.slice) == ("auc", None)


def test_bounds_hold_on_another_benchmark_and_dropped_metrics_are_told() -> None:
    found = judged('"auc": 0.1', '"auc": 0.9, "mae": 1', policy="metrics: {auc: {min: 0.5}}")
    assert codes(found) == ["REG302", "REG304", "REG305"]


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ('"name": "a", "version": "1"', '"name": "b", "version": "1"', (2, 23)),
        ('"name": "a", "version": "1"', '"name": "a"', (2, 39)),
        ('"name": "a"', '"name": "a", "version": "1"', (2, 1)),
        (
            f'"name": "a", "version": "1", "sha256": "{OID}"',
            f'"name": "a", "version": "1", "sha256": "{OLD_OID}"',
            (2, 54),
        ),
    ],
)
def test_name_version_and_data_must_all_be_the_same(
    new: str, old: str, expected: tuple[int, int]
) -> None:
    found = compared(
        CHECK,
        measured('"auc": 1', benchmark=f'"benchmark": {{{new}}}'),
        measured('"auc": 1', benchmark=f'"benchmark": {{{old}}}'),
    )
    assert places(found) == [("REG305", *expected)]


def test_a_benchmark_declared_for_the_first_time_is_another_one() -> None:
    found = compared(CHECK, measured('"auc": 1'), measured('"auc": 1', benchmark='"x": 1'))
    assert "no benchmark that it names" in only(found).message
    without = compared(
        CHECK, measured('"auc": 0.9', benchmark='"x": 1'), measured('"auc": 1', benchmark='"x": 1')
    )
    assert codes(without) == ["REG301"]


def test_a_digest_on_one_side_only_is_no_difference() -> None:
    pinned = NEW.replace("}", f', "sha256": "{OID}"}}')
    for new, old in ((pinned, NEW), (NEW, pinned)):
        found = compared(
            CHECK, measured('"auc": 0.9', benchmark=new), measured('"auc": 1', benchmark=old)
        )
        assert codes(found) == ["REG301"]


def test_digests_are_shown_where_only_they_differ() -> None:
    one, other = (NEW.replace("}", f', "sha256": "{oid}"}}') for oid in (OID, OLD_OID))
    found = compared(
        CHECK, measured('"auc": 0.9', benchmark=one), measured('"auc": 1', benchmark=other)
    )
    assert f"(data {OID[:12]}…)" in only(found).message
    assert f"(data {OLD_OID[:12]}…)" in only(found).message


def test_an_incumbent_bound_to_the_deployed_weights_is_the_baseline() -> None:
    found = judged('"auc": 0.91', '"auc": 0.99', incumbent('"auc": 0.91'))
    assert places(found) == [("REG317", 5, 1)]
    assert only(found).level is Severity.WARNING
    assert rows(found)[None, "auc"].deployed == "0.91"
    assert rows(found)[None, "auc"].verdict == "equal"
    worse = judged('"auc": 0.90', '"auc": 0.5', incumbent('"auc": 0.91'))
    assert codes(worse) == ["REG301", "REG317"]


def test_a_prefixed_digest_binds_as_well() -> None:
    found = judged('"auc": 1', '"auc": 1', incumbent('"auc": 1', f"sha256:{OLD_OID}"))
    assert codes(found) == ["REG317"]


def test_an_incumbent_of_other_weights_is_no_baseline() -> None:
    found = judged('"auc": 0.91', '"auc": 0.9', incumbent('"auc": 0.1', OID))
    assert codes(found) == ["REG305"]
    assert f"bound to weights `{OID}`, not to the deployed `{OLD_OID}`" in only(found).message


def test_an_incumbent_without_a_digest_is_no_baseline() -> None:
    claim = incumbent('"auc": 0.1').replace(f'"weights_sha256": "{OLD_OID}", ', "")
    assert codes(judged('"auc": 0.91', '"auc": 0.9', claim)) == ["REG305"]


def test_the_policy_may_refuse_or_accept_claims() -> None:
    claim = incumbent('"auc": 0.91')
    refused = judged('"auc": 0.91', '"auc": 0.9', claim, policy=REFUSE)
    assert codes(refused) == ["REG305"]
    assert "the policy refuses `incumbent` blocks" in only(refused).message
    assert "incumbent" not in only(refused).remedy
    accepted = judged('"auc": 0.91', '"auc": 0.9', claim, policy=ACCEPT)
    assert only(accepted).level is Severity.INFO


def test_an_incumbent_must_measure_what_is_compared() -> None:
    found = judged('"auc": 1, "mae": 1', '"auc": 1, "mae": 1', incumbent('"auc": 1'))
    assert codes(found) == ["REG305", "REG317"]
    (lack,) = (one for one in findings(found) if one.rule.code == "REG305")
    assert lack.message.startswith("the `incumbent` block lacks `mae`")
    assert lack.metric == "mae"
    assert at(lack) == ("REG305", 5, 1)
    assert rows(found)[None, "mae"].verdict == "not-comparable"
    both = judged('"f1": 1, "mae": 1', '"f1": 1, "mae": 1', incumbent('"auc": 1'))
    assert [one.metric for one in findings(both)] == [None, None]


def test_an_incumbent_of_no_number_is_no_measure() -> None:
    claim = incumbent('"auc": NaN')
    found = judged('"auc": 0.91', '"auc": 0.9', claim)
    assert places(found) == [("REG317", 5, 1), ("REG305", 5, 1 + claim.index("NaN"))]
    assert findings(found)[1].message.startswith("the incumbent's `auc` is no plain number")
    assert findings(found)[1].remedy == "measure it again"


def test_an_incumbent_that_nobody_needs_is_not_looked_at() -> None:
    same = compared(
        CHECK,
        measured('"auc": 0.9', "", incumbent('"auc": 0.1'), benchmark=NEW),
        measured('"auc": 0.95', benchmark=NEW),
    )
    assert codes(same) == ["REG301"]


def test_slices_are_compared_with_the_incumbents() -> None:
    named = 'metrics: {"slices.*.auc": {}}'
    slices = ('"a": {"auc": 0.8}, "b": {"auc": 0.8}', '"a": {"auc": 0.1}')
    claim = incumbent('"auc": 1', OLD_OID, '"a": {"auc": 0.9}, "b": {"auc": 0.9}')
    found = judged('"auc": 1', '"auc": 1', claim, policy=named, slices=slices)
    assert [(one.rule.code, one.slice) for one in findings(found)] == [
        ("REG303", "a"),
        ("REG303", "b"),
        ("REG317", None),
    ]


def test_an_unnamed_slice_alone_asks_for_no_incumbent() -> None:
    found = judged("", "", slices=('"a": {"auc": 0.8}', '"a": {"auc": 0.9}'))
    assert codes(found) == []
    assert rows(found)["a", "auc"].verdict == "not-comparable"


def test_an_ignored_metric_asks_for_no_incumbent() -> None:
    assert codes(judged('"s": 1', '"s": 2', policy="metrics: {s: {ignore: true}}")) == []


def subject(new: Release, old: Release, policy: Policy | None = None) -> Subject:
    return Subject(new, old, policy or Policy(), date(2026, 10, 5))


def with_identity(one: Release, **identities: tuple[str, ...]) -> Release:
    metrics = {
        key: replace(metric, identity=identities.get(metric.name, ()))
        for key, metric in one.metrics.items()
    }
    return replace(one, metrics=metrics)


def test_values_of_two_splits_are_never_compared() -> None:
    text = measured('"auc": 1, "f1": 1, "mae": 1')
    new, old = release(model(text)), release(deployed(text))
    found = list(
        judge(
            subject(
                with_identity(new, auc=("x", "test"), f1=("x", "test"), mae=("x", "val")),
                with_identity(old, auc=("x", "val"), f1=("x", "val"), mae=("x", "val")),
            )
        )
    )
    assert places(found) == [("REG305", 3, 20)]
    assert only(found).message == (
        "`auc` and `f1` were measured on `x test`, in the deployed release on `x val`"
    )
    mixed = list(judge(subject(with_identity(new, auc=("x", "test", "r1", "q")), old)))
    assert codes(mixed) == ["REG305"]
    other = list(judge(subject(new, with_identity(old, auc=("x", "test")))))
    assert places(other) == [("REG305", 2, 52)]


def test_a_broken_deployed_value_fails_closed() -> None:
    new, old = release(model(measured('"auc": 1'))), release(deployed(measured('"auc": NaN')))
    found = list(judge(subject(new, old)))
    assert places(found) == [("REG305", 3, 20)]
    assert only(found).message.startswith("the deployed `auc` is no plain number")
    assert rows(found)[None, "auc"].verdict == "not-comparable"
    assert only(found).metric == "auc"
    slices = '"a": {"auc": 1}', '"a": {"auc": NaN}'
    new, old = (release(model(measured('"auc": 1', text))) for text in slices)
    assert codes(judge(subject(new, old))) == []
    named = Policy(metrics={"slices.*.auc": MetricStandard()})
    assert [one.slice for one in findings(judge(subject(new, old, named)))] == ["a"]


@pytest.mark.parametrize("said", ["weights_sha256", "weights.sha256"])
def test_what_metadata_says_binds_only_where_the_files_are_unknown(said: str) -> None:
    old = release(deployed(measured('"auc": 1', benchmark=OLD)))
    where = old.metadata
    named = "f" * 64
    if said == "weights_sha256":
        where = where.model_copy(update={"weights_sha256": named})
    else:
        weights = where.weights.model_copy(update={"sha256": named})
        where = where.model_copy(update={"weights": weights})
    new = release(model(measured('"auc": 1', "", incumbent('"auc": 1', named), benchmark=NEW)))
    unknown = replace(old, metadata=where, weights=(Weights("w", "external", "md5:" + "f" * 32),))
    assert codes(judge(subject(new, unknown))) == ["REG317"]
    assert codes(judge(subject(new, replace(old, metadata=where)))) == ["REG305"]
    other = release(model(measured('"auc": 1', "", incumbent('"auc": 1', OID), benchmark=NEW)))
    assert f"not to the deployed `{named}`" in only(judge(subject(other, unknown))).message


def test_a_direction_turned_by_the_same_change_is_told() -> None:
    text = measured('"auc": 1, "gap": 1')
    new, old = release(model(text)), release(deployed(text))
    keys = {"gap": MetricStandard(direction="lower")}
    in_force = Policy(metrics=keys)
    asked = Policy(metrics={**keys, "auc": MetricStandard(direction="lower")})
    found = list(judge(replace(subject(new, old, in_force), proposed=asked)))
    assert places(found) == [("REG310", 0, 0)]
    assert only(found).metric == "auc"
    assert "a lower `auc` is better; in force is, and judged was by, higher" in only(found).message
    assert codes(judge(replace(subject(new, old, in_force), proposed=in_force))) == []
    assert codes(judge(replace(subject(new, old, in_force), proposed=Policy()))) == []


def test_a_layout_without_metrics_is_skipped_unless_production_had_some() -> None:
    new, old = release(model(measured('"auc": 1'))), release(deployed(measured('"auc": 1')))
    pieces = {**new.pieces, "metrics": replace(new.pieces["metrics"], state="not-applicable")}
    bare = replace(new, pieces=pieces, metrics={})
    nothing = replace(old, metrics={})
    assert codes(judge(subject(bare, nothing))) == []
    found = list(judge(subject(bare, old)))
    assert only(found).message.startswith("the candidate has no metrics at all; the deployed")
    assert [one for one in found if isinstance(one, Skipped)] == []


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("missing", "the metrics file is missing"),
        ("broken", "the metrics file cannot be read"),
    ],
)
def test_a_missing_or_broken_file_is_skipped_and_loses_what_production_has(
    state: str, reason: str
) -> None:
    new, old = release(model(measured('"auc": 1'))), release(deployed(measured('"auc": 1')))
    pieces = {**new.pieces, "metrics": replace(new.pieces["metrics"], state=state)}
    bare = replace(new, pieces=pieces, metrics={})
    skipped, lost = judge(subject(bare, old))
    assert isinstance(skipped, Skipped)
    assert (skipped.reason, skipped.whole) == (reason, True)
    assert isinstance(lost, Finding)
    assert (lost.rule.code, lost.message) == (
        "REG302",
        f"{reason}; the deployed release has `auc`",
    )
    assert codes(judge(subject(bare, replace(old, metrics={})))) == []
    ignored = Policy(metrics={"auc": MetricStandard(ignore=True)})
    assert codes(judge(subject(bare, old, ignored))) == []
    beside = release(deployed(measured('"auc": 1', '"a": {"auc": 1}')))
    found = only(judge(subject(bare, beside)))
    assert found.message == f"{reason}; the deployed release has `auc`"
    unnamed = release(deployed(measured("", '"a": {"auc": 1}')))
    assert codes(judge(subject(bare, unnamed))) == []


def test_a_sample_size_may_stand_beside_the_value() -> None:
    keys = Policy(metrics={"auc": MetricStandard(min_n=100)})
    old = release(deployed(measured('"auc": {"value": 0.9, "n": 99}')))
    new = release(model(measured('"auc": {"value": 0.8, "n": 500}')))
    assert codes(judge(subject(new, old, keys))) == []
    assert codes(judge(subject(old, new, keys))) == ["REG309"]
    bigger = release(deployed(measured('"auc": {"value": 0.9, "n": 100}')))
    assert codes(judge(subject(new, bigger, keys))) == ["REG301"]
