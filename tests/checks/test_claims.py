"""REG312 as a warning: which metrics are held against the mean of their scores."""

from __future__ import annotations

import pytest
from evaluated import compared
from evaluated import csv
from evaluated import evaluated
from measured import codes
from measured import findings
from measured import only
from measured import places

from snitch.findings import Severity

NAMES = ("ahead", "zeta")
"""The one that is passed over, and one after it that its scores contradict."""


def block(ahead: str = '"one"') -> str:
    """An `items` block: scores of both names, those of the first as given."""
    scores = f'"ahead": {ahead}, "zeta": "two"'
    return f'"items": {{"path": "items.csv", "id": "id", "scores": {{{scores}}}}}'


ITEMS = csv(id=["a", "b", "c"], one=[1, 1, 1], two=[1, 0, 0], y=[1, 0, 1])


@pytest.mark.parametrize(
    ("metrics", "scores"),
    [
        ('"zeta": 0.9', '"one"'),
        ('"ahead": "none", "zeta": 0.9', '"one"'),
        ('"ahead": 0.5, "zeta": 0.9', '{"score": "one", "label": "y"}'),
        ('"ahead": 1, "zeta": 0.9', '"one"'),
    ],
    ids=["no such metric", "no number", "not a mean", "its very mean"],
)
def test_a_score_that_is_passed_over_hides_no_contradiction_after_it(
    metrics: str, scores: str
) -> None:
    found = compared(evaluated(metrics, ITEMS, block(scores)), None, "regression: {}")
    told = [place for place in places(found) if place[0] == "REG312"]
    assert told == [("REG312", 3, 1 + f'"metrics": {{{metrics}'.index("0.9"))]


def test_a_contradiction_is_told_in_full() -> None:
    items = csv(id=["a", "b", "c"], one=["0.25", "0.5", "1"], two=[1, 1, 0])
    found = compared(evaluated('"ahead": 0.62', items, block()), None, "regression: {}")
    one = only(outcome for outcome in found if "mean" in getattr(outcome, "message", ""))
    assert one.message == (
        "`ahead` is 0.62, and the mean of its scores in `models/churn/items.csv` is 0.583333"
    )
    assert one.metric == "ahead"
    assert one.remedy.startswith("evaluate once, and write the metric and its items from that")


@pytest.mark.parametrize("deployed", ['"zeta": 0.5', '"ahead": "none", "zeta": 0.5'])
def test_a_contradiction_is_a_warning_where_production_has_no_such_number(deployed: str) -> None:
    block = '"items": {"path": "items.csv", "id": "id", "scores": {"ahead": "one"}}'
    given = evaluated('"ahead": 0.9, "zeta": 0.5', ITEMS.replace("b,1", "b,0"), block)
    before = evaluated(deployed, ITEMS, block)
    policy = "metrics: {ahead: {direction: higher}, zeta: {direction: higher}}"
    told = [it for it in findings(compared(given, before, policy)) if it.rule.code == "REG312"]
    assert [(it.metric, it.level) for it in told] == [("ahead", Severity.WARNING)]


@pytest.mark.parametrize("value", ["58.3333333", "0.583333333"])
def test_a_mean_may_be_written_in_percent(value: str) -> None:
    items = csv(id=["a", "b", "c"], one=["0.25", "0.5", "1"], two=[1, 1, 0])
    given = evaluated(f'"ahead": {value}', items, block())
    assert "REG312" not in codes(compared(given, None, "regression: {}"))


def test_items_that_hold_no_row_contradict_nothing() -> None:
    empty = evaluated('"zeta": 0.9', "id,one,two\n", block())
    assert "REG312" not in codes(compared(empty, None, "regression: {}"))
