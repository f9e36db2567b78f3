"""What buys a candidate nothing in significance mode: silence, a broken file, a greater loss."""

from __future__ import annotations

import pytest
from evaluated import ITEMS
from evaluated import SIGNIFICANCE
from evaluated import accurate
from evaluated import compared
from evaluated import correct
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from evaluated import of_table
from measured import codes
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import places
from measured import rows

from snitch.findings import Finding
from snitch.findings import Severity

LENIENT = "regression: {mode: significance, inconclusive: warn}"
PROVEN = (1_714, 70, 46, 170)
"""Worse by 1.2 points: the pairs prove it, two unrelated samples of 2,000 would not."""
UNCLEAR = (1_700, 60, 50, 190)
PINNED = f'{LENIENT}\nbenchmarks: {{churn-standard: {{current: "2026.2", items: 2000}}}}'


def demanded(text: str, table: tuple[int, int, int, int] = UNCLEAR) -> list[tuple[str, str]]:
    found = of_table(table, f"{LENIENT}\nmetrics: {{accuracy: {{{text}}}}}")
    return [(one.rule.code, one.message.partition(";")[0]) for one in findings(found)]


def test_a_loss_is_no_way_round_a_demanded_gain() -> None:
    gained = demanded("min_gain: 0.004", (1_700, 50, 55, 195))
    lost = demanded("min_gain: 0.004")
    assert [code for code, _ in gained] == [code for code, _ in lost] == ["REG301"]
    assert lost[0][1].endswith("worse by 0.005, `min_gain` asks for 0.004")


def test_the_limit_that_no_noise_excuses_is_the_one_that_is_told() -> None:
    assert demanded("tolerance: 0.001, max_drop: 0.004") == [
        (
            "REG301",
            "`accuracy` is 0.875000, deployed is 0.880000: worse by 0.005, `max_drop` allows 0.004",
        )
    ]


def test_the_same_loss_is_proven_by_pairs_and_not_by_counts() -> None:
    assert codes(of_table(PROVEN, PINNED)) == ["REG301"]
    old, new = correct(*PROVEN)
    bare = [model(measured(f'"accuracy": {sum(it) / 2_000}')) for it in (new, old)]
    assert codes(compared(bare[0], bare[1], PINNED)) == ["REG311"]


def hidden(new: list[int]) -> dict[str, dict[str, str]]:
    ids = names(2_000)
    value = f'"accuracy": {sum(new) / 2_000:.6f}'
    relabelled = csv(id=ids, other=new)
    return {
        "no items": model(measured(value)),
        "another score": evaluated(value, relabelled, ITEMS.replace('"correct"', '"other"')),
        "no score": evaluated(value, csv(id=ids, correct=new), ITEMS.replace("accuracy", "f1")),
        "a claim": evaluated('"accuracy": 0.8795', csv(id=ids, correct=new)),
        "other items": evaluated(value, csv(id=names(2_001)[1:], correct=new)),
        "an item twice": evaluated(value, csv(id=[*ids[1:], ids[-1]], correct=new)),
        "no number": evaluated(value, csv(id=ids, correct=["nan", *new[1:]])),
        "no file": evaluated(value, "", path="elsewhere.csv"),
    }


@pytest.mark.parametrize("how", hidden([0] * 2_000))
def test_who_withholds_the_pairs_is_not_weighed_by_weaker_evidence(how: str) -> None:
    old, new = correct(*PROVEN)
    found = compared(hidden(new)[how], accurate(old), PINNED)
    assert "REG301" in codes(found)
    assert rows(found)[None, "accuracy"].verdict == "regressed"


def test_what_the_deployed_release_lacks_is_not_held_against_the_candidate() -> None:
    old, new = correct(*PROVEN)
    before = model(measured(f'"accuracy": {sum(old) / 2_000}'))
    assert codes(compared(accurate(new), before, PINNED)) == ["REG311"]


def test_items_that_are_no_longer_given_are_incomplete() -> None:
    old = accurate([1] * 2_000)
    found = compared(model(measured('"accuracy": 1')), old, SIGNIFICANCE)
    assert codes(found) == ["REG312"]
    assert only(found).message == (
        "the candidate gives no per-item results, and the deployed release brings them for 2,000 "
        "items"
    )
    assert only(found).level is Severity.ERROR
    assert places(found) == [("REG312", 3, 1)]
    bare = model(measured(""))
    assert "REG312" not in codes(compared(bare, old, SIGNIFICANCE))


