"""What the comparison with the deployed release finds, where, and when it stays silent."""

from __future__ import annotations

import pytest
from measured import codes
from measured import compared
from measured import findings
from measured import measured
from measured import only
from measured import places
from measured import rows
from measured import severity
from measured import skips

from snitch.checks.regression import CHECK
from snitch.findings import Outcome
from snitch.findings import Severity

NAMED = 'metrics: {"slices.*.auc": {tolerance: 0.01}}'


def judged(new: str, old: str | None, policy: str = "", **facts: str) -> list[Outcome]:
    return compared(
        CHECK,
        measured(*new.split(" | ")),
        None if old is None else measured(*old.split(" | ")),
        policy,
        **facts,
    )


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
    assert severity(only(found)) is Severity.WARNING
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


def test_an_ignored_metric_is_nobodys_business() -> None:
    keys = "metrics: {seconds: {ignore: true}, rows: {ignore: true}}"
    found = judged('"auc": 1, "seconds": NaN', '"auc": 1, "seconds": 3, "rows": 5', keys)
    assert codes(found) == []
    assert list(rows(found)) == [(None, "auc")]


def test_a_named_slice_that_got_worse_is_told() -> None:
    new, old = '"auc": 1 | "plan=free": {"auc": 0.889}', '"auc": 1 | "plan=free": {"auc": 0.9}'
    found = judged(new, old, NAMED)
    assert places(found) == [("REG303", 4, 33)]
    assert (only(found).metric, only(found).slice) == ("auc", "plan=free")
    assert only(found).message.startswith("`auc` of slice `plan=free` is 0.889, deployed is 0.9")
    assert codes(judged(new.replace("0.889", "0.89"), old, NAMED)) == []


def test_an_exactly_named_slice_has_its_own_tolerance() -> None:
    new = '"auc": 1 | "plan=free": {"auc": 0.8}, "plan=pro": {"auc": 0.8}'
    old = '"auc": 1 | "plan=free": {"auc": 0.9}, "plan=pro": {"auc": 0.9}'
    keys = 'metrics: {"slices.plan=free.auc": {tolerance: 0.2}, "slices.*.auc": {tolerance: 0.01}}'
    assert [one.slice for one in findings(judged(new, old, keys))] == ["plan=pro"]


def test_an_unnamed_slice_is_shown_and_never_blocks() -> None:
    found = judged(
        '"auc": 1 | "a": {"auc": 0.1, "f1": 1}, "z": {"auc": 2}',
        '"auc": 1 | "a": {"auc": 0.9}, "b": {"auc": 1}',
        "metrics: {auc: {range: [0, 1], min: 0.5}}",
    )
    assert [(one.rule.code, severity(one)) for one in findings(found)] == [
        ("REG316", Severity.WARNING)
    ]
    assert rows(found)["a", "auc"].verdict == "regressed"
    assert rows(found)["b", "auc"].verdict == "dropped"


def test_an_unnamed_slice_of_no_number_is_a_warning() -> None:
    found = judged('"auc": 1 | "a": {"auc": NaN}', '"auc": 1 | "a": {"auc": 0.9}')
    assert severity(only(found)) is Severity.WARNING
    named = judged('"auc": 1 | "a": {"auc": NaN}', '"auc": 1 | "a": {"auc": 0.9}', NAMED)
    assert severity(only(named)) is Severity.ERROR


def test_a_named_slice_that_is_gone_is_one_finding() -> None:
    keys = 'metrics: {"slices.*.auc": {}, "slices.*.f1": {}}'
    found = judged(
        '"auc": 1 | "plan=Free": {"auc": 0.9, "f1": 1}',
        '"auc": 1 | "plan=free": {"auc": 0.9, "f1": 1}',
        keys,
    )
    assert places(found) == [("REG303", 4, 1)]
    assert (only(found).metric, only(found).slice) == (None, "plan=free")
    assert "the candidate has `plan=Free` instead" in only(found).message


def test_a_named_metric_that_left_its_slice_is_told() -> None:
    found = judged('"auc": 1 | "a": {"f1": 1}', '"auc": 1 | "a": {"auc": 0.9, "f1": 1}', NAMED)
    assert places(found) == [("REG303", 4, 1)]
    assert (only(found).metric, only(found).slice) == ("auc", "a")


