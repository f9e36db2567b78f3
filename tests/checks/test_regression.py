"""What the comparison with the deployed release finds, where, and when it stays silent."""

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


def test_a_metric_that_got_worse_is_told_at_its_value() -> None:
    found = judged(
        '"auc": 0.909', '"auc": 0.912', "metrics: {auc: {tolerance: 0.002, critical: true}}"
    )
    assert places(found) == [("REG301", 3, 20)]
    assert only(found).message == (
        "`auc` is 0.909, deployed is 0.912: worse by 0.003, allowed is 0.002"
    )
    assert only(found).remedy.startswith("bring `auc` to at least 0.91, or agree")
    assert (only(found).metric, only(found).slice) == ("auc", None)
    row = rows(found)[None, "auc"]
    assert (row.candidate, row.deployed, row.delta) == ("0.909", "0.912", "-0.003")
    assert (row.direction, row.tolerance, row.verdict) == ("higher", "0.002", "regressed")
    assert row.critical


def test_exactly_the_tolerance_passes() -> None:
    found = judged('"auc": 0.910', '"auc": 0.912', "metrics: {auc: {tolerance: 0.002}}")
    assert codes(found) == []
    assert rows(found)[None, "auc"].verdict == "within-tolerance"
    assert rows(found)[None, "auc"].candidate == "0.910"
    assert not rows(found)[None, "auc"].critical
    assert skips(found) == []


def test_without_a_tolerance_any_loss_counts() -> None:
    found = judged('"auc": 0.9119', '"auc": 0.912')
    assert codes(found) == ["REG301"]
    assert only(found).message.endswith("worse by 0.0001, and no loss is allowed")


@pytest.mark.parametrize(
    ("new", "old", "keys", "message", "remedy"),
    [
        (
            '"log_loss": 0.32',
            '"log_loss": 0.31',
            "log_loss: {relative_tolerance: 1%}",
            "worse by 0.01, allowed is 0.0031, a share of 0.01",
            "bring `log_loss` to at most 0.3131, or",
        ),
        (
            '"auc": 0.94',
            '"auc": 1',
            "auc: {tolerance: 0.1, max_drop: 0.05}",
            "worse by 0.06, `max_drop` allows 0.05",
            "bring `auc` to at least 0.95, or",
        ),
        (
            '"auc": 0.92',
            '"auc": 0.90',
            "auc: {min_gain: 0.05}",
            "better by 0.02, `min_gain` asks for 0.05",
            "bring `auc` to at least 0.95, or",
        ),
        (
            '"auc": 0.90',
            '"auc": 0.90',
            "auc: {min_gain: 0.05}",
            "no gain, `min_gain` asks for 0.05",
            "bring `auc` to at least 0.95, or",
        ),
        (
            '"loss": 0.5',
            '"loss": 0',
            "loss: {relative_tolerance: 10%}",
            "allowed is 0: `relative_tolerance` cannot be evaluated at a deployed value of 0",
            "bring `loss` to at most 0, or",
        ),
        (
            '"acc": 0.805',
            '"acc": 80.5',
            "acc: {tolerance: 1}",
            "worse by 79.695, allowed is 1",
            "if the unit of `acc` changed between percent and fraction",
        ),
    ],
)
def test_a_loss_names_the_key_that_it_breaks_and_the_value_that_would_pass(
    new: str, old: str, keys: str, message: str, remedy: str
) -> None:
    found = only(judged(new, old, f"metrics: {{{keys}}}"))
    assert found.rule.code == "REG301"
    assert found.message.endswith(message)
    assert found.remedy.startswith(remedy)


def test_a_slip_past_warn_is_a_warning() -> None:
    keys = "metrics: {auc: {warn: 0.001, tolerance: 0.002}}"
    found = judged('"auc": 0.9105', '"auc": 0.912', keys)
    assert places(found) == [("REG315", 3, 20)]
    assert only(found).level is Severity.WARNING
    assert "worse by 0.0015, past `warn` (0.001), inside the tolerance (0.002)" in (
        only(found).message
    )
    assert only(found).remedy.startswith("nothing must change")
    assert rows(found)[None, "auc"].verdict == "within-tolerance"
    assert codes(judged('"auc": 0.911', '"auc": 0.912', keys)) == []


def test_an_absolute_tolerance_holds_alone_at_a_deployed_zero_and_that_is_said() -> None:
    keys = "metrics: {loss: {tolerance: 0.1, relative_tolerance: 10%}}"
    found = judged('"loss": 0.1', '"loss": 0', keys)
    assert codes(found) == []
    (skip,) = skips(found)
    assert "`relative_tolerance` cannot be evaluated" in skip.reason
    assert skip.excused
    assert not skip.whole
    assert skips(judged('"loss": 0', '"loss": 0', keys)) == []


@pytest.mark.parametrize("value", ["0.9120", "9.12e-1", "0.95"])
def test_an_equal_or_better_value_is_silent(value: str) -> None:
    assert codes(judged(f'"auc": {value}', '"auc": 0.912')) == []


