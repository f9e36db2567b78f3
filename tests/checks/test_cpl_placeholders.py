from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.checks.placeholders import is_blank
from snitch.checks.placeholders import is_placeholder

WORDS = ("TODO", "TBD", "N/A", "CHANGEME", "DONE")


@pytest.mark.parametrize(
    "text",
    [
        "TODO",
        "todo",
        " Tbd ",
        "<TODO>",
        "[tbd]",
        "TODO.",
        "...TODO...",
        "TODO: describe",
        "<todo>: later",
        "n/a",
        "(N/A)",
        "ＴＯＤＯ",  # noqa: RUF001 - full width letters
        "T\u200bODO",
        "TO\u00adDO",
        "TОDO",  # noqa: RUF001 - a Cyrillic O
        "ΤΟDΟ",  # noqa: RUF001 - Greek letters
        "СHАNGEМE",  # noqa: RUF001 - Cyrillic letters
        "\u0501one",
        "changeme",
        "&lt;TODO&gt;",
        "TO&#68;O",
        "[TODO](https://example.com/a)",
        "![N/A](n.png)",
    ],
)
def test_a_placeholder_is_known_however_it_is_dressed_up(text: str) -> None:
    assert is_placeholder(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "...",
        "risk-ml",
        "a todo list application's churn",
        "TODOS",
        "mastodon",
        "note: TODO",
        "n",
        "a",
        "24/7",
        "T&O",
        "[ML-1](TODO)",
    ],
)
def test_a_value_that_only_contains_such_a_word_is_none(text: str) -> None:
    assert not is_placeholder(text, WORDS)


def test_a_placeholder_of_punctuation_alone_can_be_asked_for() -> None:
    assert is_placeholder("?", ["?"])
    assert is_placeholder(" ... ", ["..."])
    assert not is_placeholder("!", ["?"])


def test_a_placeholder_that_nobody_sees_matches_nothing() -> None:
    assert not is_placeholder("risk-ml", ["\u200b"])
    assert not is_placeholder("", ["\u200b"])


@given(st.text(), st.lists(st.text()))
def test_no_text_makes_the_comparison_fail(text: str, words: list[str]) -> None:
    is_placeholder(text, words)
    if text.strip() and is_blank(text):
        assert not any(mark.isalnum() for mark in text)


@pytest.mark.parametrize("text", ["", "  ", "\t\n", "\u200b", "\ufeff \u00ad", "\x00"])
def test_what_nobody_sees_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " .", "0", "\u200bx"])
def test_what_can_be_seen_is_not(text: str) -> None:
    assert not is_blank(text)
