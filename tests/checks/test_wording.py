"""How findings quote and join what they speak of."""

from __future__ import annotations

import pytest

from snitch.checks.wording import MAX_QUOTED_CHARS
from snitch.checks.wording import listed
from snitch.checks.wording import quoted


def test_a_quoted_value_stands_between_backticks() -> None:
    assert quoted("auc") == "`auc`"
    assert quoted(None) == "`None`"


def test_a_value_is_cut_to_120_characters_with_the_mark_among_them() -> None:
    fits, too_long = "x" * MAX_QUOTED_CHARS, "y" * (MAX_QUOTED_CHARS + 1)
    assert MAX_QUOTED_CHARS == 120
    assert quoted(fits) == f"`{fits}`"
    assert quoted(too_long) == f"`{'y' * 119}…`"


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        ("", 5, ""),
        ("a", 5, "a"),
        ("a b", 5, "a and b"),
        ("a b c d e", 5, "a, b, c, d and e"),
        ("a b c d e f", 5, "a, b, c, d and 2 more"),
        ("a b c d e f g", 5, "a, b, c, d and 3 more"),
        ("a b c", 2, "a and 2 more"),
        ("a b", 1, "2 more"),
    ],
)
def test_words_are_joined_and_those_past_the_most_are_counted(
    words: str, most: int, expected: str
) -> None:
    assert listed(words.split(), most) == expected


def test_five_words_are_told_unless_more_are_asked_for() -> None:
    assert listed("abcdef") == "a, b, c, d and 2 more"
