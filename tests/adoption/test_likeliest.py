"""Of several families whose signs are there, the one that reads the repository's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo import Repo

from snitch.engine.adoption import look

if TYPE_CHECKING:
    from pathlib import Path

RUN = {
    "mlruns/1/run/meta.yaml": "run_id: run\nstatus: 3\n",
    "mlruns/1/run/metrics/auc": "1700000000000 0.9 0\n",
    "mlruns/1/run/params/depth": "6",
}
PIPELINE = "stages:\n  train:\n    cmd: python train.py\n    metrics: [scores/train.json]\n"


def proposed(root: Path, files: dict[str, str]) -> str:
    """The family, and how many metrics it reads."""
    repo = Repo(root)
    repo.commit("first", files)
    found = look(root)
    layout = "" if found.recognised is None else found.recognised.layout
    return f"{layout} {len(found.metrics)}"


def test_a_pipeline_without_numbers_gives_way_to_the_runs_that_have_them(tmp_path: Path) -> None:
    assert proposed(tmp_path, {**RUN, "dvc.yaml": PIPELINE}) == "mlflow 1"


def test_a_pipeline_with_numbers_comes_before_its_runs(tmp_path: Path) -> None:
    files = {**RUN, "dvc.yaml": PIPELINE, "scores/train.json": '{"auc": 0.9, "f1": 0.8}'}
    assert proposed(tmp_path, files) == "dvc 2"


def test_many_models_without_numbers_stay_what_they_are(tmp_path: Path) -> None:
    models = {f"{name}/model.yaml": "dependencies: {}\n" for name in "abc"}
    assert proposed(tmp_path, {**models, "tool/metrics.json": '{"auc": 1}'}) == "kipoi 0"


def test_of_numbers_alone_as_many_files_as_there_are_get_read(tmp_path: Path) -> None:
    one = {"models/evaluation.json": '{"auc": 0.9}'}
    assert proposed(tmp_path, one) == "dvc 1"
    more = {"models/results.json": '{"logistic": {"auc": 0.8}, "forest": {"auc": 0.9}}'}
    assert proposed(tmp_path, more) == "reports 3"


def test_a_config_beside_the_numbers_keeps_its_family(tmp_path: Path) -> None:
    numbers = {"metrics.json": '{"auc": 0.9}', "results/all_results.json": '{"auc": 1, "f1": 1}'}
    assert proposed(tmp_path, {**numbers, "params.yaml": "depth: 6\n"}) == "dvc 1"
