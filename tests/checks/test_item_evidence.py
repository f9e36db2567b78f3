"""What per-item results say of a damage, whatever the scale and the direction of the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from evaluated import ITEMS
from evaluated import SIGNIFICANCE
from evaluated import compared
from evaluated import correct
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from measured import findings

from snitch.checks.item_evidence import of_counts
from snitch.checks.item_evidence import sides_of
from snitch.checks.statistics import newcombe
from snitch.registry.item_scores import Column
from snitch.registry.item_scores import ItemScores
from snitch.registry.item_scores import Score

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE = (1_700, 150, 50, 100)


def scored(name: str, scores: list[str], **columns: Iterable[object]) -> dict[str, str]:
    """A release whose metric is the mean of the scores."""
    items = csv(id=names(len(scores)), correct=scores, **columns)
    value = sum(map(float, scores)) / len(scores)
    return evaluated(f'"{name}": {value:.9f}', items, ITEMS.replace("accuracy", name))


def loss(new: dict[str, str], old: dict[str, str], keys: str = "") -> str:
    """What is said of the loss, from its evidence on."""
    policy = f"{SIGNIFICANCE}\nmetrics: {{{keys}}}" if keys else SIGNIFICANCE
    [finding] = [one for one in findings(compared(new, old, policy)) if one.metric]
    return finding.message.partition("; ")[2]


def of_levels(low: str, high: str, keys: str = "", name: str = "accuracy") -> str:
    old, new = ([high if right else low for right in side] for side in correct(*TABLE))
    return loss(scored(name, new), scored(name, old), keys)


@pytest.mark.parametrize(
    ("low", "high", "interval", "least"),
    [
        ("0", "1", "from 0.036 to 0.064", "0.018"),
        ("0", "0.5", "from 0.018 to 0.032", "0.0088"),
        ("1", "3", "from 0.073 to 0.13", "0.035"),
        ("-0.25", "0.25", "from 0.018 to 0.032", "0.0088"),
    ],
)
def test_two_scores_are_paired_at_their_own_distance(
    low: str, high: str, interval: str, least: str
) -> None:
    assert of_levels(low, high) == (
        "2,000 items, 150 worse and 50 better, McNemar's exact test; p < 0.0001, 95 % interval of "
        f"the loss {interval}; this sample shows losses from {least} on"
    )


def test_where_lower_is_better_the_higher_of_two_scores_is_the_worse() -> None:
    lower = of_levels("3", "1", "odds: {direction: lower}", "odds")
    assert lower == of_levels("1", "3", "odds: {direction: higher}", "odds")


def shaken(sign: int, keys: str, **columns: Iterable[object]) -> str:
    base = [sign * (7 * number % 100) / 100 for number in range(600)]
    worse = [
        score - sign * (0.3 if number % 3 else -0.4) * (1 + number % 5)
        for number, score in enumerate(base)
    ]
    new, old = (
        scored("odds", [f"{score:.4f}" for score in side], **columns) for side in (worse, base)
    )
    return loss(new, old, keys)


def test_a_bootstrap_is_told_as_a_loss_in_either_direction() -> None:
    higher = shaken(1, "odds: {direction: higher}")
    assert higher == shaken(-1, "odds: {direction: lower}")
    start = "600 items, paired bootstrap of 2,000 draws; p = 0.0005, 95 % interval of the loss from"
    assert higher.startswith(f"{start} 0.11 to 0.28;")


def test_the_counts_are_those_of_the_paired_table() -> None:
    table = (9, 5, 1, 3)
    evidence = of_counts(*table)
    assert evidence.interval == newcombe.paired(*table)
    assert evidence.interval != newcombe.paired(1, 5, 1, 11)
    old, new = ([str(right) for right in side] for side in correct(*table))
    low, high = (f"{bound:.2g}" for bound in evidence.interval)
    assert f"interval of the loss from {low} to {high}; " in loss(
        scored("accuracy", new), scored("accuracy", old)
    )


@pytest.mark.parametrize(
    ("slice_", "reason"),
    [
        ("plan=free", "20 items, 5 worse and 1 better, McNemar's exact test"),
        ("plan=gone", "compared exactly: no item belongs to `plan=gone`"),
        ("plan", "compared exactly: no column of the deployed items tells who belongs to `plan`"),
        ("tier=a", "compared exactly: no column of the deployed items tells who belongs to"),
    ],
)
def test_a_slice_is_weighed_by_the_items_of_its_value(slice_: str, reason: str) -> None:
    old, new = correct(12, 5, 1, 2)

    def sliced(right: list[int]) -> dict[str, str]:
        plans = ["free"] * 20 + ["paid"] * 20
        table = csv(id=names(40), correct=[*right, *[1] * 20], plan=plans)
        part = f'"{slice_}": {{"accuracy": {sum(right) / 20}}}, "plan=paid": {{"accuracy": 1}}'
        return evaluated(f'"accuracy": {(sum(right) + 20) / 40}', table, ITEMS, part)

    policy = f'{SIGNIFICANCE}\nmetrics: {{"slices.*.accuracy": {{}}}}'
    found = findings(compared(sliced(new), sliced(old), policy))
    [told] = [one.message for one in found if one.slice == slice_]
    assert reason in told


def numbers(units: list[int], places: int = 0) -> Column:
    return Column(tuple(units), places)


def items(label: str | None, **columns: Column) -> tuple[ItemScores, Score]:
    ids = tuple("abcd"[: len(next(iter(columns.values())).units)])
    score = Score("p", label)
    return ItemScores("i.csv", ids=ids, scores={"m": score}, numbers=columns), score


def test_labels_are_0_and_1_at_whatever_scale_they_are_written() -> None:
    score = numbers([25, 75], 2)
    one = items("y", p=score, y=numbers([0, 1]))
    other = items("y", p=numbers([5, 6], 1), y=numbers([0, 10], 1))
    found = sides_of(one, other)
    assert [*found.deployed, *found.candidate, found.scale] == [25, 75, 50, 60, 100]
    assert found.labels == [0, 1]


@pytest.mark.parametrize(
    ("deployed", "candidate", "reason"),
    [
        ("y", None, "only one of the two releases gives a `label`"),
        (None, "y", "only one of the two releases gives a `label`"),
        ("y", "z", "the labels differ between the two releases' items"),
        ("w", "w", "a label is neither 0 nor 1"),
        ("v", "v", "a label is neither 0 nor 1"),
    ],
)
def test_labels_must_be_of_both_and_equal(
    deployed: str | None, candidate: str | None, reason: str
) -> None:
    columns = {
        "p": numbers([0, 1]),
        "y": numbers([0, 1]),
        "z": numbers([1, 0]),
        "w": numbers([0, 2]),
        "v": numbers([10, 5], 1),
    }
    with pytest.raises(ValueError, match=reason):
        sides_of(items(deployed, **columns), items(candidate, **columns))
