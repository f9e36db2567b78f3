"""What a value must hold by itself: bounds, range, number, a direction."""

from __future__ import annotations

import pytest
from measured import codes
from measured import only
from measured import places
from measured import rows
from regressed import judged

from snitch.findings import Severity


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
    assert only(found).level is Severity.ERROR
    assert rows(found)[None, "accuracy"].verdict == "not-comparable"
    assert rows(found)[None, "accuracy"].delta == "79.695"
    down = only(
        judged('"accuracy": 0.805', '"accuracy": 80.5', "metrics: {accuracy: {range: [50, 100]}}")
    )
    assert down.remedy == "if 0.805 is meant in a fraction, write 80.5"
    far = only(judged('"accuracy": 700', '"accuracy": 0.8', keys))
    assert far.remedy.startswith("write the value in the unit of its range")
    near = only(judged('"accuracy": 1.195', '"accuracy": 0.8', keys))
    assert "percent" not in near.remedy
    for edge in ("0", "1"):
        edges = keys.replace(", max: 0.99", "")
        assert codes(judged(f'"accuracy": {edge}', f'"accuracy": {edge}', edges)) == []


@pytest.mark.parametrize(
    ("new", "old", "meant"),
    [
        ('"accuracy": 80.5', '"accuracy": 0.805', "if 80.5 is meant in percent, write 0.805"),
        ('"val/F1": 8.5', '"val/F1": 0.85', "if 8.5 is meant in percent, write 0.085"),
        ('"wer": 0.12', '"wer": 12.5', "if 0.12 is meant in a fraction, write 12"),
    ],
)
def test_a_share_that_changes_its_unit_gains_nothing(new: str, old: str, meant: str) -> None:
    found = only(judged(new, old, "metrics: {}"))
    assert found.rule.code == "REG316"
    assert found.level is Severity.ERROR
    beside = "a fraction beside a percentage", "a percentage beside a fraction"
    assert found.message.endswith(f": {beside['percent' in meant]}, and neither a gain nor a loss")
    assert found.remedy == f"{meant}; if it is not, have the policy's owners declare the `range`"


@pytest.mark.parametrize(
    ("new", "old", "keys"),
    [
        ('"accuracy": 80.5', '"accuracy": 0.805', "accuracy: {range: [0, 100]}"),
        ('"psnr": 30', '"psnr": 0.9', ""),
        ('"tokens_per_second": 80.5', '"tokens_per_second": 0.8', ""),
        ('"our_gain": 80.5', '"our_gain": 0.805', "our_gain: {direction: higher}"),
        ('"accuracy": 5', '"accuracy": 0.6', ""),
        ('"accuracy": 90', '"accuracy": 80', ""),
        ('"accuracy": 0.9', '"accuracy": 0.05', ""),
        ('"wer": 0.9', '"wer": 5', ""),
    ],
)
def test_a_gain_in_one_unit_is_a_gain(new: str, old: str, keys: str) -> None:
    assert codes(judged(new, old, f"metrics: {{{keys}}}")) == []


def test_a_loss_by_another_unit_is_a_loss() -> None:
    for new, old in (('"accuracy": 0.805', '"accuracy": 80.5'), ('"wer": 12', '"wer": 0.12')):
        found = only(judged(new, old, "metrics: {}"))
        assert found.rule.code == "REG301"
        assert "changed between percent and fraction" in found.remedy


def test_a_slice_that_nobody_names_changes_its_unit_as_a_warning() -> None:
    found = only(judged('"auc": 1 | "a": {"auc": 90}', '"auc": 1 | "a": {"auc": 0.9}'))
    assert (found.rule.code, found.level, found.slice) == ("REG316", Severity.WARNING, "a")


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
        ("{}", "`{…}`, a mapping", "write a number, or a mapping with a `value`"),
        ('"0.95"', '`"0.95"`, text', "write 0.95 without quotes"),
        ('" 95% "', '`" 95% "`, a percentage as text', "write the plain number"),
        ('"5%"', '`"5%"`, a percentage as text', "write the plain number"),
        ('"-5 %"', '`"-5 %"`, a percentage as text', "write the plain number"),
        ('"%"', '`"%"`, text', "write the number that was measured"),
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
