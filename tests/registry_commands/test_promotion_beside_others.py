"""Promotions that meet other models' files, another target than production, and remotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from moved import POLICY
from moved import TODAY
from moved import passing
from moved import tree
from moved import two_deployed

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.promotion import Prepared
from snitch.engine.ledger.promotion import commands
from snitch.engine.ledger.promotion import plan_promotion
from snitch.engine.ledger.promotion import prepare
from snitch.findings import CannotJudgeError
from snitch.reports.ledger.promotion import message

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Churn and fraud 1.0.0 in production and in staging."""
    made = two_deployed(tmp_path / "repo", monkeypatch)
    made.git("branch", "staging")
    return made


def brought(repo: Repo, *models: str, to: str = "production") -> Prepared:
    source = "staging" if to == "production" else "production"
    with open_book(repo.root, TODAY) as book:
        return prepare(book, plan_promotion(book, source, to, models), message)


def test_two_models_that_change_places_are_promoted_together_and_neither_alone(
    repo: Repo,
) -> None:
    repo.checkout("staging")
    for old, new in (("churn", "x"), ("fraud", "churn"), ("x", "fraud")):
        repo.git("mv", f"models/{old}", f"models/{new}")
    repo.commit("swapped")
    repo.checkout("main")
    with pytest.raises(CannotJudgeError, match="no file of `churn`") as error:
        brought(repo, "churn")
    assert error.value.message.startswith("`models/fraud/config.yaml` is on both sides")
    done = brought(repo)
    assert tree(repo, str(done.commit), "models") == tree(repo, "staging", "models")


def test_a_file_that_stands_there_already_is_in_the_way_where_it_says_something_else(
    repo: Repo,
) -> None:
    policy = POLICY.replace("models/*", "models/**")
    assert policy != POLICY
    repo.commit("every depth", {"snitch.yaml": policy})
    notes = {"models/young/NOTES.md": "Soon.\n"}
    repo.branch("next").commit("young", {**passing("young", 0), **notes})
    repo.git("branch", "--force", "staging")
    repo.checkout("main").commit("a plan", {**notes})
    done = brought(repo, "young")
    assert tree(repo, str(done.commit), "models/young") == tree(repo, "staging", "models/young")
    repo.commit("another plan", {"models/young/NOTES.md": "Never.\n"})
    with pytest.raises(CannotJudgeError, match=r"`models/young/NOTES\.md` is on both sides"):
        brought(repo, "young")


def test_a_hotfix_is_brought_back_to_staging_and_compared_with_what_staging_holds(
    repo: Repo,
) -> None:
    repo.commit("hotfix", passing("churn", 1))
    done = brought(repo, "churn", to="staging")
    assert done.report.baseline is not None
    assert done.report.baseline.commit == repo.git("rev-parse", "staging")
    assert repo.git("rev-parse", f"{done.branch}^") == repo.git("rev-parse", "staging")


@pytest.mark.parametrize(
    ("remotes", "pushed"),
    [((), None), (("upstream",), "upstream"), (("a", "origin", "z"), "origin")],
)
def test_the_branch_is_pushed_to_origin_or_to_the_only_remote(
    repo: Repo, remotes: tuple[str, ...], pushed: str | None
) -> None:
    repo.branch("next", "staging").commit("1.1.0", passing("churn", 1))
    for remote in remotes:
        repo.git("remote", "add", remote, f"https://github.com/{remote}/models.git")
        for branch, held in (("main", "main"), ("staging", "next")):
            repo.git("update-ref", f"refs/remotes/{remote}/{branch}", held)
    repo.git("branch", "--force", "staging")
    with open_book(repo.root, TODAY) as book:
        done = prepare(book, plan_promotion(book, "staging", "production", ["churn"]), message)
        first, _ = commands(book, done)
    branch = "snitch/promote-churn-1_1_0"
    assert first == (f"git push {pushed} {branch}" if pushed else "git switch main")