def test_without_significance_items_that_are_no_longer_given_are_warned_of() -> None:
    """Items that are left out are an error in this mode too, and would not be seen any more."""
    old = accurate([1] * 20)
    found = only(compared(model(measured('"accuracy": 1')), old, "regression: {}"))
    assert (found.rule.code, found.level) == ("REG312", Severity.WARNING)
    assert found.message == (
        "the candidate gives no per-item results, and the deployed release does: whether every "
        "item was measured is not known"
    )
    bare = model(measured('"accuracy": 1'))
    assert codes(compared(bare, bare, "regression: {}")) == []


def test_items_whose_ids_the_policy_pins_must_be_given() -> None:
    bare = model(measured('"accuracy": 1'))
    digest = "a" * 64
    policy = f'benchmarks: {{churn-standard: {{current: "2026.2", items_sha256: {digest}}}}}'
    found = compared(bare, bare, policy)
    assert codes(found) == ["REG312"]
    assert "the policy pins the items of its benchmark" in only(found).message
    counted = policy.replace(f"items_sha256: {digest}", "items: 2000")
    assert codes(compared(bare, bare, counted)) == []


def test_a_metric_that_its_own_items_contradict_is_told_though_it_gained() -> None:
    old, new = correct(*UNCLEAR)
    claimed = evaluated('"accuracy": 0.95', csv(id=names(2_000), correct=new))
    found = compared(claimed, accurate(old))
    assert codes(found) == ["REG312"]
    assert only(found).level is Severity.ERROR
    assert only(found).message == (
        "`accuracy` is 0.95, and the mean of its scores in `models/churn/items.csv` is 0.875"
    )
    assert rows(found)[None, "accuracy"].verdict == "improved"
    percent = evaluated('"accuracy": 87.50', csv(id=names(2_000), correct=new))
    assert codes(compared(percent, percent)) == []


def test_a_contradiction_is_an_error_only_where_it_flatters_a_mean_that_production_knows() -> None:
    old, new = correct(*UNCLEAR)
    claimed = evaluated('"accuracy": 0.95', csv(id=names(2_000), correct=new))
    modest = evaluated('"accuracy": 0.8600', csv(id=names(2_000), correct=new))
    another = evaluated('"accuracy": 0.93', csv(id=names(2_000), correct=old))
    percent = evaluated('"accuracy": 87.50', csv(id=names(2_000), correct=new))
    for candidate, deployed in (
        (claimed, None),
        (claimed, another),
        (claimed, percent),
        (claimed, model(measured('"accuracy": 0.88'))),
        (modest, accurate(old)),
    ):
        found = [one for one in compared(candidate, deployed, "regression: {}") if severity_of(one)]
        assert [severity_of(one) for one in found] == [Severity.WARNING]


def severity_of(outcome: object) -> Severity | None:
    """How grave a contradiction is; None for whatever else is said."""
    is_one = isinstance(outcome, Finding) and "and the mean of its scores" in outcome.message
    return outcome.level if isinstance(outcome, Finding) and is_one else None


@pytest.mark.parametrize("wrong", [1e-16, -1e-15, 3e-8])
def test_a_mean_that_was_summed_in_floats_is_no_contradiction(wrong: float) -> None:
    base = [(7 * number % 101) / 103 for number in range(600)]
    worse = [score + (0.5 if number % 2 else -0.49) for number, score in enumerate(base)]

    def release(scores: list[float]) -> dict[str, str]:
        mean = sum(scores) / len(scores) * (1 + wrong)
        items = csv(id=names(len(scores)), correct=map(repr, scores))
        return evaluated(f'"mae": {mean!r}', items, ITEMS.replace("accuracy", "mae"))

    found = compared(release(worse), release(base))
    assert codes(found) == ["REG311"]
    assert "600 items, paired bootstrap" in only(found).message


def test_scores_that_are_no_probabilities_buy_no_weaker_evidence() -> None:
    def release(first: float, brier: str) -> dict[str, str]:
        scores = [first, *([0.2, 0.7] * 20)]
        items = csv(id=names(41), p=scores, y=[0, *([0, 1] * 20)])
        block = '"items": {"path": "items.csv", "scores": {"brier": {"score": "p", "label": "y"}}}'
        return evaluated(f'"brier": {{"value": {brier}, "stderr": 0.05}}', items, block)

    found = compared(release(1.5, "0.07"), release(0.1, "0.0637"), LENIENT)
    assert codes(found) == ["REG301"]
    assert "compared exactly: the scores are no probabilities" in only(found).message
    assert codes(compared(release(0.5, "0.07"), release(1.5, "0.0637"), LENIENT)) == ["REG311"]
