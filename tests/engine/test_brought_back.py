"""Models that are files, or entries of one, taken out and brought back: no first releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import AS_OF
from judging import snitch
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

CARD = "model_name: a\nmodel_version: v1\nmetrics: {{discovery: {{F1: {}}}}}\n"
FILE = ("matbench", "models/a/a.yml", CARD.format("0.9"), None, CARD.format("0.7"))
ROW = (
    "csv-leaderboard",
    "results/holdout.csv",
    "model,top1\na,80\nb,70\n",
    "model,top1\nb,70\n",
    "model,top1\na,75\nb,70\n",
)


def brought_back(root: Path, layout: str, path: str, *states: str | None) -> Repo:
    """A repository in which production gave the model up, with a branch that has it again."""
    other = {"models/b/b.yml": CARD.format("0.8").replace("model_name: a", "model_name: b")}
    policy = f"version: 1\nmodels: [{{path: ., layout: {layout}}}]\n"
    was, without, now = states
    repo = Repo(root)
    repo.commit("there", {"snitch.yaml": policy, **other, path: was})
    repo.commit("gone", {path: without})
    repo.branch("change").commit("back", {path: now})
    return repo


@pytest.mark.parametrize("shape", [FILE, ROW])
def test_it_is_compared_with_what_it_was(tmp_path: Path, shape: tuple[str, ...]) -> None:
    repo = brought_back(tmp_path, *shape)
    ran = snitch(repo, "check", "--as-of", AS_OF.isoformat(), "--format", "concise")
    assert ran.status == 1
    assert f"{shape[1]}:" in ran.out
    assert "REG301" in ran.out


@pytest.mark.parametrize("shape", [FILE, ROW])
def test_a_clone_too_shallow_to_tell_does_not_judge_it(
    tmp_path: Path, shape: tuple[str, ...]
) -> None:
    repo = brought_back(tmp_path / "repo", *shape)
    clone = repo.clone(tmp_path / "ci", "--depth=1", "--branch=change", "--no-single-branch")
    ran = snitch(clone, "check", "--as-of", AS_OF.isoformat(), "--format", "concise")
    assert ran.status == 2
    assert "git fetch --unshallow" in ran.out


@pytest.mark.parametrize("shape", [FILE, ROW])
def test_what_production_never_held_is_a_first_release(
    tmp_path: Path, shape: tuple[str, ...]
) -> None:
    layout, path, was, *_ = shape
    new = was.replace("a,80", "c,75\na,80")
    name = path if new != was else "models/c/c.yml"
    repo = brought_back(tmp_path, layout, path, was, was + "\n", was)
    repo.write({name: new.replace("model_name: a", "model_name: c")})
    ran = snitch(repo, "check", "--as-of", AS_OF.isoformat(), "--format", "concise")
    assert (ran.status, "REG301" in ran.out) == (0, False)
    assert "first release" in ran.out
