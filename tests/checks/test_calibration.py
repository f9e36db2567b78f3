"""Calibration and latency as metrics like any other."""

from __future__ import annotations

import pytest
from evaluated import compared
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from measured import codes
from measured import findings
from measured import measured
from measured import model
from measured import only
from measured import rows

from snitch.policy.directions import direction_of

BLOCK = '"items": {"path": "items.csv", "scores": {"auc": {"score": "p", "label": "y"}}}'
N = 1_000
LABELS = [int(number % 10 < 3) for number in range(N)]
SHARP = [0.3 if number % 2 else 0.29 for number in range(N)]
SURE = [0.45 if number % 2 else 0.46 for number in range(N)]


def release(probabilities: list[float], metrics: str = '"auc": 0.5') -> dict[str, str]:
    items = csv(id=names(N), p=probabilities, y=LABELS)
    return evaluated(metrics, items, BLOCK)


def policy(metrics: str, mode: str = "significance") -> str:
    return f"regression: {{mode: {mode}}}\nmetrics: {{{metrics}, auc: {{ignore: true}}}}"


def test_calibration_follows_from_the_items_where_the_policy_names_it() -> None:
    found = compared(release(SURE), release(SHARP), policy("ece: {tolerance: 0.01}"))
    assert codes(found) == ["REG301"]
    row = rows(found)[None, "ece"]
    assert (row.candidate, row.deployed) == ("0.155000", "0.005000")
    assert "paired bootstrap" in only(found).message


def test_bounds_hold_for_a_first_release() -> None:
    found = compared(release(SURE), None, policy("ece: {max: 0.1}", "exact"))
    assert codes(found) == ["REG304"]
    assert codes(compared(release(SHARP), None, policy("brier: {max: 0.22}", "exact"))) == []
    assert codes(compared(release(SHARP), None, policy("brier: {max: 0.2}", "exact"))) == ["REG304"]


def test_reliability_is_watched_where_the_decision_is_made() -> None:
    at = "reliability_gap: {threshold: %s, max: 0.1}"
    assert codes(compared(release(SURE), None, policy(at % "0.45", "exact"))) == ["REG304"]
    found = compared(release(SURE), None, policy(at % "0.3", "exact"))
    assert (None, "reliability_gap") not in rows(found)
    shifted = compared(
        release(SURE), release([0.41] * N), policy("reliability_gap: {threshold: 0.44}")
    )
    assert codes(shifted) == ["REG301"]


def test_what_the_metrics_file_gives_is_not_computed() -> None:
    claimed = '"auc": 0.5, "ece": 0.001'
    found = compared(release(SURE, claimed), release(SHARP, claimed), policy("ece: {}"))
    assert rows(found)[None, "ece"].candidate == "0.001"


def test_calibration_that_is_no_longer_measured_is_dropped() -> None:
    bare = model(measured('"auc": 0.5'))
    found = compared(bare, release(SHARP), policy("ece: {}", "exact"))
    assert sorted(codes(found)) == ["REG302", "REG312"]


def test_items_out_of_reach_are_no_dropped_metric() -> None:
    lost = {name: text for name, text in release(SHARP).items() if name != "items.csv"}
    assert codes(compared(lost, release(SHARP), policy("ece: {}", "exact"))) == []


@pytest.mark.parametrize(
    ("scores", "derived"),
    [
        ('"auc": {"score": "p", "label": "y"}', {"brier": "0.233050", "ece": "0.155000"}),
        ('"brier": "p", "auc": {"score": "p", "label": "y"}', {"ece": "0.155000"}),
        ('"brier": {"score": "q", "label": "y"}', {"brier": "0.212500", "ece": "0.050000"}),
        ('"auc": "p"', {}),
    ],
)
def test_each_is_computed_from_its_own_score_or_the_first_with_a_label(
    scores: str, derived: dict[str, str]
) -> None:
    items = csv(id=names(N), p=SURE, q=[0.25] * N, y=LABELS)
    block = f'"items": {{"path": "items.csv", "scores": {{{scores}}}}}'
    both = policy("brier: {}, ece: {}", "exact")
    found = rows(compared(evaluated('"f1": 0.5', items, block), None, both))
    assert {name: row.candidate for (_, name), row in found.items() if name != "f1"} == derived


def test_sure_and_never_are_probabilities() -> None:
    certain = [float(label) for label in LABELS]
    found = compared(release(certain), None, policy("ece: {max: 0.1}", "exact"))
    assert rows(found)[None, "ece"].candidate == "0.000000"


def test_scores_that_are_no_probabilities_give_no_calibration() -> None:
    found = compared(release([7.0] * N), None, policy("ece: {max: 0.1}", "exact"))
    assert (None, "ece") not in rows(found)


@pytest.mark.parametrize(
    "name",
    ["latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "latency.p50", "latency.p95_ms",
     "latency.p99", "brier", "ece", "reliability_gap"],
)  # fmt: skip
def test_lower_is_better_for_latency_and_calibration(name: str) -> None:
    assert direction_of(name) == "lower"


def test_latency_has_absolute_and_relative_bounds() -> None:
    standard = "latency_p99_ms: {max: 50, relative_tolerance: 10%}"
    keys = f"metrics: {{{standard}}}"

    def judged(new: str, old: str) -> list[str]:
        found = compared(
            model(measured(f'"latency_p99_ms": {new}')),
            model(measured(f'"latency_p99_ms": {old}')),
            keys,
        )
        return [finding.rule.code for finding in findings(found)]

    assert judged("44", "40") == []
    assert judged("44.1", "40") == ["REG301"]
    assert judged("50.1", "50") == ["REG304"]
