"""Significance mode: a loss past the tolerance is weighed by what the sample can tell."""

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
from example import OLD_OID
from example import pointer
from measured import BENCHMARK
from measured import codes
from measured import deployed
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import rows

from snitch.findings import Finding
from snitch.findings import Outcome
from snitch.findings import Severity

CLEAR = (1_700, 150, 50, 100)
UNCLEAR = (1_700, 60, 50, 190)
TOLERANT = f"{SIGNIFICANCE}\nmetrics: {{accuracy: {{tolerance: 0.01}}}}"


def messages(outcomes: list[Outcome]) -> str:
    return "\n".join(finding.message for finding in findings(outcomes))


def accuracy(outcomes: list[Outcome]) -> tuple[list[str], str]:
    return codes(outcomes), rows(outcomes)[None, "accuracy"].verdict


def test_a_clear_loss_is_a_regression_with_its_evidence() -> None:
    found = of_table(CLEAR)
    assert accuracy(found) == (["REG301"], "regressed")
    assert only(found).message == (
        "`accuracy` is 0.875000, deployed is 0.925000: worse by 0.05, and no loss is allowed; "
        "2,000 items, 150 worse and 50 better, McNemar's exact test; p < 0.0001, 95 % interval "
        "of the loss from 0.036 to 0.064; this sample shows losses from 0.018 on"
    )


def test_a_loss_that_chance_explains_is_inconclusive_and_blocks() -> None:
    found = of_table(UNCLEAR)
    assert accuracy(found) == (["REG311"], "inconclusive")
    assert only(found).level is Severity.ERROR
    assert "60 worse and 50 better" in only(found).message
    assert "cannot be told from no loss" in only(found).message


def test_the_policy_may_let_an_inconclusive_loss_warn() -> None:
    found = of_table(UNCLEAR, "regression: {mode: significance, inconclusive: warn}")
    assert accuracy(found) == (["REG311"], "inconclusive")
    assert only(found).level is Severity.WARNING


def test_a_significant_loss_inside_the_tolerance_is_told() -> None:
    policy = f"{SIGNIFICANCE}\nmetrics: {{accuracy: {{tolerance: 0.06}}}}"
    found = of_table(CLEAR, policy)
    assert accuracy(found) == (["REG308"], "within-tolerance")
    assert only(found).level is Severity.INFO


def test_an_insignificant_loss_inside_the_tolerance_is_noise() -> None:
    assert accuracy(of_table(UNCLEAR, TOLERANT)) == ([], "within-noise")


def test_a_gain_needs_no_test() -> None:
    assert accuracy(of_table((1_700, 10, 60, 230))) == ([], "improved")
    assert accuracy(of_table((1_700, 60, 60, 180))) == ([], "equal")


def test_no_noise_excuses_the_largest_drop() -> None:
    policy = f"{SIGNIFICANCE}\nmetrics: {{accuracy: {{tolerance: 0.001, max_drop: 0.004}}}}"
    found = of_table(UNCLEAR, policy)
    assert accuracy(found) == (["REG301"], "regressed")
    assert accuracy(of_table(UNCLEAR, policy.replace("0.004", "0.005")))[0] == ["REG311"]


def test_no_noise_excuses_a_missing_gain() -> None:
    policy = f"{SIGNIFICANCE}\nmetrics: {{accuracy: {{min_gain: 0.01}}}}"
    assert accuracy(of_table((1_700, 50, 60, 190), policy)) == (["REG301"], "regressed")


def test_where_lower_is_better_wrong_items_are_the_measure() -> None:
    block = ITEMS.replace("accuracy", "error_rate")
    old, new = correct(100, 50, 150, 1_700)

    def release(wrong: list[int]) -> dict[str, str]:
        items = csv(id=names(len(wrong)), correct=wrong)
        return evaluated(f'"error_rate": {sum(wrong) / len(wrong)}', items, block)

    found = compared(release(new), release(old))
    assert codes(found) == ["REG301"]
    assert "150 worse and 50 better" in only(found).message


