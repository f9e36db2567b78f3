"""Histories in the shapes of public repositories: `git log -p` is what blame is held to."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import pytest
from pasts import on
from repo import Repo

from snitch.engine.ledger.blame import blame
from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.history import history

if TYPE_CHECKING:
    from pathlib import Path

Files = dict[str, str | None]

DVC = "version: 1\nmodels: [{path: ., layout: dvc}]\n"
MONAI = "version: 1\nmodels: [{path: models/*, layout: monai}]\n"


def dvc(value: float, depth: int = 6, model: str = "1", **more: float) -> Files:
    """params.yaml, dvc.lock and metrics.json of a pipeline."""
    return {
        "params.yaml": f"train:\n  seed: 7\n  max_depth: {depth}\n",
        "dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n",
        "dvc.lock": (
            "schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    outs:\n"
            f"    - path: model.pkl\n      md5: {model * 32}\n      size: 1000\n"
        ),
        "metrics.json": json.dumps({"accuracy": value, **more}, indent=1) + "\n",
    }


def monai(value: float, version: str = "0.1.0", bundle: str = "spleen", **more: Any) -> Files:
    """configs/metadata.json and large_files.yml of a bundle."""
    metadata = {
        "version": version,
        "changelog": {version: "what it brought"},
        "monai_version": "1.3.0",
        "name": "Segmentation",
        "authors": "somebody",
        "description": "Segments something.",
        "eval_metrics": {"mean_dice": value, **more},
    }
    large = f"large_files:\n- path: models/model.pt\n  url: https://a.example/{version}\n"
    return {
        f"models/{bundle}/configs/metadata.json": json.dumps(metadata, indent=1) + "\n",
        f"models/{bundle}/large_files.yml": f"{large}  hash_val: {'0' * 32}\n  hash_type: md5\n",
    }


CASES: dict[str, tuple[str, str, list[tuple[str, Files]]]] = {
    "dvc, a merge brings it": (
        "dvc",
        "accuracy",
        [("merge", dvc(0.90)), ("merge", dvc(0.92, 8, "2"))],
    ),
    "dvc, a squashed commit brings it": ("dvc", "accuracy", [("squash", dvc(0.91, 7, "2"))]),
    "dvc, a revert takes it back": (
        "dvc",
        "accuracy",
        [("merge", dvc(0.85, 9, "2")), ("revert", {})],
    ),
    "dvc, code alone does not move it": (
        "dvc",
        "accuracy",
        [("merge", {"train.py": "import sklearn\n"}), ("merge", dvc(0.93, 6, "3"))],
    ),
    "dvc, parameters alone do not move it": (
        "dvc",
        "accuracy",
        [("merge", dvc(0.90, 12)), ("merge", dvc(0.94, 12, "4"))],
    ),
    "dvc, two commits of one branch are one merge": (
        "dvc",
        "accuracy",
        [("two", dvc(0.95, 5, "5"))],
    ),
    "dvc, another metric moved": (
        "dvc",
        "accuracy",
        [("merge", dvc(0.90, roc_auc=0.8)), ("merge", dvc(0.91, roc_auc=0.8))],
    ),
    "monai, a merge brings it": ("monai", "mean_dice", [("merge", monai(0.96, "0.2.0"))]),
    "monai, a version alone does not move it": (
        "monai",
        "mean_dice",
        [("merge", monai(0.95, "0.1.1")), ("squash", monai(0.97, "0.2.0"))],
    ),
    "monai, a mirror of the weights does not move it": (
        "monai",
        "mean_dice",
        [
            ("merge", {"models/spleen/large_files.yml": "large_files: []\n"}),
            ("merge", monai(0.94, "0.1.2")),
        ],
    ),
    "monai, another bundle is another model": (
        "monai",
        "mean_dice",
        [("merge", monai(0.5, bundle="lung")), ("merge", monai(0.96, "0.2.0"))],
    ),
    "monai, a metric that comes later": (
        "monai",
        "hausdorff",
        [
            ("merge", monai(0.95, "0.1.1", hausdorff=4.2)),
            ("squash", monai(0.95, "0.1.2", hausdorff=4)),
        ],
    ),
}


def _write(repo: Repo, start: Files, steps: list[tuple[str, Files]]) -> None:
    on(repo, "2026-01-01").commit("start", start)
    for number, (how, held) in enumerate(steps):
        on(repo, f"2026-02-{number + 1:02}")
        match how:
            case "squash":
                repo.commit("squashed (#7)", held)
            case "revert":
                repo.git("revert", "--no-edit", "-m", "1", "HEAD")
            case _:
                repo.branch("work")
                if how == "two":
                    draft = {
                        path: (text or "").replace("0.95", "0.7") for path, text in held.items()
                    }
                    repo.commit("draft", draft)
                repo.commit("work", held)
                repo.checkout("main")
                repo.merge("work")
                repo.git("branch", "-D", "work")


@pytest.mark.parametrize("case", CASES)
def test_blame_names_the_commits_whose_patch_shows_the_metric(tmp_path: Path, case: str) -> None:
    shape, metric, steps = CASES[case]
    start = {"snitch.yaml": DVC, **dvc(0.90)} if shape == "dvc" else None
    repo = Repo(tmp_path / "spleen")
    _write(repo, start or {"snitch.yaml": MONAI, **monai(0.95)}, steps)
    path = "metrics.json" if shape == "dvc" else "models/spleen/configs/metadata.json"
    shown = repo.git(
        *("log", "--first-parent", "-m", "--format=%H", f'-G"{metric}": ', "--", path)
    ).splitlines()
    # A comma that comes behind the value is a line of the patch, and no movement.
    values = {commit: _value(repo, commit, path, metric) for commit in shown}
    before = [*list(values.values())[1:], None]
    moved = [commit for commit, old in zip(shown, before, strict=True) if values[commit] != old]
    with open_book(repo.root, date(2026, 3, 1)) as book:
        model = book.environment("production").names["" if shape == "dvc" else "models/spleen"]
        found = blame(book, model, metric)
        past = history(book, model)
    assert [one.deployment.commit for one in found.movements] == moved
    released = {one.commit for one in past.deployments}
    assert set(moved) <= released


def _value(repo: Repo, commit: str, path: str, metric: str) -> float | None:
    document = json.loads(repo.git("show", f"{commit}:{path}"))
    held: dict[str, float] = document.get("eval_metrics", document)
    return held.get(metric)
