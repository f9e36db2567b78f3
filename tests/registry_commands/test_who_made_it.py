"""Who made a release and who merged it, in every way in which a commit comes to production."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pasts import book
from pasts import files
from pasts import on
from pasts import past
from repo import Repo

from snitch.engine.ledger.catalog import catalog

if TYPE_CHECKING:
    from pathlib import Path


WAYS = {
    "alone": ("Cleo", None),
    "octopus": ("Ana", "Ben"),
    "rebased": ("Ana", "Dan"),
    "resolved": ("Ben", "Ben"),
    "updated": ("Ana", "Ben"),
}
"""By model its newest release's author and merger."""


def held(model: str, version: str, auc: str) -> dict[str, str | None]:
    return {**files(version, auc, f"models/{model}", model)}


def by(repo: Repo, author: str, committer: str | None = None) -> Repo:
    """From here on commits are somebody's, who has an address."""
    on(repo, "2026-09-01", author, committer or author)
    repo.environment["GIT_AUTHOR_EMAIL"] = f"{author}@example.com".lower()
    repo.environment["GIT_COMMITTER_EMAIL"] = f"{committer or author}@example.com".lower()
    return repo


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A model for each way to production, and one that a merge removed."""
    made = Repo(tmp_path_factory.mktemp("people"))
    start: dict[str, str | None] = {"snitch.yaml": "version: 1\nmodels: [{path: models/*}]\n"}
    for model in (*WAYS, "removed"):
        start |= held(model, "1.0.0", "0.90")
    by(made, "Root").commit("start", start)
    by(made, "Eve").branch("note").commit("a note", {"README.md": "Models.\n"})
    by(made, "Ana").branch("better", "main").commit("1.1.0", held("octopus", "1.1.0", "0.91"))
    by(made, "Eve").commit("another note", {"NOTES.md": "Better.\n"})
    by(made, "Ben").checkout("main").git("merge", "--quiet", "-m", "both", "note", "better")
    by(made, "Ana").branch("one").commit("1.1.0", held("resolved", "1.1.0", "0.91"))
    by(made, "Dan").checkout("main").commit("1.1.1", held("resolved", "1.1.1", "0.92"))
    with pytest.raises(AssertionError):
        by(made, "Ben").merge("one")
    made.commit("both", held("resolved", "1.2.0", "0.93"))
    by(made, "Ana").branch("late", "note").commit("1.1.0", held("updated", "1.1.0", "0.91"))
    by(made, "Eve").merge("main", "Merge main into late")
    by(made, "Ben").checkout("main").merge("late")
    by(made, "Ana", "Dan").commit("1.1.0", held("rebased", "1.1.0", "0.91"))
    by(made, "Eve").branch("cleaning").git("rm", "-rq", "models/removed")
    made.commit("nobody uses it")
    by(made, "Ana").commit("a third note", {"README.md": "Fewer models.\n"})
    by(made, "Cleo").checkout("main").commit("1.1.0", held("alone", "1.1.0", "0.91"))
    by(made, "Ben").merge("cleaning")
    return made


@pytest.mark.parametrize("model", WAYS)
def test_the_author_is_who_changed_the_model_and_the_merger_who_let_it_in(
    repo: Repo, model: str
) -> None:
    newest, *_, oldest = past(repo, model).deployments
    assert (newest.author, newest.merger) == WAYS[model]
    assert newest.merge == (WAYS[model][1] == "Ben")
    assert (oldest.author, oldest.merger, oldest.merge) == ("Root", None, False)


def test_a_removal_is_of_whoever_removed_it_and_not_of_who_came_next(repo: Repo) -> None:
    newest, *_ = past(repo, "removed").deployments
    assert newest.removed
    assert (newest.author, newest.merger, newest.merge) == ("Eve", "Ben", True)


def test_the_site_tells_the_same_of_every_model(repo: Repo) -> None:
    with book(repo) as opened:
        cards = {card.row.name: card.history for card in catalog(opened).each(lambda card: card)}
    for model in WAYS:
        told = cards[model]
        assert told is not None
        people = [(one.author, one.merger) for one in told.deployments]
        assert people == [(one.author, one.merger) for one in past(repo, model).deployments]


def test_of_what_stood_there_where_a_clone_is_cut_off_nobody_is_told_as_author(
    repo: Repo, tmp_path: Path
) -> None:
    (only,) = past(repo.clone(tmp_path / "clone", "--depth=1"), "octopus").deployments
    assert (only.author, only.merger, only.merge, only.cut) == (None, None, True, True)


def test_what_a_cut_off_branch_held_last_is_all_that_can_be_known(
    repo: Repo, tmp_path: Path
) -> None:
    newest, _ = past(repo.clone(tmp_path / "clone", "--depth=2"), "removed").deployments
    assert (newest.author, newest.merger) == ("Ana", "Ben")
