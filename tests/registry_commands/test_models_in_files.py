"""Models that are rows of a table, or files of which the newest counts: told as directories are."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pasts import book
from pasts import on
from pasts import past
from pasts import release
from pasts import rows
from repo import Repo

from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.promotion import plan_promotion
from snitch.engine.ledger.promotion import prepare
from snitch.engine.ledger.shown import show
from snitch.findings import CannotJudgeError
from snitch.reports.ledger.promotion import message

POLICY = """\
version: 1
models:
  - {path: zoo, layout: openmmlab}
  - {path: packages, layout: spacy-meta}
"""


def package(version: str) -> dict[str, str | None]:
    """A version of a package, which has a file of its own."""
    meta = {"lang": "en", "name": "core", "version": version, "performance": {"ents_f": 0.8}}
    return {f"packages/meta/en_core-{version}.json": json.dumps(meta)}


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Two rows and a package in production, and tags for what comes after."""
    made = on(Repo(tmp_path_factory.mktemp("files")), "2026-06-01", "Root", "Root")
    made.commit("nothing yet", {"README.md": "Models.\n"})
    start = {"snitch.yaml": POLICY, **rows(large=80, small=70), **package("1.0.0")}
    on(made, "2026-07-01").commit("the first models", start)
    release(made, "2026-08-01", "small is better", {**rows(large=80, small=71)}, "Ana")
    release(made, "2026-09-01", "large is better", {**rows(large=81, small=71)}, "Cleo")
    release(made, "2026-09-03", "a package", {**package("1.1.0")}, "Dan")
    made.git("tag", "now")
    made.branch("w").commit("better, new", {**rows(large=81, small=72, new=5)})
    made.git("tag", "more", made.commit("1.2.0", package("1.2.0")))
    made.git("tag", "more-still", made.commit("1.3.0", package("1.3.0")))
    made.git("tag", "squashed", made.branch("x", "now").commit("1.2.0 (#7)", package("1.2.0")))
    worse = rows(large=82, small=71)
    made.git("tag", "hotfix", made.branch("y", "now").commit("hotfix", worse))
    return made.checkout("main")


def words(repo: Repo, production: str, staging: str) -> dict[str, str | None]:
    """How each model stands where staging and production are at two commits."""
    repo.git("branch", "--force", "staging", staging)
    repo.git("reset", "--quiet", "--hard", production)
    with book(repo) as opened:
        found = {row.name: row.staging for row in overview(opened).models}
    repo.git("branch", "--delete", "--force", "staging")
    repo.git("reset", "--quiet", "--hard", "now")
    return found


@pytest.mark.parametrize(
    ("model", "days", "author"),
    [
        ("small", (date(2026, 8, 1), date(2026, 7, 1)), "Ana"),
        ("large", (date(2026, 9, 1), date(2026, 7, 1)), "Cleo"),
        ("en_core", (date(2026, 9, 3), date(2026, 7, 1)), "Dan"),
    ],
)
def test_a_release_is_of_whoever_changed_the_file_on_the_merged_branch(
    repo: Repo, model: str, days: tuple[date, ...], author: str
) -> None:
    found = past(repo, model).deployments
    assert tuple(one.effective.date() for one in found) == days
    assert (found[0].author, found[0].merger) == (author, "Ben")


def test_the_site_tells_the_same_people(repo: Repo) -> None:
    with book(repo) as opened:
        cards = list(catalog(opened).each(lambda card: card))
    assert [card.row.name for card in cards] == ["en_core", "large", "small"]
    for card in cards:
        assert card.history is not None
        assert card.history.deployments == past(repo, card.row.name).deployments


def test_a_row_is_ahead_or_new_where_it_changes_itself(repo: Repo) -> None:
    assert words(repo, "now", "more") == {
        "en_core": "ahead",
        "large": "same",
        "new": "new",
        "small": "ahead",
    }


def test_rows_of_one_table_that_change_on_different_branches_have_not_diverged(repo: Repo) -> None:
    found = words(repo, "hotfix", "more")
    assert (found["large"], found["small"], found["new"]) == ("behind", "ahead", "new")


def test_a_row_that_only_production_has_is_behind_or_gone(repo: Repo) -> None:
    assert words(repo, "more", "now")["new"] == "behind"
    repo.git("tag", "removed", repo.branch("z", "more").commit("gone", {**rows(large=81)}))
    repo.checkout("main")
    assert words(repo, "more", "removed")["new"] == "gone"


def test_after_a_squashed_promotion_the_next_file_of_a_package_is_ahead(repo: Repo) -> None:
    assert words(repo, "squashed", "more")["en_core"] == "same"
    assert words(repo, "squashed", "more-still")["en_core"] == "ahead"
    assert words(repo, "more-still", "squashed")["en_core"] == "behind"


def test_a_row_is_promoted_by_a_merge_and_the_refusal_says_so(repo: Repo) -> None:
    repo.git("branch", "staging", "more")
    with book(repo) as opened, pytest.raises(CannotJudgeError) as error:
        prepare(opened, plan_promotion(opened, "staging", "production", ["small"]), message)
    repo.git("branch", "--delete", "--force", "staging")
    assert error.value.message == "`zoo/metafile.yml#small` shares its files with other models"
    assert error.value.remedy == "promote and roll back such models by a merge or a revert"


def test_of_a_shared_file_a_models_own_part_is_told_without_its_numbers(repo: Repo) -> None:
    with book(repo) as opened:
        told = show(opened, "large").facts
        (found,) = differences(opened, "small", "HEAD~1", "more", everything=False)
    sections = {section for section, _ in told}
    names = {name for section, name in told if section == "config"}
    assert sections == {"config"}
    assert names == {"Name", "Results.0.Dataset", "Results.0.Task"}
    assert [(row.deployed, row.candidate) for row in found.metrics] == [("71", "72")]
    assert found.changes == ()


def test_a_file_that_holds_models_names_one_of_them(repo: Repo) -> None:
    with book(repo) as opened, pytest.raises(CannotJudgeError) as caught:
        show(opened, "zoo/metafile.yml")
    assert caught.value.remedy == "it holds 2 models: name one, as `zoo/metafile.yml#large`"
