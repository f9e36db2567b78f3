"""What is said of a family that keeps no versions, and lets a model lack its metrics."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("folder", ["", "churn"])
def test_metrics_that_are_gone_are_missed_where_they_stood(tmp_path: Path, folder: str) -> None:
    """The family lets a model lack them; the remedy still has to name a file."""
    path = f"{folder}/results/scores.json".lstrip("/")
    repo = Repo(tmp_path)
    files = {"snitch.yaml": f"version: 1\nmodels: [{{path: {folder or '.'}, layout: dvc}}]\n"}
    files[f"{folder}/dvc.yaml".lstrip("/")] = "metrics: [results/scores.json]\n"
    repo.commit("first", {**files, path: '{"accuracy": 0.9}'})
    repo.branch("change")
    repo.commit("lost", {path: None, "x.py": "", f"{folder}/y.py".lstrip("/"): ""})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG302"]
    assert finding.place is not None
    assert finding.place.path == path
    assert finding.remedy == f"measure the candidate and write its numbers into `{path}`"


def test_a_slide_is_dated_by_releases_where_no_version_dates_it(tmp_path: Path) -> None:
    """`in release ?` helps nobody to find it."""
    repo = Repo(tmp_path)
    policy = (
        "version: 1\nmodels: [{path: ., layout: dvc}]\n"
        "metrics: {accuracy: {tolerance: 0.01}}\n"
        "regression: {drift: {releases: 10, factor: 2}}\n"
    )
    repo.commit("policy", {"snitch.yaml": policy, "params.yaml": "a: 1\n"})
    for value in (0.9, 0.89, 0.88):
        repo.commit(f"{value}", {"metrics.json": json.dumps({"accuracy": value})})
    repo.branch("change")
    repo.commit("again", {"metrics.json": json.dumps({"accuracy": 0.871})})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG314"]
    assert finding.message.startswith(
        "`accuracy` is 0.871, and was 0.9 in the release of 3 deployments ago, the best of the "
        "last 4: worse by 0.029"
    )


def test_a_metric_is_missed_in_the_file_that_held_it(tmp_path: Path) -> None:
    """Of many files with metrics, at the nearest key that is still there."""
    repo = Repo(tmp_path)
    files = {"snitch.yaml": "version: 1\nmodels: [{path: ., layout: dvc}]\n"}
    files["dvc.yaml"] = "metrics: [one.json, two.json, three.json]\n"
    before = {"one.json": '{"auc": 1}', "two.json": '{\n  "val": {"f1": 1,\n"n": 1}}'}
    repo.commit("first", {**files, **before, "three.json": '{"recall": 1}'})
    repo.branch("change")
    repo.commit("lost", {"two.json": '{\n  "val": {"n": 1}}', "three.json": None})
    places = {one.metric: one.place for one in judge(repo).findings if one.rule.code == "REG302"}
    found = {name: (at.path, at.line) for name, at in places.items() if at is not None}
    assert found == {"val.f1": ("two.json", 2), "recall": ("three.json", None)}
