from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import metrics
from example import named
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from repo import Repo

from snitch.findings import CannotJudgeError
from snitch.reports.json_report import document

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_release_passes(tmp_path: Path) -> None:
    report = judge(changed(tmp_path))
    assert codes(report) == []
    assert report.verdict == "pass"
    assert [model.change for model in report.models] == ["modified"]
    assert report.models[0].version == "1.4.0"
    assert report.models[0].deployed_version == "1.3.2"


def test_working_tree_index_and_commit_of_the_same_bytes_agree(tmp_path: Path) -> None:
    repo = changed(tmp_path, **at("models/churn", {"metrics.json": metrics("0.80")}))
    found = [
        judge(repo, **options).findings
        for options in ({}, {"candidate": "index"}, {"candidate": "commit", "ref": "HEAD"})
    ]
    assert "REG301" in [finding.rule.code for finding in found[0]]
    assert found[0] == found[1] == found[2]


def test_an_unchanged_repository_judges_nothing_and_says_how_many_there_are(
    tmp_path: Path,
) -> None:
    report = judge(deployed(tmp_path))
    assert report.models == ()
    assert report.total_models == 1
    assert report.verdict == "pass"


def test_models_in_one_file_are_named_by_that_file(tmp_path: Path) -> None:
    tables = {
        "snitch.yaml": "version: 1\nmodels: [{path: ., layout: csv-leaderboard}]\n",
        "results/a.csv": "model,top1\nnet-a,84.5\nnet-b,83\n",
        "results/b.csv": "model,top1\nnet-c,84.5\n",
    }
    repo = Repo(tmp_path)
    repo.commit("tables", tables)
    every = {model.name for model in judge(repo, everything=True).models}
    named = {model.name for model in judge(repo, names=("results/a.csv",)).models}
    assert len(every) == 3
    assert {name.rpartition("/")[2] for name in named} == {"net-a", "net-b"}


def test_only_the_touched_model_is_judged(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("fraud", at("models/fraud", named(DEPLOYED, "fraud")))
    repo.branch("fraud-change")
    repo.commit("fraud 1.4.0", at("models/fraud", named(GOOD, "fraud")))
    report = judge(repo)
    assert [model.name for model in report.models] == ["fraud"]
    assert report.total_models == 2


def test_a_branch_behind_production_is_not_accused_of_productions_progress(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path)
    repo.commit("fraud is new here", at("models/fraud", named(GOOD, "fraud")))
    repo.checkout("main")
    repo.commit("churn moves on", at("models/churn", GOOD))
    repo.checkout("change")
    report = judge(repo)
    assert [model.name for model in report.models] == ["fraud"]
    assert report.behind == ("churn",)


def test_a_moved_model_is_compared_with_itself(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("mv", "models/churn", "models/leaving")
    files = {**GOOD, "metrics.json": metrics("0.80")}
    repo.commit("moved and worse", at("models/leaving", files))
    report = judge(repo)
    assert [(model.name, model.change) for model in report.models] == [("churn", "moved")]
    assert "REG301" in codes(report)
    assert "POL707" not in codes(report)


def test_a_copy_under_the_same_name_is_a_duplicate(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("copy", at("models/churn-copy", GOOD))
    report = judge(repo)
    assert "CPL110" in codes(report)
    assert [model.path for model in report.models] == ["models/churn-copy"]


def test_a_removed_model_is_listed_and_told_once_where_it_comes_under_another_name(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path)
    repo.git("rm", "-rq", "models/churn")
    repo.commit("gone", at("models/fraud", named(GOOD, "fraud")))
    report = judge(repo)
    assert "POL707" not in codes(report)
    assert "POL710" in codes(report)
    assert [(one.name, one.path, one.deployed_version) for one in report.removed] == [
        ("churn", "models/churn", "1.3.2")
    ]
    listed = [(one["name"], one["change"]) for one in document(report)["models"]]
    assert listed == [("churn", "removed"), ("fraud", "added")]


def test_a_model_brought_back_is_no_first_release(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.git("rm", "-rq", "models/churn")
    repo.commit("gone")
    repo.branch("back")
    repo.commit("back and worse", at("models/churn", {**GOOD, "metrics.json": metrics("0.80")}))
    assert "REG301" in codes(judge(repo))


def test_a_renamed_model_is_compared_with_what_it_was(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    files = named({**GOOD, "metrics.json": metrics("0.80")}, "churn-two")
    repo.commit("renamed and worse", at("models/churn", files))
    assert "REG301" in codes(judge(repo))


def test_a_model_at_the_root_is_found(tmp_path: Path) -> None:
    repo = deployed(tmp_path, directory="", policy=None)
    repo.commit("worse", {**GOOD, "metrics.json": metrics("0.80")})
    report = judge(repo)
    assert [(model.name, model.path) for model in report.models] == [("churn", "")]
    assert "REG301" in codes(report)
    assert report.policy is None


def test_no_model_at_all_is_a_finding(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("rm", "-rq", "models/churn")
    repo.commit("nothing left")
    assert "POL706" in codes(judge(repo))


@pytest.mark.parametrize(
    "word", ["churn", "models/churn", "models/churn/metrics.json", "models", "."]
)
def test_models_are_named_by_name_or_path(tmp_path: Path, word: str) -> None:
    report = judge(deployed(tmp_path), names=(word,))
    assert [model.name for model in report.models] == ["churn"]
    assert report.models[0].change == "unchanged"


def test_an_unknown_name_tells_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError) as error:
        judge(deployed(tmp_path), names=("chum",))
    assert "`churn`" in error.value.remedy


def test_all_judges_every_model(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    report = judge(repo, everything=True)
    assert [(model.name, model.change) for model in report.models] == [("churn", "unchanged")]


def test_a_default_branch_of_another_name_is_production(tmp_path: Path) -> None:
    origin = deployed(tmp_path / "origin", policy=None)
    origin.git("branch", "-m", "main", "master")
    origin.checkout("master")
    repo = origin.clone(tmp_path / "clone")
    repo.branch("change")
    repo.commit("worse", at("models/churn", {**GOOD, "metrics.json": metrics("0.80")}))
    report = judge(repo)
    assert report.baseline is not None
    assert report.baseline.ref == "origin/master"
    assert "REG301" in codes(report)