def test_other_scores_are_bootstrapped() -> None:
    block = ITEMS.replace("accuracy", "mae")

    def release(scores: list[float]) -> dict[str, str]:
        items = csv(id=names(len(scores)), correct=scores)
        return evaluated(f'"mae": {sum(scores) / len(scores):.6f}', items, block)

    base = [(7 * number % 100) / 100 for number in range(600)]
    worse = [score + 0.05 + (number % 7) / 50 for number, score in enumerate(base)]
    shaky = [score + (0.5 if number % 2 else -0.49) for number, score in enumerate(base)]
    found = compared(release(worse), release(base))
    assert codes(found) == ["REG301"]
    assert "600 items, paired bootstrap of 2,000 draws; p = 0.0005" in only(found).message
    assert codes(compared(release(shaky), release(base))) == ["REG311"]


def test_the_deployed_releases_clusters_are_drawn_whole() -> None:
    clustered = ITEMS.replace('"id": "id"', '"id": "id", "cluster": "account"')
    accounts = [f"a{number // 200}" for number in range(2_000)]
    # All of the loss is in one account: of ten accounts, that is chance.
    old, new = [1] * 2_000, [0] * 60 + [1] * 1_940

    def release(right: list[int], block: str) -> dict[str, str]:
        items = csv(id=names(2_000), correct=right, account=accounts)
        return evaluated(f'"accuracy": {sum(right) / 2_000}', items, block)

    assert codes(compared(release(new, ITEMS), release(old, ITEMS))) == ["REG301"]
    assert codes(compared(release(new, clustered), release(old, ITEMS))) == ["REG301"]
    found = compared(release(new, ITEMS), release(old, clustered))
    assert codes(found) == ["REG311"]
    assert "2,000 items in 10 clusters" in only(found).message


@pytest.mark.parametrize(
    ("new", "old", "reason"),
    [
        ("", ITEMS, "the candidate gives no per-item results"),
        (ITEMS, "", "the deployed release gives no per-item results"),
        (ITEMS.replace("accuracy", "f1"), ITEMS, "the candidate's items have no score of"),
        (ITEMS, ITEMS.replace("accuracy", "f1"), "the deployed release's items have no score of"),
    ],
)
def test_without_evidence_the_comparison_is_exact_and_says_so(
    new: str, old: str, reason: str
) -> None:
    before, after = correct(*UNCLEAR)

    def release(right: list[int], block: str) -> dict[str, str]:
        items = csv(id=names(len(right)), correct=right)
        files = evaluated(f'"accuracy": {sum(right) / len(right)}', items, block or ITEMS)
        if not block:
            files |= model(measured(f'"accuracy": {sum(right) / len(right)}'))
        return files

    found = compared(release(after, new), release(before, old))
    assert "REG301" in codes(found)
    assert f"compared exactly: {reason}" in messages(found)


def test_items_that_contradict_the_metric_are_no_evidence() -> None:
    old, new = correct(*UNCLEAR)
    claimed = {**accurate(new), **model(measured('"accuracy": 0.85', "", ITEMS))}
    found = compared(claimed, accurate(old))
    assert codes(found) == ["REG301", "REG312"]
    assert "the items of the candidate give 0.875 and not the 0.85" in messages(found)
    understated = {**accurate(old), **model(measured('"accuracy": 0.95', "", ITEMS))}
    assert "give 0.88 and not the 0.95" in only(compared(accurate(new), understated)).message


def test_a_rounded_metric_is_no_contradiction() -> None:
    old, new = correct(*UNCLEAR)
    for text in ("0.88", "0.87", "0.875"):
        claimed = {**accurate(new), **model(measured(f'"accuracy": {text}', "", ITEMS))}
        assert "not the" not in messages(compared(claimed, accurate(old)))


