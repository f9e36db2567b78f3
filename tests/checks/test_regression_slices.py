"""Slices: those that the policy names gate, the others are shown."""

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

NAMED = 'metrics: {"slices.*.auc": {tolerance: 0.01}}'


SMALL = 'metrics: {"slices.*.auc": {min_n: 200, min: 0.8}}'


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
    assert [(one.rule.code, one.level) for one in findings(found)] == [("REG316", Severity.WARNING)]
    assert rows(found)["a", "auc"].verdict == "regressed"
    assert rows(found)["b", "auc"].verdict == "dropped"


def test_an_unnamed_slice_of_no_number_is_a_warning() -> None:
    found = judged('"auc": 1 | "a": {"auc": NaN}', '"auc": 1 | "a": {"auc": 0.9}')
    assert only(found).level is Severity.WARNING
    named = judged('"auc": 1 | "a": {"auc": NaN}', '"auc": 1 | "a": {"auc": 0.9}', NAMED)
    assert only(named).level is Severity.ERROR


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


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('"n": 200, ', '"n": 200, ', ["REG303", "REG304"]),
        ('"n": 199, ', '"n": 900, ', []),
        ('"n": 900, ', '"n": 3, ', ["REG303", "REG304", "REG309"]),
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


def test_only_a_new_slice_can_be_the_missing_one() -> None:
    found = judged(
        '"auc": 1 | "plan=frees": {"auc": 0.9, "f1": 1}, "old": {"f1": 1}',
        '"auc": 1 | "plan=free": {"auc": 0.9}, "plan=frees": {"auc": 0.9}, "old": {"f1": 1}',
        NAMED,
    )
    assert only(found).slice == "plan=free"
    assert "instead" not in only(found).message


def test_a_flood_of_new_names_gets_no_suggestions() -> None:
    def numbered(prefix: str, count: int) -> str:
        return ", ".join(f'"{prefix}{index}": 1' for index in range(count))

    few = judged(numbered("val.m", 100), numbered("m", 100))
    assert any("instead" in one.message for one in findings(few))
    many = judged(numbered("val.m", 101), numbered("m", 100))
    assert len(findings(many)) == 100
    assert not any("instead" in one.message for one in findings(many))


def test_a_slice_that_lost_while_the_whole_improved_says_so() -> None:
    found = judged('"auc": 0.95 | "a": {"auc": 0.5}', '"auc": 0.9 | "a": {"auc": 0.9}', SMALL)
    (lost,) = [one for one in findings(found) if one.rule.code == "REG303"]
    assert lost.message.endswith("; and yet overall `auc` improved")
    same = judged('"auc": 0.9 | "a": {"auc": 0.5}', '"auc": 0.9 | "a": {"auc": 0.9}', SMALL)
    assert "and yet" not in " ".join(one.message for one in findings(same))
