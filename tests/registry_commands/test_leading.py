"""Which metrics are shown first, and what is never promoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from measured import measured
from measured import model
from pasts import book
from pasts import three_releases

from snitch.engine.ledger.flat import facts_of
from snitch.engine.ledger.metrics import benchmark_of
from snitch.engine.ledger.metrics import leading
from snitch.engine.ledger.metrics import trends
from snitch.engine.ledger.metrics import value_of
from snitch.engine.ledger.promotion import plan_promotion
from snitch.findings import CannotJudgeError
from snitch.policy.model import MetricStandard
from snitch.policy.model import Policy
from snitch.testing import release

if TYPE_CHECKING:
    from pathlib import Path

MANY = ", ".join(f'"m{number}": 0.{number}' for number in range(6))
SLICED = release({**model(measured(MANY, '"plan=a": {"only_here": 1}')), "train.py": "x = 1\n"})


def test_the_first_four_metrics_lead_where_none_is_critical() -> None:
    assert leading(Policy(), SLICED) == ("m0", "m1", "m2", "m3")


def test_a_slice_never_leads_and_neither_does_what_is_ignored() -> None:
    few = release(model(measured('"a": 1, "b": 2', '"plan=a": {"c": 1}')))
    assert leading(Policy(), few) == ("a", "b")
    assert leading(Policy(metrics={"a": MetricStandard(ignore=True)}), few) == ("b",)


def test_critical_metrics_lead_however_many_there_are() -> None:
    critical = {f"m{number}": MetricStandard(critical=True) for number in (5, 2)}
    assert leading(Policy(metrics=critical), SLICED) == ("m2", "m5")


def test_a_value_is_an_exact_decimal_or_none() -> None:
    assert value_of(SLICED, "m1") == "0.1"
    assert value_of(SLICED, "only_here") is None
    assert value_of(release(model(measured('"a": "x"'))), "a") is None
    assert benchmark_of(SLICED.metadata) == "churn-standard 2026.2"


def test_the_newest_release_says_which_metrics_have_a_trend() -> None:
    new, old = (
        release(model(measured(values))) for values in ('"a": 0.2, "b": 0.4', '"a": 0.1, "c": 1')
    )
    found = [(one.name, [it.value for it in one.points]) for one in trends(Policy(), (new, old))]
    assert found == [("a", ["0.1", "0.2"]), ("b", ["0.4"])]


def test_a_file_that_nothing_else_tells_is_told_by_the_start_of_its_digest() -> None:
    facts = facts_of(SLICED)
    assert facts["files", "train.py"] == SLICED.digests["train.py"][:12]
    assert ("files", "config.yaml") not in facts
    assert not [name for section, name in facts if section == "files" and "weights" in name]


@pytest.mark.parametrize(
    ("source", "target"),
    [("worktree", "production"), ("production", "worktree"), ("production", "production")],
)
def test_nothing_is_promoted_from_or_to_a_working_tree_or_to_itself(
    tmp_path: Path, source: str, target: str
) -> None:
    repo, _ = three_releases(tmp_path)
    with book(repo) as opened, pytest.raises(CannotJudgeError, match=f"from {source} to {target}"):
        plan_promotion(opened, source, target, ())