def test_what_the_author_measured_of_the_incumbent_is_no_evidence() -> None:
    old, new = correct(*UNCLEAR)
    claim = (
        '"incumbent": {"weights_sha256": "%s", "metrics": {"accuracy": {"value": 0.95, '
        '"stderr": 0.5}}}'
    )
    text = measured(
        '"accuracy": 0.875', "", ITEMS, claim % OLD_OID, benchmark=BENCHMARK.replace(".2", ".3")
    )
    before = {**accurate(old), "weights/model.safetensors": pointer(OLD_OID)}
    found = compared({**accurate(new), **model(text)}, before)
    assert "REG301" in codes(found)
    assert "compared exactly" in messages(found)


def test_how_many_items_production_had_says_nothing_of_a_claim_about_it() -> None:
    claim = f'"incumbent": {{"weights_sha256": "{OLD_OID}", "metrics": {{"accuracy": 0.9}}}}'
    other = BENCHMARK.replace(".2", ".3")
    new = model(measured('"accuracy": 0.88', "", claim, benchmark=other))
    before = deployed(measured('"accuracy": {"value": 0.95, "n": 500}'))
    found = compared(new, before)
    assert "REG301" in codes(found)
    assert "compared exactly" in messages(found)


def summary(new: str, old: str, policy: str = SIGNIFICANCE) -> list[Outcome]:
    return compared(model(measured(new)), model(measured(old)), policy)


def test_the_deployed_standard_error_weighs_a_loss() -> None:
    new = '"f1": {"value": 0.88}'
    found = summary(new, '"f1": {"value": 0.9, "stderr": 0.02}')
    assert codes(found) == ["REG311"]
    assert "95 % interval of the loss from -0.035 to 0.075" in only(found).message
    assert codes(summary(new, '"f1": {"value": 0.9, "stderr": 0.005}')) == ["REG301"]
    assert codes(summary(new, '"f1": {"value": 0.9, "ci": [0.86, 0.94]}')) == ["REG311"]
    assert codes(summary(new, '"f1": {"value": 0.9, "ci": [0.89, 0.91]}')) == ["REG301"]


def test_the_candidates_own_uncertainty_buys_nothing() -> None:
    found = summary('"f1": {"value": 0.88, "stderr": 0.4}', '"f1": 0.9')
    assert codes(found) == ["REG301"]
    assert "nothing else tells the deployed value's uncertainty" in only(found).message


def test_an_uncertainty_beyond_twice_the_deployed_one_is_an_error() -> None:
    old = '"f1": {"value": 0.9, "stderr": 0.01}'
    assert codes(summary('"f1": {"value": 0.91, "stderr": 0.02}', old)) == []
    found = summary('"f1": {"value": 0.91, "stderr": 0.021}', old)
    assert codes(found) == ["REG309"]
    assert only(found).level is Severity.ERROR
    interval = '"f1": {"value": 0.91, "ci": [0.8, 1.0]}'
    assert codes(summary(interval, old)) == ["REG309"]
    assert codes(summary(interval, old, "freshness: {}")) == []
    narrow = '"f1": {"value": 0.91, "ci": [0.875, 0.945]}'
    assert codes(summary(narrow, old)) == []


def test_a_smaller_sample_is_an_error_where_noise_can_excuse() -> None:
    new, old = '"f1": {"value": 0.91, "n": 499}', '"f1": {"value": 0.9, "n": 500}'
    assert only(summary(new, old)).level is Severity.ERROR
    exactly = summary(new, old, "freshness: {}")
    assert codes(exactly) == ["REG309"]
    assert only(exactly).level is Severity.WARNING
    assert codes(summary(old, old)) == []


def test_the_policys_items_weigh_a_proportion() -> None:
    pinned = f'{SIGNIFICANCE}\nbenchmarks: {{churn-standard: {{current: "2026.2", items: %s}}}}'
    new, old = '"accuracy": 0.88', '"accuracy": 0.9'
    found = summary(new, old, pinned % 500)
    assert codes(found) == ["REG311"]
    assert "500 items on either side, unpaired" in only(found).message
    assert codes(summary(new, old, pinned % 5000)) == ["REG301"]
    assert codes(summary(new, '"accuracy": {"value": 0.9, "n": 500}')) == ["REG311"]
    assert "compared exactly" in messages(summary(new, old))
    recall = summary('"recall": 0.88', '"recall": {"value": 0.9, "n": 500}', pinned % 500)
    assert "compared exactly" in messages(recall)


