"""Names and values below each other: every value can be read, however long its name is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from judging import snitch
from pasts import files
from pasts import three_releases

from snitch.reports.ledger.tables import facts
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.terminal.paint import painted

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.text(alphabet="abc._-", min_size=1, max_size=120)


def shown(pairs: list[tuple[str, str]], width: int = 40) -> list[str]:
    """The lines that a terminal shows."""
    cells = [(name, plain_cell(value)) for name, value in pairs]
    return painted(facts(cells, width), color=False).splitlines()


def test_a_long_name_leaves_the_others_their_room() -> None:
    long = "technical.details.of.a.very.long.name.indeed"
    assert shown([("name", "albert"), (long, "a value"), ("version", "1.0")]) == [
        "name     albert",
        long,
        "  a value",
        "version  1.0",
    ]


def test_a_long_name_and_a_short_value_share_a_line() -> None:
    assert shown([("a.name.of.thirty.two.characters", "1.0"), ("b", "2")]) == [
        "a.name.of.thirty.two.characters  1.0",
        "b  2",
    ]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6), st.integers(40, 120))
@settings(max_examples=60)
def test_no_value_is_cut_into_narrow_pieces(pairs: list[tuple[str, str]], width: int) -> None:
    lines = shown(pairs, width)
    most = sum(2 + len(value) // (width // 2 - 2) for _, value in pairs)
    assert len(lines) <= most + len(pairs)


def test_of_long_values_the_part_is_shown_in_which_they_differ(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = "models/churn/config.yaml"
    text = files("1.2.0", "0.93")[path]
    for name, word in (("one", "closes"), ("other", "is closed")):
        long = f"Probability {'that is well calibrated ' * 8}that an account {word} in 90 days."
        text = re.sub("description: .*", f"description: {long}", text)
        repo.branch(name).commit(name, {path: text})
    found = snitch(repo, "diff", "churn", "one", "other", COLUMNS="200").out
    (line,) = (line for line in found.splitlines() if line.startswith("description"))
    assert "closes in 90 days. → …" in line
    assert line.endswith("is closed in 90 days.")
