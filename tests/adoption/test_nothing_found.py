"""`snitch init` where it finds no model, no metric, or a Git that would not take its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import snitch
from repo import Repo

from snitch.engine.adoption import look
from snitch.engine.standard import problems_of

if TYPE_CHECKING:
    from pathlib import Path

SUMMARY = '{"_step": 9, "val_acc": 0.9}'
NUMBERS = {"metrics.json": '{"accuracy": 0.91}'}
CARD = "# Card\n\n| Metric | Value |\n|---|---|\n| Accuracy | 0.9 |\n"
INDEX = """\
---
model-index:
- name: tiny
  results:
  - dataset: {name: imdb, type: imdb}
    metrics: [{type: accuracy, value: 0.9}]
---
"""


@pytest.mark.parametrize(
    ("path", "text", "said", "mended"),
    [
        (
            "wandb/run-1/files/wandb-summary.json",
            SUMMARY,
            "copy the file of that run to `wandb-summary.json`",
            {"wandb-summary.json": SUMMARY},
        ),
        ("out/results.csv", "epoch,acc\n1,0.9\n", "a table; which of its rows", NUMBERS),
        (
            "README.md",
            CARD,
            "put them under `model-index` in its front matter",
            {"README.md": INDEX},
        ),
        ("MODEL_CARD.md", CARD, "or into `metrics.json`", NUMBERS),
        ("a/b/final_metrics.yaml", "accuracy: 0.9\n", "no number in it is read", NUMBERS),
        ("model/MLmodel", "flavors: {}\n", "a model that MLflow saved", NUMBERS),
        ("model.pt", "weights", "weights, and no numbers", NUMBERS),
        ("train.ipynb", "{}", "a notebook, whose output is not read", NUMBERS),
    ],
)
def test_what_is_there_is_named_and_doing_as_told_makes_a_model_of_it(
    tmp_path: Path, path: str, text: str, said: str, mended: dict[str, str]
) -> None:
    repo = Repo(tmp_path)
    repo.commit("as it is", {path: text, "k8s/patch-metrics.yaml": "kind: Deployment\n"})
    first = snitch(repo, "init", "--yes")
    assert first.status == 0
    assert f"  {path}: " in first.err
    assert "patch-metrics" not in first.err
    assert said in first.err
    assert "Next:\n  write metrics.json" in first.err
    repo.write(mended)
    again = snitch(repo, "init", "--yes")
    assert "Found 1 model" in again.err
    assert "1 metric." in again.err
    assert "wrote snitch.yaml" in again.err
    assert problems_of(repo.root / "snitch.yaml") == []
    repo.commit("adopt")
    assert snitch(repo, "check", "--all").status == 0


@pytest.mark.parametrize("mended", ['{"loss": 3}', '[{"model": "forest", "loss": 3}]'])
def test_a_list_of_nameless_results_is_told_and_can_be_mended(tmp_path: Path, mended: str) -> None:
    repo = Repo(tmp_path)
    repo.commit("as it is", {"metrics.json": '[{"epoch": 1, "loss": 3}]'})
    said = snitch(repo, "init", "--yes").err
    assert "Without a metric nothing is compared with production" in said
    assert "  metrics.json: no number in it is read, as in a list whose entries name no" in said
    assert "nothing is compared with production: write `metrics.json` there" in said
    repo.write({"metrics.json": mended})
    assert "1 metric." in snitch(repo, "init", "--yes").err


def test_many_files_of_one_kind_are_one_line(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("as it is", {f"{name}.pt": "weights" for name in "abc"} | {"tests/d.pt": "no"})
    assert "  a.pt and 2 more: weights" in snitch(repo, "init", "--dry-run").err


def test_a_policy_that_somebody_has_touched_stays(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    snitch(repo, "init", "--yes")
    policy = repo.root / "snitch.yaml"
    policy.write_text(policy.read_text() + "freshness: {max_age_days: 30}\n")
    touched = policy.read_text()
    repo.write(NUMBERS)
    assert "snitch.yaml is there already and stays as it is" in snitch(repo, "init", "--yes").err
    assert policy.read_text() == touched


def test_a_layout_that_reads_no_number_is_told(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("as it is", {"dvc.yaml": "stages: {}\n"})
    said = snitch(repo, "init", "--dry-run").err
    assert "Without a metric nothing is compared with production" in said
    assert "`snitch layouts show dvc` tells where metrics are looked for." in said


def test_files_that_git_ignores_are_told_and_can_be_taken_in(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("as it is", {".gitignore": "*.yaml\n", **NUMBERS})
    said = snitch(repo, "init", "--yes").err
    command = "git add -f snitch.yaml .pre-commit-config.yaml"
    assert f"Next:\n  {command}   # Git ignores it otherwise\n" in said
    judged = snitch(repo, "check", "--all", "--format", "concise").out
    assert "a snitch.yaml that Git ignores (`git add -f snitch.yaml` takes it in)" in judged
    repo.git(*command.split()[1:])
    assert "documented defaults" not in snitch(repo, "check", "--all").out


def test_numbers_in_hidden_directories_are_none_of_the_model_s(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    hidden = {".github/project-metrics.json": '{"maturity": 9}'}
    repo.commit("as it is", {"final_metrics.json": '{"accuracy": 0.9}', **hidden})
    assert [metric.name for metric in look(repo.root).metrics] == ["final_metrics.accuracy"]


def test_a_file_of_results_without_a_number_is_no_model(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("as it is", {"results.json": '{"players": ["a", "b"]}'})
    assert look(repo.root).recognised is None


def test_a_second_value_of_a_name_is_no_question_of_its_own(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    pair = {f"{name}/eval/metrics.json": '{"uplift": 3}' for name in ("a", "a/b")}
    repo.commit("as it is", {**pair, "dvc.yaml": f"metrics: [{', '.join(pair)}]\n"})
    assert [metric.name for metric in look(repo.root).metrics] == ["uplift"]
    snitch(repo, "init", "--yes")
    repo.commit("adopt")
    told = snitch(repo, "check", "--all", "--format", "concise").out
    assert told.count("REG307") == 1


def test_more_scripts_than_a_run_reads_raise_the_limit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    scripts = {f"src/m{number}.py": "" for number in range(501)}
    repo.commit("as it is", {**NUMBERS, **scripts})
    snitch(repo, "init", "--yes")
    assert "limits: {max_files: 1002}" in (repo.root / "snitch.yaml").read_text()
    repo.commit("adopt")
    assert snitch(repo, "check", "--all").status == 0


def test_more_models_than_a_run_judges_raise_the_limit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    table = "model,top1\n" + "".join(f"m{number},80\n" for number in range(10_001))
    repo.commit("as it is", {f"results/{name}.csv": table for name in ("in1k", "sketch")})
    snitch(repo, "init", "--yes")
    assert "limits: {max_models: 40004}" in (repo.root / "snitch.yaml").read_text()
    assert problems_of(repo.root / "snitch.yaml") == []
