"""A directory a version, where the newest is the model; and the best pipeline of a training."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

from snitch.engine.adoption import look
from snitch.engine.first_policy import policy_text
from snitch.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

POLICY = "version: 1\nmodels: [{path: ., layout: versions}]\n"


def numbers(accuracy: float, **more: object) -> str:
    return json.dumps({"metrics": {"accuracy": accuracy, "n_test": 38, **more}}, indent=1)


def told(report: Report, *families: str) -> list[tuple[str, str]]:
    """Code and path of the findings of some families."""
    return [
        (one.rule.code, "" if one.place is None else one.place.path)
        for one in report.findings
        if one.rule.code.startswith(families)
    ]


def branched(root: Path, files: dict[str, str], policy: str = POLICY) -> Repo:
    repo = Repo(root)
    repo.commit("first", {"snitch.yaml": policy, **files})
    repo.branch("change")
    return repo


@pytest.mark.parametrize("name", ["metadata.json", "model_info.json", "model_card.json"])
@pytest.mark.parametrize(("old", "new"), [("v9", "v10"), ("1.9.0", "1.10.0"), ("v0001", "v0002")])
def test_a_new_version_is_compared_with_the_newest_in_production(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    was, now = (f"registry/churn/{one}/{name}" for one in (old, new))
    repo = branched(tmp_path, {"registry/churn/v1/x.json": "{}", was: numbers(0.91)})
    repo.commit("worse", {now: numbers(0.81)})
    assert told(judge(repo), "REG3") == [("REG301", now)]
    repo.commit("better", {now: numbers(0.95)})
    report = judge(repo)
    assert told(report, "REG", "CPL106", "CPL107", "POL") == []
    assert [model.name for model in report.models] == ["registry/churn"]


def test_numbers_of_another_data_set_are_not_compared(tmp_path: Path) -> None:
    repo = branched(tmp_path, {"reg/v1/model_card.json": numbers(0.91, dataset="flowers")})
    repo.commit("another task", {"reg/v2/model_card.json": numbers(0.61, dataset="calls")})
    report = judge(repo)
    assert told(report, "REG30") == [("REG305", "reg/v2/model_card.json")]
    (found,) = (one for one in report.findings if one.rule.code == "REG305")
    assert "measured on `calls`, in the deployed release on `flowers`" in found.message
    assert found.remedy == "measure the candidate on the benchmark of the deployed release"


def test_an_old_version_may_go_and_the_newest_may_not_lose_its_weights(tmp_path: Path) -> None:
    files = {"reg/v1/metadata.json": numbers(0.9), "reg/v2/metadata.json": numbers(0.91)}
    repo = branched(tmp_path, {**files, "reg/v2/model.pkl": "weights"})
    repo.commit("clean up", {"reg/v1/metadata.json": None})
    assert told(judge(repo), "REG", "ART601") == []
    repo.commit("forgotten", {"reg/v2/model.pkl": None})
    assert told(judge(repo), "ART601") == [("ART601", "reg/v2/model.pkl")]


def test_an_older_version_that_the_change_brings_or_edits_is_told(tmp_path: Path) -> None:
    files = {"reg/v1/metadata.json": numbers(0.9), "reg/v3/metadata.json": numbers(0.91)}
    repo = branched(tmp_path, {**files, "other/v1/metadata.json": numbers(0.7)})
    repo.commit("older", {f"reg/v{one}/metadata.json": numbers(0.1) for one in (1, 2)})
    report = judge(repo)
    (found,) = report.findings
    assert found.rule.code == "POL711"
    assert found.severity is Severity.WARNING
    assert found.place is not None
    assert found.place.path == "reg/v1/metadata.json"
    edited = "`reg/v1/metadata.json` and `reg/v2/metadata.json`"
    assert found.message.startswith(f"this change edits {edited}, of a version older than `reg/v3/")
    assert report.models == ()
    assert told(judge(repo, everything=True), "POL711") == [("POL711", "reg/v1/metadata.json")]


def test_the_weights_of_an_older_version_keep_the_gate_closed(tmp_path: Path) -> None:
    files = {"reg/v1/metadata.json": numbers(0.9), "reg/v3/metadata.json": numbers(0.91)}
    repo = branched(tmp_path, {**files, "reg/v3/model.pkl": "weights"})
    older = {"reg/v2/metadata.json": numbers(0.1), "reg/v2/model.pkl": "others"}
    repo.commit("older, with weights", older)
    report = judge(repo)
    (found,) = report.findings
    assert (found.rule.code, found.severity) == ("POL711", Severity.ERROR)
    assert found.place is not None
    assert found.place.path == "reg/v2"
    assert "`reg/v2` holds the weights `model.pkl`, of a version older" in found.message


def test_no_older_version_is_told_where_the_newest_alone_changes(tmp_path: Path) -> None:
    files = {"reg/v1/metadata.json": numbers(0.9), "reg/v3/metadata.json": numbers(0.91)}
    repo = branched(tmp_path, files)
    repo.commit("next", {"reg/v4/metadata.json": numbers(0.95), "reg/README.md": "words"})
    assert told(judge(repo), "POL") == []


def test_versions_of_several_models_are_no_twins(tmp_path: Path) -> None:
    paths = ["registry/a/v2/metrics.json", "registry/b/v2/metrics.json"]
    repo = Repo(tmp_path)
    repo.commit("two", dict.fromkeys(paths, '{"accuracy": 0.9}'))
    found = look(tmp_path)
    assert found.models == 2
    assert "layout: versions" in policy_text(found)
    repo.commit("standard", {"snitch.yaml": policy_text(found)})
    assert told(judge(repo, everything=True), "CPL110") == []


def test_the_best_pipeline_of_a_training_is_the_model(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    meta = {
        "lang": "en",
        "version": "0.0.0",
        "spacy_version": ">=3.7,<3.8",
        "performance": {
            "ents_f": 0.8,
            "ents_per_type": {"ORG": {"p": 0.5, "r": 0.5, "f": 0.5}},
            "ner_loss": 120.5,
            "speed": 1200.0,
        },
    }
    path = "training/model-best/meta.json"
    repo.commit("trained", {path: json.dumps(meta), "training/model-last/meta.json": "{}"})
    found = look(tmp_path)
    assert "path: training\n    layout: spacy-project" in policy_text(found)
    repo.commit("standard", {"snitch.yaml": policy_text(found)})
    repo.branch("change")
    worse = json.dumps({**meta, "performance": {"ents_f": 0.7, "ner_loss": 300, "speed": 1.0}})
    repo.commit("worse", {path: worse})
    assert told(judge(repo), "REG301") == [("REG301", path)]


def test_a_zoo_s_network_keeps_its_identity_where_its_results_say_the_data_elsewhere(
    tmp_path: Path,
) -> None:
    path = "zoo/tiny/int8/definition.yaml"
    older = "network_parameters: {}\nbenchmark: {Words: {Accuracy: 0.914}}\n"
    newer = "network_parameters: {}\nbenchmark:\n  benchmark_name: Words\n"
    repo = Repo(tmp_path)
    repo.commit("first", {path: older, "zoo/big/int8/definition.yaml": older})
    policy = policy_text(look(tmp_path))
    assert "layout: ml-zoo" in policy
    repo.commit("standard", {"snitch.yaml": policy})
    repo.branch("change")
    repo.commit("worse", {path: newer + "  benchmark_metrics: {Accuracy: 0.880}\n"})
    assert told(judge(repo), "REG30", "CPL110") == [("REG301", path)]
    repo.commit("percent", {path: newer + "  benchmark_metrics: {Accuracy: 91.5%}\n"})
    assert told(judge(repo), "REG3") == [("REG316", path)]
