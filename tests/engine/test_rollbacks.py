"""What counts as a rollback: a state that production once held, the whole of it and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import config
from example import metrics
from example import pointer
from judging import at
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

SECOND = "weights/second.safetensors"
FIRST = {**DEPLOYED, SECOND: pointer("2" * 64)}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Production has held one release and then another."""
    repo = Repo(tmp_path_factory.mktemp("released"))
    repo.commit("first", {"snitch.yaml": POLICY, **at("models/churn", FIRST)})
    repo.commit("second", at("models/churn", {**GOOD, SECOND: pointer("3" * 64)}))
    return repo


def is_rollback(repo: Repo) -> bool:
    (model,) = judge(repo).models
    return any("rollback" in one.reason for one in model.skipped)


@pytest.mark.parametrize(
    ("edit", "known"),
    [
        ({}, True),
        ({"train.py": "import torch\n", "README.md": "words\n"}, True),
        ({"metrics.json": metrics("0.999", "0.312")}, False),
        ({"metrics.json": None}, False),
        ({"config.yaml": config("1.3.2", "2026-09-01")}, False),
        ({SECOND: pointer("4" * 64)}, False),
        ({SECOND: None}, False),
        ({"weights/third.safetensors": pointer("2" * 64)}, False),
    ],
)
def test_all_that_makes_a_release_is_as_it_was(
    released: Repo, edit: dict[str, str | None], *, known: bool
) -> None:
    released.git("checkout", "--quiet", "-B", "back", "main")
    released.git("checkout", "--quiet", "main~1", "--", "models")
    released.commit("back", {f"models/churn/{name}": text for name, text in edit.items()})
    assert is_rollback(released) == known


@pytest.mark.parametrize("versions", [("1.0", "1.0"), ("none", "1.0"), ("1.0", "none")])
def test_a_version_that_stands_still_or_is_missing_hides_no_rollback(
    tmp_path: Path, versions: tuple[str, str]
) -> None:
    first, second = (
        {**DEPLOYED, "metrics.json": metrics(auc), "config.yaml": config(version)}
        for auc, version in zip(("0.90", "0.91"), versions, strict=True)
    )
    for files in (first, second):
        files["config.yaml"] = files["config.yaml"].replace("version: none\n", "")
    repo = Repo(tmp_path)
    repo.commit("first", {"snitch.yaml": POLICY, **at("models/churn", first)})
    repo.commit("second", at("models/churn", second))
    repo.branch("back").commit("back", at("models/churn", first))
    assert is_rollback(repo)


def test_a_state_from_before_the_first_numbers_is_no_release_to_go_back_to(tmp_path: Path) -> None:
    repo, policy = Repo(tmp_path), "version: 1\nmodels: [{path: ., layout: dvc}]\n"
    repo.commit("pipeline", {"snitch.yaml": policy, "params.yaml": "depth: 6\n"})
    repo.commit("measured", {"metrics.json": '{"accuracy": 0.9}'})
    repo.branch("change")
    repo.commit("no numbers", {"metrics.json": None})
    assert [one.rule.code for one in judge(repo).findings if one.rule.code[:3] == "REG"] == [
        "REG302"
    ]
    assert not is_rollback(repo)
