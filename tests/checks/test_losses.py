"""What a loss says in full: how far, what was allowed, and what would mend it."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
import regressed
from measured import at
from measured import codes
from measured import findings
from measured import only

if TYPE_CHECKING:
    from snitch.findings import Outcome

WAIVER = "or agree on a waiver with the policy's owners and merge that first"


def judged(new: str, old: str, keys: str = "") -> list[Outcome]:
    return regressed.judged(new, old, f"metrics: {{{keys}}}" if keys else "")


@pytest.mark.parametrize(
    ("direction", "new", "keys", "needed"),
    [
        ("higher", "0.5", "tolerance: 0.1", "at least 0.7"),
        ("lower", "1.1", "tolerance: 0.1", "at most 0.9"),
        ("higher", "0.5", "tolerance: 0.1, max_drop: 0.05", "at least 0.75"),
        ("higher", "0.5", "tolerance: 0.1, max_drop: 0.2", "at least 0.7"),
        ("lower", "1.1", "tolerance: 0.1, max_drop: 0.05", "at most 0.85"),
        ("higher", "0.5", "tolerance: 0.1, min_gain: 0.02", "at least 0.82"),
        ("lower", "1.1", "tolerance: 0.1, min_gain: 0.02", "at most 0.78"),
        ("higher", "0.5", "max_drop: 0.1, min_gain: 0.02", "at least 0.82"),
        ("higher", "0.5", "relative_tolerance: 10%", "at least 0.72"),
        ("higher", "0.5", "", "at least 0.8"),
    ],
)
def test_a_loss_names_the_worst_value_that_would_pass(
    direction: str, new: str, keys: str, needed: str
) -> None:
    standard = f"odds: {{direction: {direction}{', ' if keys else ''}{keys}}}"
    found = only(judged(f'"odds": {new}', '"odds": 0.8', standard))
    assert found.remedy == f"bring `odds` to {needed}, {WAIVER}"
    value = needed.rpartition(" ")[2]
    assert codes(judged(f'"odds": {value}', '"odds": 0.8', standard)) == []


def test_a_slip_asks_for_nothing() -> None:
    found = only(judged('"auc": 0.79', '"auc": 0.8', "auc: {tolerance: 0.1, warn: 0}"))
    assert found.rule.code == "REG315"
    assert found.message == (
        "`auc` is 0.79, deployed is 0.8: worse by 0.01, past `warn` (0), inside the tolerance (0.1)"
    )
    assert found.remedy == (
        "nothing must change; look at what was lost before building on this release"
    )


def test_a_change_of_unit_is_what_is_asked_about() -> None:
    found = only(judged('"acc": 0.805', '"acc": 80.5', "acc: {tolerance: 1}"))
    assert found.remedy == (
        "if the unit of `acc` changed between percent and fraction, write it as production does; "
        "else train again"
    )


@pytest.mark.parametrize(
    ("new", "old", "told", "said", "mended"),
    [
        (
            '"mae": 1',
            '"auc": 0.9120, "mae": 1',
            ("REG302", 3, 1),
            "`auc` is missing; the deployed release has it (0.9120)",
            "measure `auc` again and write it under that name",
        ),
        (
            '"mae": 1',
            '"auc": "?", "mae": 1',
            ("REG302", 3, 1),
            "`auc` is missing; the deployed release has it",
            "measure `auc` again and write it under that name",
        ),
        (
            '"mae": 1, "val.auc": 1',
            '"auc": 0.9, "mae": 1',
            ("REG302", 3, 23),
            (
                "`auc` is missing; the deployed release has it (0.9), and the candidate has "
                "`val.auc` instead"
            ),
            "rename `val.auc` back to `auc`",
        ),
        (
            '"mae": 1 | "a": {"val.auc": 1}',
            '"mae": 1 | "a": {"auc": 0.9}',
            ("REG303", 4, 18),
            (
                "`auc` of slice `a` is missing; the deployed release has it (0.9), and the "
                "candidate has `val.auc` instead"
            ),
            "rename `val.auc` back to `auc`",
        ),
        (
            '"mae": 1 | "b": {"mae": 1}',
            '"mae": 1 | "b": {"auc": 0.9, "mae": 1}',
            ("REG303", 4, 1),
            "`auc` of slice `b` is missing; the deployed release has it (0.9)",
            "measure `auc` of slice `b` again and write it under that name",
        ),
        (
            '"mae": 1 | "b": {"mae": 1}',
            '"mae": 1 | "a": {"mae": 1}, "b": {"mae": 1}',
            ("REG303", 4, 1),
            "slice `a` is missing; the deployed release has it and the policy names it",
            "measure slice `a` again and write it under that name",
        ),
        (
            '"mae": 1 | "plan=Free": {"mae": 1}',
            '"mae": 1 | "plan=free": {"mae": 1}',
            ("REG303", 4, 1),
            (
                "slice `plan=free` is missing; the deployed release has it and the policy names "
                "it, and the candidate has `plan=Free` instead"
            ),
            "measure slice `plan=free` again and write it under that name",
        ),
    ],
    ids=["gone", "of no number", "renamed", "renamed in a slice", "of a slice", "slice", "slices"],
)
def test_what_is_gone_is_told_with_its_value_and_its_likeness(
    new: str, old: str, told: tuple[str, int, int], said: str, mended: str
) -> None:
    [found] = findings(judged(new, old, '"slices.*.auc": {}, "slices.*.mae": {}'))
    assert at(found) == told
    assert (found.message, found.remedy) == (said, mended)


def test_metrics_of_the_whole_that_left_with_only_slices_staying_are_told_one_by_one() -> None:
    found = findings(judged(' | "a": {"auc": 1}', '"auc": 1, "mae": 1 | "a": {"auc": 1}'))
    assert [(one.rule.code, one.metric, one.slice) for one in found] == [
        ("REG302", "auc", None),
        ("REG302", "mae", None),
    ]


def test_a_file_without_any_metric_lost_those_of_the_whole_or_some() -> None:
    named = '"slices.*.auc": {}'
    [found] = findings(judged("", '"auc": 1 | "a": {"auc": 1}', named))
    assert found.message == ("the candidate has no metrics at all; the deployed release has `auc`")
    assert found.remedy == (
        "measure the candidate and write its numbers into `models/churn/metrics.json`"
    )
    [some] = findings(judged("", ' | "a": {"auc": 1}', named))
    assert some.message.endswith("the deployed release has some")


def test_new_names_come_in_one_order_to_be_taken_for_old_ones() -> None:
    found = judged(
        '"auc_b": 1, "auc_a": 1 | "plan_b": {"f1": 1}, "plan_a": {"f1": 1}',
        '"auc": 1 | "plan": {"f1": 1}',
        '"slices.*.f1": {}',
    )
    told = [one.message.rpartition("has ")[2] for one in findings(found)]
    turned = judged(
        '"auc_a": 1, "auc_b": 1 | "plan_a": {"f1": 1}, "plan_b": {"f1": 1}',
        '"auc": 1 | "plan": {"f1": 1}',
        '"slices.*.f1": {}',
    )
    assert told == [one.message.rpartition("has ")[2] for one in findings(turned)]


def test_a_loss_of_a_slice_is_told_beside_the_gain_of_its_own_metric_only() -> None:
    found = judged(
        '"auc": 0.95, "f1": 0.5 | "a": {"auc": 0.5, "f1": 0.5}',
        '"auc": 0.9, "f1": 0.5 | "a": {"auc": 0.9, "f1": 0.9}',
        '"slices.*.auc": {}, "slices.*.f1": {}',
    )
    assert {one.metric: "and yet" in one.message for one in findings(found)} == {
        "auc": True,
        "f1": False,
    }


@pytest.mark.parametrize(
    ("new", "old", "renamed"),
    [
        (["coco.AR"], ["coco.AP (L)"], {}),
        (["coco.AR"], ["coco.AP (L)", "coco.AR0"], {"coco.AR0": "coco.AR"}),
        (["val.f1_score"], ["val.f1", "val.F1Score"], {"val.F1Score": "val.f1_score"}),
        (["test.auc", "val.AUC"], ["val.auc"], {"val.auc": "val.AUC"}),
        (["valid.auc"], ["val.auc"], {"val.auc": "valid.auc"}),
        (["valid.bleu"], ["val.auc"], {}),
        (["val_auc"], ["val.auc"], {"val.auc": "val_auc"}),
    ],
)
def test_a_new_metric_is_taken_for_the_missing_one_that_it_is_like(
    new: list[str], old: list[str], renamed: dict[str, str]
) -> None:
    def metrics(names: list[str]) -> str:
        return ", ".join(f'"{name}": 0.5' for name in ["mae", *names])

    dropped = [
        one for one in findings(judged(metrics(new), metrics(old))) if one.rule.code == "REG302"
    ]
    assert {one.metric for one in dropped} == set(old)
    told = {one.metric: one.remedy for one in dropped if one.remedy.startswith("rename ")}
    assert told == {was: f"rename `{now}` back to `{was}`" for was, now in renamed.items()}


def test_what_many_missing_metrics_are_called_now_is_found_soon() -> None:
    old = ", ".join(f'"val.auc_scor{number}": 0.5' for number in range(5000))
    start = process_time()
    found = findings(judged('"mae": 1, "val.auc_score": 0.5', f'"mae": 1, {old}'))
    # It takes a moment, and took minutes while each asked all the others again.
    assert process_time() - start < 30
    assert len([one for one in found if one.remedy.startswith("rename ")]) == 1