SMALL = 'metrics: {"slices.*.auc": {min_n: 200, min: 0.8}}'


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('"n": 200, ', '"n": 200, ', ["REG303", "REG304"]),
        ('"n": 199, ', '"n": 900, ', []),
        ('"n": 900, ', '"n": 3, ', ["REG303", "REG304"]),
        ("", '"n": 3, ', ["REG303", "REG304"]),
    ],
)
def test_the_deployed_sample_decides_whether_a_slice_is_too_small_to_gate(
    before: str, after: str, expected: list[str]
) -> None:
    found = judged(
        f'"auc": 1 | "a": {{{after}"auc": 0.5}}', f'"auc": 1 | "a": {{{before}"auc": 0.9}}', SMALL
    )
    assert codes(found) == expected
    reasons = ["`auc` of slice `a`: measured on fewer than 200 items"] if not expected else []
    assert [skip.reason for skip in skips(found)] == reasons
    assert rows(found)["a", "auc"].verdict == ("regressed" if expected else "within-noise")


def test_a_small_slice_may_leave_and_a_new_small_one_may_come() -> None:
    found = judged(
        '"auc": 1 | "b": {"n": 5, "auc": 0.1}', '"auc": 1 | "a": {"n": 5, "auc": 0.9}', SMALL
    )
    assert codes(found) == []
    big = judged('"auc": 1 | "b": {"n": 200, "auc": 0.1}', '"auc": 1', SMALL)
    assert codes(big) == ["REG304"]


@pytest.mark.parametrize(
    ("value", "keys", "message"),
    [
        ("0.849", "min: 0.85", "`auc` is 0.849, below the policy's `min` of 0.85"),
        ("0.96", "max: 0.95", "`auc` is 0.96, above the policy's `max` of 0.95"),
    ],
)
@pytest.mark.parametrize("old", [None, '"auc": 0.1', '"other": 1'])
def test_a_bound_holds_with_or_without_a_baseline(
    value: str, keys: str, message: str, old: str | None
) -> None:
    found = judged(
        f'"auc": {value}, "other": 1', old, f"metrics: {{auc: {{{keys}}}, other: {{ignore: true}}}}"
    )
    assert places(found) == [("REG304", 3, 20)]
    assert only(found).message == message
    assert only(found).metric == "auc"


@pytest.mark.parametrize("keys", ["min: 0.85", "max: 0.85", "min: 0.85, max: 0.85"])
def test_a_value_on_its_bound_passes(keys: str) -> None:
    assert codes(judged('"auc": 0.850', None, f"metrics: {{auc: {{{keys}}}}}")) == []


def test_a_value_outside_its_range_is_neither_compared_nor_bounded() -> None:
    keys = "metrics: {accuracy: {range: [0, 1], max: 0.99, tolerance: 0.01}}"
    found = judged('"accuracy": 80.5', '"accuracy": 0.805', keys)
    assert places(found) == [("REG316", 3, 25)]
    assert only(found).message == "`accuracy` is 80.5, outside its range from 0 to 1"
    assert only(found).remedy == "if 80.5 is meant in percent, write 0.805"
    assert severity(only(found)) is Severity.ERROR
    assert rows(found)[None, "accuracy"].verdict == "not-comparable"
    assert rows(found)[None, "accuracy"].delta == "79.695"
    down = only(
        judged('"accuracy": 0.805', '"accuracy": 80.5', "metrics: {accuracy: {range: [50, 100]}}")
    )
    assert down.remedy == "if 0.805 is meant in a fraction, write 80.5"
    far = only(judged('"accuracy": 700', '"accuracy": 0.8', keys))
    assert far.remedy.startswith("write the value in the unit of its range")
    for edge in ("0", "1"):
        edges = keys.replace(", max: 0.99", "")
        assert codes(judged(f'"accuracy": {edge}', f'"accuracy": {edge}', edges)) == []


def test_a_deployed_value_outside_its_range_is_no_measure() -> None:
    keys = "metrics: {accuracy: {range: [0, 1]}}"
    found = judged('"accuracy": 0.805', '"accuracy": 80.5', keys)
    assert places(found) == [("REG305", 3, 25)]
    assert "the deployed `accuracy` is 80.5, outside its range" in only(found).message


