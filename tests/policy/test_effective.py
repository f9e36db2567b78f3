from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policies import policy

from snitch.documents.limits import DEFAULTS
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.policy.directions import HIGHER
from snitch.policy.directions import LOWER
from snitch.policy.directions import direction_of
from snitch.policy.effective import limits_of
from snitch.policy.effective import metric_standard
from snitch.policy.effective import policy_for
from snitch.policy.effective import waives
from snitch.policy.model import Policy
from snitch.policy.nearest import nearest
from snitch.policy.wording import quoted

OVERRIDDEN = """\
metrics: {auc: {min: 0.8, tolerance: 0.1}, f1: {min: 0.5}}
freshness: {max_age_days: 30, warn_days: 7}
rules: {REG301: warning}
overrides:
  - models: [legacy-*]
    metrics: {auc: {min: 0.7}}
    freshness: {max_age_days: 365}
    rules: {metric-regressed: error}
  - models: ["*-old", exact]
    metrics: {auc: {min: 0.6}, ece: {max: 1}}
    dependencies: {allowed_sources: [index, vcs]}
"""
RULE = Rule("REG301", "metric-regressed", Severity.ERROR, "", "", "")


def test_an_override_replaces_only_the_keys_it_gives() -> None:
    one = policy_for(policy(OVERRIDDEN), "legacy-churn")
    assert str(one.metrics["auc"].min) == "0.7"
    assert str(one.metrics["auc"].tolerance) == "0.1"
    assert one.freshness.max_age_days == 365
    assert one.freshness.warn_days == 7
    assert one.overrides == ()


def test_of_two_overrides_the_last_one_wins_and_both_hold() -> None:
    one = policy_for(policy(OVERRIDDEN), "legacy-x-old")
    assert str(one.metrics["auc"].min) == "0.6"
    assert one.freshness.max_age_days == 365
    assert one.dependencies.allowed_sources == ("index", "vcs")
    assert one.dependencies.require_pins


def test_globs_regard_letter_case_and_the_whole_name() -> None:
    whole = policy(OVERRIDDEN)
    for name in ("Legacy-x", "my-legacy-x", "exactly"):
        assert policy_for(whole, name).freshness.max_age_days == 30


def test_models_with_the_same_overrides_share_one_policy() -> None:
    whole = policy(OVERRIDDEN)
    distinct = {id(policy_for(whole, f"legacy-{number}")) for number in range(10_000)}
    assert len(distinct) == 1


def test_asking_for_a_models_policy_changes_no_equality() -> None:
    asked, unasked = policy(OVERRIDDEN), policy(OVERRIDDEN)
    policy_for(asked, "exact")
    assert asked == unasked


METRICS = """\
metrics:
  auc: {direction: higher, range: [0, 1], min: 0.5}
  val.auc: {min: 0.4}
  "slices.*.auc": {tolerance: 0.01}
  "slices.plan=*.auc": {tolerance: 0.02}
  "slices.plan=free.auc": {tolerance: 0.03, range: [0, 2]}
  "slices.age=[[]0,10).auc": {tolerance: 0.04}
  "slices.region=*.val.auc": {tolerance: 0.05}
"""


@pytest.mark.parametrize(
    ("slice_", "name", "key"),
    [
        (None, "auc", "auc"),
        (None, "val.auc", "val.auc"),
        (None, "f1", None),
        ("plan=free", "auc", "slices.plan=free.auc"),
        ("plan=pro", "auc", "slices.plan=*.auc"),
        ("region=eu", "auc", "slices.*.auc"),
        ("age=[0,10)", "auc", "slices.age=[[]0,10).auc"),
        ("region=eu", "val.auc", "slices.region=*.val.auc"),
        ("plan=free", "f1", None),
        ("plan=free", "val.auc", None),
    ],
)
def test_a_metric_has_the_most_particular_standard(
    slice_: str | None, name: str, key: str | None
) -> None:
    found = metric_standard(policy(METRICS), name, slice_)
    assert (found.key if found else None) == key


def test_a_slice_takes_direction_and_range_of_its_metric_and_nothing_else() -> None:
    found = metric_standard(policy(METRICS), "auc", "region=eu")
    assert found is not None
    assert found.standard.direction == "higher"
    assert found.standard.range == (Decimal(0), Decimal(1))
    assert found.standard.min is None
    own = metric_standard(policy(METRICS), "auc", "plan=free")
    assert own is not None
    assert own.standard.range == (Decimal(0), Decimal(2))


def test_limits_are_the_defaults_unless_given() -> None:
    assert limits_of(Policy()) == DEFAULTS
    assert limits_of(policy("limits: {max_depth: 10}\n")).max_depth == 10


WAIVERS = """\
waivers:
  - {rule: metric-regressed, model: churn, reason: a, approved_by: b, expires: 2026-12-31}
  - {rule: REG301, model: c*, scope: all, reason: a, approved_by: b, expires: 2026-12-31}
"""


def test_a_waiver_speaks_of_one_rule_and_one_model_unless_its_scope_is_all() -> None:
    one, wide = policy(WAIVERS).waivers
    assert waives(one, RULE, "churn")
    assert not waives(one, RULE, "churn-2")
    assert waives(wide, RULE, "churn-2")
    assert not waives(wide, Rule("REG302", "x", Severity.ERROR, "", "", ""), "churn")
    assert not waives(one, Rule("REG301", "y", Severity.ERROR, "", "", "", fixed=True), "churn")


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("auc", "higher"),
        ("ROC-AUC", "higher"),
        ("val.auc", "higher"),
        ("log_loss", "lower"),
        ("latency_p95_ms", "lower"),
        ("mean_dice", "higher"),
        ("ndcg@10", "higher"),
        ("score", None),
        ("auc.count", None),
        ("my_auc", None),
        ("", None),
    ],
)
def test_only_names_without_doubt_have_a_direction(name: str, direction: str | None) -> None:
    assert direction_of(name) == direction


def test_no_name_has_two_directions() -> None:
    assert not HIGHER & LOWER


@given(st.text())
def test_any_word_is_quoted_short_and_printable(word: str) -> None:
    assert len(quoted(word)) <= 82
    assert quoted(word).isprintable()
    assert nearest(word, ["auc", "f1"]) in {None, "auc", "f1"}


def test_the_nearest_word_disregards_letter_case() -> None:
    assert nearest("reg310", ["REG301", "REG310"]) == "REG310"
    assert nearest("zzzz", ["REG301"]) is None


def test_of_two_patterns_as_particular_the_order_in_the_file_decides_nothing() -> None:
    patterns = ("slices.a*.auc: {tolerance: 1}", "slices.*b.auc: {tolerance: 2}")
    for order in (patterns, patterns[::-1]):
        found = metric_standard(policy(f"metrics: {{{', '.join(order)}}}"), "auc", "ab")
        assert found is not None
        assert found.key == "slices.*b.auc"