def test_a_perfect_deployed_proportion_is_not_certain() -> None:
    found = summary('"accuracy": 0.99', '"accuracy": {"value": 1, "n": 100}')
    assert codes(found) == ["REG311"]


def sliced(right: list[int], plans: list[str], policy: str = "") -> dict[str, str]:
    groups = sorted(set(plans))
    parts = []
    for group in groups:
        own = [value for value, plan in zip(right, plans, strict=True) if plan == group]
        parts.append(f'"plan={group}": {{"n": {len(own)}, "accuracy": {sum(own) / len(own):.6f}}}')
    items = csv(id=names(len(right)), correct=right, plan=plans)
    overall = f'"accuracy": {sum(right) / len(right):.6f}'
    del policy
    return evaluated(overall, items, ITEMS, ", ".join(parts))


NAMED = f'{SIGNIFICANCE}\nmetrics: {{"slices.plan=*.accuracy": {{tolerance: 0}}}}'


def slice_pair(worse: int, better: int, groups: int) -> tuple[dict[str, str], dict[str, str]]:
    """One slice of 200 items that loses, and others that do not."""
    size = 200
    plans = [f"p{number // size:02}" for number in range(size * groups)]
    old = [1] * (size * groups)
    new = list(old)
    for index in range(worse):
        new[index] = 0
    for index in range(better):
        old[size - 1 - index] = 0
    return sliced(new, plans), sliced(old, plans)


def test_slices_are_weighed_by_their_own_items() -> None:
    new, old = slice_pair(20, 4, 1)
    found = compared(new, old, NAMED)
    assert codes(found) == ["REG301", "REG303"]
    assert "200 items, 20 worse and 4 better" in messages(found)


def test_many_slices_are_a_family() -> None:
    new, old = slice_pair(12, 3, 1)
    assert rows(compared(new, old, NAMED))["plan=p00", "accuracy"].verdict == "regressed"
    new, old = slice_pair(12, 3, 30)
    found = compared(new, old, NAMED)
    assert rows(found)["plan=p00", "accuracy"].verdict == "inconclusive"
    assert "Holm's correction for 30 slices" in messages(found)


def test_slices_that_nobody_names_are_shown_and_never_weighed() -> None:
    new, old = slice_pair(20, 4, 1)
    found = compared(new, old, "regression: {mode: significance, inconclusive: warn}")
    assert codes(found) == ["REG301"]
    assert rows(found)["plan=p00", "accuracy"].verdict == "regressed"


def test_a_slice_without_a_column_is_compared_exactly() -> None:
    old, new = correct(*UNCLEAR)

    def release(right: list[int]) -> dict[str, str]:
        value = sum(right) / len(right)
        items = csv(id=names(len(right)), correct=right)
        slices = f'"plan=free": {{"accuracy": {value}}}'
        return evaluated(f'"accuracy": {value}', items, ITEMS, slices)

    found = compared(release(new), release(old), NAMED)
    assert codes(found) == ["REG303", "REG311"]
    assert "no column of the deployed items tells who belongs to `plan=free`" in messages(found)


def test_other_items_are_no_evidence() -> None:
    old, new = correct(*UNCLEAR)
    others = [f"other-{number}" for number in range(len(new))]
    found = compared(accurate(new, others), accurate(old))
    assert "the two releases were measured on different items" in messages(found)


def test_membership_that_differs_is_no_evidence() -> None:
    new, old = slice_pair(20, 16, 2)
    moved = new["items.csv"].replace("item-00399,1,p01", "item-00399,1,p00")
    found = compared({**new, "items.csv": moved}, old, NAMED)
    assert "the column `plan` differs between the two releases' items" in messages(found)


def test_one_finding_for_each_loss() -> None:
    found = of_table(CLEAR)
    assert len([one for one in found if isinstance(one, Finding)]) == 1