@pytest.mark.parametrize(
    ("written", "told", "remedy"),
    [
        ("NaN", "`NaN`, not a number", "mend the evaluation"),
        ("Infinity", "`Infinity`, an infinity", "mend the evaluation"),
        ("-Infinity", "`-Infinity`, an infinity", "mend the evaluation"),
        ("1e999", "`1e999`, a number in no plain form", "write digits"),
        ("true", "`true`, a boolean", "write the number that was measured"),
        ("null", "`null`, no value at all", "mend the evaluation"),
        ("[0.9]", "`[…]`, a list", "give each number a name of its own"),
        ('"0.95"', '`"0.95"`, text', "write 0.95 without quotes"),
        ('" 95% "', '`" 95% "`, a percentage as text', "write the plain number"),
        ('"nan"', '`"nan"`, text', "mend the evaluation"),
        ('"good"', '`"good"`, text', "write the number that was measured, without quotes"),
        ("0." + "1" * 40, "`0." + "1" * 40 + "`, a number in no plain form", "write digits"),
    ],
)
def test_a_value_that_is_no_number_is_shown_as_spelt(written: str, told: str, remedy: str) -> None:
    for old in (None, '"auc": 0.9'):
        found = judged(f'"auc": {written}', old, "metrics: {auc: {min: 0.5, range: [0, 1]}}")
        assert places(found) == [("REG306", 3, 20)]
        assert told in only(found).message
        assert only(found).remedy.startswith(remedy)
        assert only(found).metric == "auc"
        assert rows(found)[None, "auc"].candidate is None


def test_an_unknown_direction_is_told_once_a_metric() -> None:
    new, old = '"gap": 1 | "a": {"gap": 1}', '"gap": 2 | "a": {"gap": 2}'
    found = judged(new, old, 'metrics: {"slices.*.gap": {tolerance: 1}}')
    assert places(found) == [("REG307", 3, 13)]
    assert only(found).metric == "gap"
    assert rows(found)[None, "gap"].verdict == "not-comparable"
    assert rows(found)[None, "gap"].delta == "-1"
    assert rows(found)[None, "gap"].direction is None
    assert codes(judged(new, old, 'metrics: {gap: {direction: lower}, "slices.*.gap": {}}')) == []
    assert rows(judged('"gap": 1', '"gap": 1.0'))[None, "gap"].verdict == "equal"


def test_a_direction_is_asked_for_only_where_it_decides() -> None:
    assert codes(judged('"gap": 1', None)) == ["REG313"]
    assert codes(judged('"gap": 1, "auc": 1', '"auc": 1')) == []
    assert codes(judged('"auc": 1 | "a": {"gap": 1}', '"auc": 1 | "a": {"gap": 2}')) == []
    assert codes(judged('"gap": 1', None, "metrics: {gap: {min: 0}}")) == ["REG307"]
    assert codes(judged('"gap": 1', None, "metrics: {gap: {max: 1}}")) == ["REG307"]


def test_a_first_release_is_told_and_held_to_bounds_only() -> None:
    found = judged('"auc": 0.9', None)
    (skip,) = skips(found)
    assert (skip.reason, skip.excused, skip.whole) == ("first release", True, False)
    assert places(found) == [("REG313", 3, 1)]
    assert severity(only(found)) is Severity.WARNING
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
    assert all(severity(one) is Severity.WARNING for one in findings(found))
    (skip,) = skips(found)
    assert (skip.excused, skip.whole) == (excused, True)
    assert rows(found)[None, "auc"].verdict == verdict
    assert "REG304" in codes(judged('"auc": 0.4', None, keys, baseline=baseline))


def test_a_deployed_release_without_metrics_is_a_warning() -> None:
    found = judged('"auc": 0.9', "")
    assert places(found) == [("REG305", 3, 1)]
    assert severity(only(found)) is Severity.WARNING
    assert only(found).message == "no metric was compared: the deployed release has no metrics"
    (skip,) = skips(found)
    assert (skip.whole, skip.excused) == (False, False)
    assert rows(found)[None, "auc"].verdict == "new"


def test_a_rollback_is_excused_from_all_but_broken_numbers() -> None:
    keys = "metrics: {auc: {min: 0.99}, seconds: {ignore: true}}"
    new = '"auc": 0.1, "f1": NaN, "seconds": NaN'
    found = judged(new, '"auc": 0.9', keys, rollback="0123456789abcdef")
    assert codes(found) == ["REG306"]
    (skip,) = skips(found)
    assert skip.reason == "rollback to the state of commit 0123456789ab"
    assert (skip.excused, skip.whole) == (True, True)


def test_significance_is_compared_exactly_and_says_so() -> None:
    found = judged('"auc": 0.8', '"auc": 0.9', "regression: {mode: significance}")
    assert codes(found) == ["REG301"]
    assert [skip.reason for skip in skips(found)] == ["significance: compared exactly"]


def test_rules_are_declared_once_with_their_prose() -> None:
    declared = {rule.code: rule for rule in CHECK.rules}
    assert len(declared) == len(CHECK.rules)
    assert CHECK.family == "REG"
    for rule in CHECK.rules:
        assert rule.summary.endswith(".")
        assert rule.why
        assert rule.remedy
        assert rule.bad
        assert rule.good
    assert [code for code, rule in declared.items() if rule.fixed] == ["REG306"]