def test_every_compared_metric_has_a_row_overall_ones_first() -> None:
    found = judged(
        '"mae": 2.0, "auc": 0.9, "extra": 1, "odd": "x" | "b": {"auc": 0.5}, "a": {"auc": 0.5}',
        '"mae": 2.5, "auc": 0.9 | "a": {"auc": 0.6}',
    )
    assert [(key, row.verdict) for key, row in rows(found).items()] == [
        ((None, "auc"), "equal"),
        ((None, "extra"), "new"),
        ((None, "mae"), "improved"),
        ((None, "odd"), "not-comparable"),
        (("a", "auc"), "regressed"),
        (("b", "auc"), "new"),
    ]
    assert rows(found)[None, "mae"].delta == "-0.5"
    assert rows(found)[None, "extra"].deployed is None
    assert rows(found)[None, "odd"].candidate is None
    assert codes(found) == ["REG306"]


def test_a_dropped_metric_points_at_the_name_that_replaced_it() -> None:
    found = judged('"AUC": 0.913, "mae": 1', '"auc": 0.912, "mae": 1')
    assert places(found) == [("REG302", 3, 13)]
    assert only(found).message == (
        "`auc` is missing; the deployed release has it (0.912), and the candidate has `AUC` instead"
    )
    assert only(found).remedy == "rename `AUC` back to `auc`"
    assert only(found).metric == "auc"
    assert rows(found)[None, "auc"].verdict == "dropped"
    assert rows(found)[None, "auc"].deployed == "0.912"
    assert rows(found)[None, "auc"].candidate is None


def test_a_dropped_metric_without_a_likeness_points_at_the_block() -> None:
    found = judged('"mae": 1, "val.recall": 1', '"auc": 0.912, "mae": 1, "recall": 1')
    assert places(found)[0] == ("REG302", 3, 1)
    messages = [one.message for one in findings(found)]
    assert "`auc` is missing; the deployed release has it (0.912)" in messages
    assert any("the candidate has `val.recall` instead" in one for one in messages)


def test_a_name_that_production_has_too_is_no_replacement() -> None:
    found = judged('"auc": 0.913', '"auc": 0.912, "auc2": 1')
    assert "instead" not in only(found).message


def test_metrics_that_are_all_gone_are_one_finding() -> None:
    found = judged("", '"auc": 0.912, "mae": 1 | "a": {"auc": 0.5}')
    assert places(found) == [("REG302", 3, 1)]
    assert "the deployed release has `auc` and `mae`" in only(found).message
    assert "models/churn/metrics.json" in only(found).remedy


@pytest.mark.parametrize(
    ("new", "old", "told"),
    [
        ('"acc": 0.9, "acc (2)": 0.8', '"acc": 0.9', {"acc (2)": "regressed"}),
        ('"acc": 0.9, "acc (2)": 0.9', '"acc": 0.9', {"acc (2)": "equal"}),
        ('"acc": 0.9, "acc (2)": 0.8', '"acc": 0.9, "acc (2)": 0.8', {"acc (2)": "equal"}),
        ('"acc": 0.9, "acc (2)": 0.7', '"acc": 0.9, "acc (2)": 0.8', {"acc (2)": "regressed"}),
        ('"acc (2)": 0.7, "f1": 1', '"f1": 1', {"acc (2)": "new"}),
        ('"acc": 1, "acc (23456)": 0.7', '"acc": 1', {"acc (23456)": "new"}),
    ],
)
def test_a_second_value_of_a_name_is_held_against_its_own_or_the_first(
    new: str, old: str, told: dict[str, str]
) -> None:
    shown = rows(judged(new, old))
    assert {name: shown[None, name].verdict for name in told} == told


def test_what_the_policy_says_of_a_name_holds_for_its_second_value() -> None:
    keys = 'metrics: {gap: {direction: lower, tolerance: 1}, "slices.*.gap": {tolerance: 2}}'
    old = '"gap": 1, "gap (2)": 1 | "a": {"gap": 1, "gap (2)": 1}'
    assert codes(judged('"gap": 1, "gap (2)": 2 | "a": {"gap": 1, "gap (2)": 3}', old, keys)) == []
    found = judged('"gap": 1, "gap (2)": 2.1 | "a": {"gap": 1, "gap (2)": 3.1}', old, keys)
    assert codes(found) == ["REG301", "REG303"]
    own = keys.replace("gap: {", '"gap (2)": {tolerance: 9}, gap: {', 1)
    assert codes(judged('"gap": 1, "gap (2)": 2.1', '"gap": 1, "gap (2)": 1', own)) == ["REG307"]


def test_an_ignored_metric_is_nobodys_business() -> None:
    keys = "metrics: {seconds: {ignore: true}, rows: {ignore: true}}"
    found = judged('"auc": 1, "seconds": NaN', '"auc": 1, "seconds": 3, "rows": 5', keys)
    assert codes(found) == []
    assert list(rows(found)) == [(None, "auc")]
