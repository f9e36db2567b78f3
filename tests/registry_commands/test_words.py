"""What a person may call a model, and what is said of a word that names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import snitch
from pasts import book
from pasts import files
from pasts import three_releases

from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.history import history
from snitch.engine.ledger.promotion import plan_rollback
from snitch.engine.ledger.shown import show
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from snitch.engine.ledger.book import Book

EVERY: dict[str, Callable[[Book, str], object]] = {
    "history": history,
    "show": show,
    "diff": lambda opened, word: differences(opened, word, None, None, everything=False),
    "rollback": lambda opened, word: plan_rollback(opened, word, "1.0.0"),
}

UNKNOWN = {
    ".": "it holds 2 models: name one, as `models/churn`",
    "models": "it holds 2 models: name one, as `models/churn`",
    "models/": "it holds 2 models: name one, as `models/churn`",
    "models/churn/config.yaml": "it is a file of `churn`",
    "models/churn/weights": "it is a file of `churn`",
    "chrun": "the nearest is `churn`",
    "Churn": "the nearest is `churn`",
    "/": "`snitch models` lists them",
    "..": "`snitch models` lists them",
    "snitch.yaml": "`snitch models` lists them",
    "nothing-like-it": "`snitch models` lists them",
}


@pytest.mark.parametrize("command", EVERY)
def test_a_word_that_names_no_model_is_told_with_what_may_be_meant(
    tmp_path: Path, command: str
) -> None:
    repo, _ = three_releases(tmp_path)
    with book(repo) as opened:
        for word, remedy in UNKNOWN.items():
            with pytest.raises(CannotJudgeError) as caught:
                EVERY[command](opened, word)
            told = (caught.value.message, caught.value.remedy)
            assert told == (f"`{word}` is no model of this repository", remedy)
        for word in ("", "  "):
            with pytest.raises(CannotJudgeError, match="the name is empty"):
                EVERY[command](opened, word)


@pytest.mark.parametrize("word", ["models/churn", "models/churn/", "./models/churn", "churn"])
def test_a_model_is_named_by_its_directory_however_that_is_written(
    tmp_path: Path, word: str
) -> None:
    repo, _ = three_releases(tmp_path)
    with book(repo) as opened:
        assert history(opened, word).model == "churn"
        assert show(opened, word).release.name == "churn"


def test_the_directory_above_all_is_no_word_for_the_model_at_the_root(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    policy = (repo.root / "snitch.yaml").read_text().replace("models/*", ".")
    held = {name.removeprefix("models/churn/"): text for name, text in files("1.3.0", "1").items()}
    repo.commit("at the root", {"snitch.yaml": policy, **held})
    with book(repo) as opened:
        assert history(opened, ".").deployments[0].version == "1.3.0"
        assert history(opened, "").deployments[0].version == "1.3.0"  # its path
        for command in ("history", "show", "diff"):
            with pytest.raises(CannotJudgeError, match="`/` is no model"):
                EVERY[command](opened, "/")
    for command, word in (("history", ""), ("show", "@staging"), ("diff", ""), ("promote", "")):
        ran = snitch(repo, command, word)
        assert ran.status == 2
        assert "no model is named: the name is empty" in ran.err


def test_of_directories_that_are_called_alike_none_is_chosen_in_silence(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    policy = (repo.root / "snitch.yaml").read_text().replace("models/*", "models/*/*")
    small = files("2.0.0", "0.8", "models/small/churn")
    large = files("3.0.0", "0.9", "models/large/churn")
    repo.commit("two", {"snitch.yaml": policy, **small, **large})
    with book(repo) as opened:
        for ask in EVERY.values():
            with pytest.raises(CannotJudgeError) as caught:
                ask(opened, "churn")
            places = "`models/large/churn`, `models/small/churn`"
            assert caught.value.message == f"main holds `churn` more than once: {places}"
            assert caught.value.remedy == "name one of these directories"
        assert show(opened, "models/small/churn").release.metadata.version == "2.0.0"


def test_an_empty_word_for_a_release_or_a_directory_is_no_default(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    for words in (
        ("diff", "churn", "", ""),
        ("diff", "", ""),
        ("show", "churn@"),
        ("catalog", "--html", ""),
    ):
        ran = snitch(repo, *words)
        assert (ran.status, ran.out) == (2, "")
    assert not (repo.root / "index.html").exists()
