"""What the gate lets pass must not keep the next change from being judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import metrics
from judging import at
from judging import codes
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

UNNAMED = POLICY.replace('    required_slices: ["plan=*"]\n', "")
IGNORED = UNNAMED.replace("metrics:\n  auc", "metrics:\n  steps: {ignore: true}\n  auc")
WITH_STEPS = ('"auc": 0.912,', '"auc": 0.912, "steps": NaN,')
WITHOUT_SLICE = ('"auc": 0.93', '"auc": NaN')


def edited(text: str, edit: tuple[str, str]) -> str:
    """A metrics file with one edit, whatever the release's own value of `auc`."""
    old, new = edit
    found = text.replace("0.911", "0.912").replace(old, new)
    assert found != text
    return found


@pytest.mark.parametrize(("policy", "edit"), [(UNNAMED, WITHOUT_SLICE), (IGNORED, WITH_STEPS)])
def test_a_value_that_nobody_judges_blocks_neither_its_own_change_nor_the_next(
    tmp_path: Path, policy: str, edit: tuple[str, str]
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("churn 1.3.2", {**at("models/churn", DEPLOYED), "snitch.yaml": policy})
    repo.branch("first")
    broken = {**GOOD, "metrics.json": edited(metrics(), edit)}
    repo.commit("churn 1.4.0", at("models/churn", broken))
    assert judge(repo).verdict == "pass"

    repo.checkout("main")
    deployed = {**DEPLOYED, "metrics.json": edited(DEPLOYED["metrics.json"], edit)}
    repo.commit("a value that is no number", at("models/churn", deployed))
    assert judge(repo, everything=True).verdict != "error"
    repo.branch("second")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    report = judge(repo)
    assert (report.verdict, codes(report)) == ("pass", [])
    repo.commit("worse", at("models/churn", {**GOOD, "metrics.json": metrics("0.9")}))
    assert "REG301" in codes(judge(repo))


def test_a_required_slice_without_any_number_is_not_measured(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("churn 1.3.2", {**at("models/churn", DEPLOYED), "snitch.yaml": POLICY})
    repo.branch("change")
    empty = {**GOOD, "metrics.json": edited(metrics(), WITHOUT_SLICE)}
    repo.commit("churn 1.4.0", at("models/churn", empty))
    report = judge(repo)
    assert report.verdict == "fail"
    assert codes(report) == ["BEN205", "REG306"]


def test_a_value_that_gates_is_still_needed_of_production(tmp_path: Path) -> None:
    policy = UNNAMED.replace("metrics:\n", 'metrics:\n  "slices.plan=*.auc": {tolerance: 0.1}\n')
    repo = Repo(tmp_path / "repo")
    deployed = {**DEPLOYED, "metrics.json": edited(DEPLOYED["metrics.json"], WITHOUT_SLICE)}
    repo.commit("churn 1.3.2", {**at("models/churn", deployed), "snitch.yaml": policy})
    repo.branch("change")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    assert judge(repo).verdict == "error"


TWICE = ('"auc": 0.912,', '"auc": 0.912, "auc": 0.5,')


def test_a_number_that_production_gives_twice_is_no_yardstick(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    deployed = {**DEPLOYED, "metrics.json": edited(DEPLOYED["metrics.json"], TWICE)}
    repo.commit("churn 1.3.2", {**at("models/churn", deployed), "snitch.yaml": POLICY})
    repo.branch("change")
    repo.commit("churn 1.4.0", at("models/churn", {**GOOD, "metrics.json": metrics("0.86")}))
    report = judge(repo)
    assert report.verdict == "error"
    assert "a second time" in report.failures[0].message


def test_to_take_one_of_the_two_away_is_a_repair(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    deployed = {**DEPLOYED, "metrics.json": edited(DEPLOYED["metrics.json"], TWICE)}
    repo.commit("churn 1.3.2", {**at("models/churn", deployed), "snitch.yaml": POLICY})
    repo.branch("change")
    repo.commit("mend", at("models/churn", {"metrics.json": DEPLOYED["metrics.json"]}))
    report = judge(repo)
    assert (report.verdict, codes(report)) == ("pass", ["REG305"])
