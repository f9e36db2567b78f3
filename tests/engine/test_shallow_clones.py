"""A clone that ends before production's first commit does not know what production once held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import metrics
from judging import at
from judging import codes
from judging import deployed
from judging import judge

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Production in three commits, and a change that brings a model which looks new."""
    repo = deployed(tmp_path_factory.mktemp("pushed") / "origin").checkout("main")
    for word in ("one", "two"):
        repo.commit(word, {"notes.txt": word})
    new = {**GOOD, "config.yaml": "name: new\nversion: 0.1.0\na: 1\n"}
    repo.branch("new").commit("new", at("models/new", new))
    return repo


@pytest.mark.parametrize(
    ("options", "judged"), [(("--depth", "1"), False), (("--depth", "2"), False), ((), True)]
)
def test_a_model_is_new_only_where_the_whole_past_is_there(
    pushed: Repo, tmp_path: Path, options: tuple[str, ...], *, judged: bool
) -> None:
    clone = pushed.clone(tmp_path / "clone", "--no-single-branch", *options)
    failures = judge(clone).failures
    assert (failures == ()) == judged
    assert all("this clone is shallow" in one.message for one in failures)


def test_a_model_that_production_holds_is_judged_in_any_clone(pushed: Repo, tmp_path: Path) -> None:
    clone = pushed.clone(tmp_path / "clone", "--no-single-branch", "--depth", "1")
    clone.git("checkout", "--quiet", "-b", "change", "origin/main")
    clone.commit("churn", at("models/churn", {**DEPLOYED, "train.py": "import numpy\n"}))
    assert judge(clone).failures == ()


@pytest.mark.parametrize("version", ["1.4.0", "1.3.2"])
def test_what_two_releases_show_is_told_although_their_past_is_cut_off(
    pushed: Repo, tmp_path: Path, version: str
) -> None:
    clone = pushed.clone(tmp_path / "clone", "--no-single-branch", "--depth", "1")
    clone.git("checkout", "--quiet", "-b", "change", "origin/main")
    config = GOOD["config.yaml"].replace("1.4.0", version)
    worse = {**GOOD, "config.yaml": config, "metrics.json": metrics("0.90")}
    clone.commit("worse", at("models/churn", worse))
    report = judge(clone)
    assert "REG301" in codes(report)
    (failure,) = report.failures
    assert failure.model == "churn"
    assert "in the commit before" in failure.message
    assert "git fetch --unshallow" in failure.remedy
