"""The commands that bring a release's weights, wherever those are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import AS_OF
from judging import judge
from pasts import book
from pasts import three_releases
from repo import Repo
from shapes import SHAPES

from snitch.engine.ledger.shown import show

if TYPE_CHECKING:
    from pathlib import Path

STORED = """\
version: 1
models: [{path: models/*, layout: stored}]
layouts:
  stored:
    description: weights in an object store
    files: {config: [config.json], metrics: [metrics.json]}
    optional: [metrics, weights, changelog, dependencies]
    fields: {version: config:version, weights.path: config:artifact}
    pointers: [{piece: config, path: artifact, file: model.pt}]
"""


def stored(root: Path, address: str) -> Repo:
    repo = Repo(root)
    config = f'{{"version": "1.0.0", "artifact": "{address}"}}\n'
    repo.commit("stored", {"snitch.yaml": STORED, "models/churn/config.json": config})
    return repo


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("s3://bucket/a b", "aws s3 cp --recursive 's3://bucket/a b' ."),
        ("gs://bucket/x", "gcloud storage cp --recursive gs://bucket/x ."),
        ("abfss://lake/x", "azcopy copy abfss://lake/x . --recursive"),
        ("hf://acme/churn", "huggingface-cli download acme/churn"),
        (
            "https://x.example/m.pt",
            "curl --fail --location --remote-name https://x.example/m.pt",
        ),
    ],
)
def test_an_object_store_is_asked_by_its_own_program(
    tmp_path: Path, address: str, command: str
) -> None:
    with book(stored(tmp_path, address)) as opened:
        assert show(opened, "churn").commands == (command,)


def test_what_is_no_address_brings_no_command(tmp_path: Path) -> None:
    with book(stored(tmp_path, "somewhere")) as opened:
        assert show(opened, "churn").commands == ()


def test_dvc_brings_what_it_tracks(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: ., layout: dvc}]\n"
    head = repo.commit("as it is", {**SHAPES["dvc"].files, "snitch.yaml": policy})
    (name,) = [model.name for model in judge(repo, everything=True, as_of=AS_OF).models]
    with book(repo) as opened:
        assert show(opened, name).commands == (f"dvc get --rev {head} . model.pkl",)
        assert show(opened, name, "worktree").commands == ("dvc pull model.pkl",)


def test_weights_in_git_come_out_of_it(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = "models/churn/weights/model.safetensors"
    head = repo.commit("in Git", {path: "tensors"})
    with book(repo) as opened:
        assert show(opened, "churn").commands == (
            f"git cat-file blob {head}:{path} > model.safetensors",
        )
        assert show(opened, "churn", "worktree").commands == ()
