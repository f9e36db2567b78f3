"""A repository of no known family still gets a gate for the numbers that it keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

from snitch.engine.adoption import look
from snitch.engine.first_policy import policy_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "path",
    [
        "metrics/test_scores.json",
        "results/intent_report.json",
        "eval/xgb_metrics.json",
        "models/eval_summary.json",
        "final_metrics.json",
        "model_card.json",
        "reports/model_performance.json",
    ],
)
def test_numbers_in_a_usual_place_are_a_model_with_metrics(tmp_path: Path, path: str) -> None:
    """Nothing else says that there is a model; what gets worse is told nevertheless."""
    repo = Repo(tmp_path)
    repo.commit("first", {path: json.dumps({"accuracy": 0.9, "n_train": 7}), "train.py": ""})
    found = look(repo.root)
    assert found.recognised is not None
    assert (found.models, found.recognised.layout) == (1, "reports")
    repo.commit("policy", {"snitch.yaml": policy_text(found)})
    assert not [one for one in judge(repo, everything=True).findings if one.rule.family == "REG"]
    repo.branch("change")
    repo.commit("worse", {path: json.dumps({"accuracy": 0.8, "n_train": 5})})
    [finding] = [one for one in judge(repo).findings if one.rule.family == "REG"]
    assert (finding.rule.code, finding.metric) == (
        "REG301",
        f"{path.rpartition('/')[2].removesuffix('.json')}.accuracy",
    )


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("metrics.json", '{"accuracy": 0.91, "f1": 0.88}', '{"accuracy": 0.8, "f1": 0.88}'),
        ("evaluation.yaml", "accuracy: 0.91\nauc: 0.95\n", "accuracy: 0.8\nauc: 0.95\n"),
        (
            "metrics.json",
            '{"accuracy": {"mean": 0.9, "std": 0.01}}',
            '{"accuracy": {"mean": 0.7, "std": 0.03}}',
        ),
    ],
)
def test_numbers_of_another_shape_beside_a_config_are_read_as_they_are(
    tmp_path: Path, path: str, before: str, after: str
) -> None:
    """A family that would read none of the numbers is not the one that wrote them."""
    repo = Repo(tmp_path)
    config = "name: churn\nversion: 1.0.0\n"
    changelog = "# Changelog\n\n## [1.0.0] - 2026-10-01\n- first\n"
    repo.commit("first", {"config.yaml": config, path: before, "CHANGELOG.md": changelog})
    repo.commit("policy", {"snitch.yaml": policy_text(look(repo.root))})
    assert judge(repo, everything=True).findings == ()
    repo.branch("change")
    repo.commit("worse", {path: after})
    assert [one.rule.code for one in judge(repo).findings] == ["REG301"]


def test_metadata_with_metrics_is_a_model_wherever_its_weights_are(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    paths = [f"models/experiments/run-{number}/metadata.json" for number in (1, 2)]
    repo.commit("first", dict.fromkeys(paths, '{"metrics": {"r2": 0.9}}'))
    repo.commit("policy", {"snitch.yaml": policy_text(look(repo.root))})
    repo.branch("change").commit("worse", {paths[1]: '{"metrics": {"r2": 0.8}}'})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG301"]
    assert finding.place is not None
    assert finding.place.path == paths[1]


def test_a_known_family_comes_first(tmp_path: Path) -> None:
    """The last resort is asked last."""
    repo = Repo(tmp_path)
    repo.commit("first", {"eval/xgb_metrics.json": '{"auc": 1}', "dvc.yaml": "stages: {}\n"})
    found = look(repo.root)
    assert found.recognised is not None
    assert found.recognised.layout == "dvc"


def test_classes_of_a_report_are_slices_that_do_not_gate(tmp_path: Path) -> None:
    """An average that falls is an error; a class that falls is shown."""
    repo = Repo(tmp_path)
    before = {"yes": {"precision": 0.9, "support": 9}, "accuracy": 0.9, "macro avg": {"recall": 1}}
    policy = "version: 1\nmodels: [{path: ., layout: reports}]\n"
    repo.commit("first", {"snitch.yaml": policy, "results/a_report.json": json.dumps(before)})
    repo.branch("change")
    after = {"yes": {"precision": 0.5, "support": 7}, "accuracy": 0.9, "macro avg": {"recall": 0.5}}
    repo.commit("worse", {"results/a_report.json": json.dumps(after)})
    told = [
        (one.rule.code, one.metric, one.slice)
        for one in judge(repo).findings
        if one.rule.code in {"REG301", "REG302", "REG303"}
    ]
    assert told == [("REG301", "a_report.macro.recall", None)]


def test_no_model_is_proposed_inside_another(tmp_path: Path) -> None:
    """The check would refuse what the proposal says; beside the root, any directory may be one."""
    repo = Repo(tmp_path)
    folders = ("", "src/", "src/stage/", "src/stage/deep/", "other/stage/")
    repo.commit("first", {f"{folder}dvc.yaml": "stages: {}\n" for folder in folders})
    found = look(repo.root)
    repo.commit("policy", {"snitch.yaml": policy_text(found)})
    report = judge(repo, everything=True)
    assert sorted(one.path for one in report.models) == ["", "other/stage", "src"]
    assert not [one for one in report.findings if one.rule.code == "CPL110"]


REPORTS = "version: 1\nmodels: [{path: ., layout: reports}]\n"


def _of_two_files(root: Path) -> Repo:
    """A repository whose numbers stand in two files, with a branch of its own."""
    repo = Repo(root)
    first = {"snitch.yaml": REPORTS, "a_metrics.json": '{"accuracy": 0.9, "f1": 0.8}'}
    repo.commit("first", {**first, "b_metrics.json": '{"auc": 0.9, "recall": 0.8}'})
    repo.branch("change")
    return repo


def test_a_broken_file_takes_none_of_the_others_with_it(tmp_path: Path) -> None:
    """What the other files hold is compared all the same."""
    repo = _of_two_files(tmp_path)
    repo.commit("broken", {"a_metrics.json": '{"acc'})
    assert [one.rule.code for one in judge(repo).findings] == ["SNT002"]
    repo.commit("worse, too", {"b_metrics.json": '{"auc": 0.7, "recall": 0.8}'})
    told = [(one.rule.code, one.metric) for one in judge(repo).findings]
    assert told == [("SNT002", None), ("REG301", "b_metrics.auc")]


def test_a_file_that_is_gone_is_one_finding_at_its_own_name(tmp_path: Path) -> None:
    repo = _of_two_files(tmp_path)
    repo.commit("gone", {"a_metrics.json": None})
    [finding] = judge(repo).findings
    assert finding.rule.code == "REG302"
    assert finding.place is not None
    assert (finding.place.path, finding.place.line) == ("a_metrics.json", None)
    assert finding.message == (
        "`a_metrics.json` is gone; the deployed release has `a_metrics.accuracy` and "
        "`a_metrics.f1` there"
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", "null"])
def test_a_file_that_was_emptied_is_one_finding(tmp_path: Path, text: str) -> None:
    repo = _of_two_files(tmp_path)
    repo.commit("emptied", {"a_metrics.json": text})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG302"]
    assert finding.message == (
        "`a_metrics.json` is empty; the deployed release has `a_metrics.accuracy` and "
        "`a_metrics.f1` there"
    )


def test_a_number_that_became_text_is_told_as_such(tmp_path: Path) -> None:
    repo = _of_two_files(tmp_path)
    repo.commit("text", {"a_metrics.json": '{"accuracy": "0.9", "f1": 0.8}'})
    [finding] = judge(repo).findings
    assert finding.message == (
        '`a_metrics.accuracy` is `"0.9"`, text; the deployed release has a number (0.9)'
    )
    assert finding.remedy == "write 0.9 without quotes"


def test_numbers_that_the_root_reads_are_no_model_of_their_own(tmp_path: Path) -> None:
    """One loss would be told twice; what lies deeper than the root reads is a model still."""
    repo = Repo(tmp_path)
    folders = ("", "nightly/", "a/nightly/", "a/b/c/nightly/")
    repo.commit("first", {f"{folder}x_scores.json": '{"f1": 0.9}' for folder in folders})
    found = look(repo.root)
    assert found.recognised is not None
    assert [pattern.path for pattern in found.recognised.patterns] == [".", "a/b/c/nightly"]
