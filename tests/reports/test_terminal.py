from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.scenarios import AUC_FALLS
from reports.scenarios import FAIL
from reports.scenarios import FIRST
from reports.scenarios import LONG
from reports.scenarios import LONG_PATH
from reports.scenarios import MANY
from reports.scenarios import NO_MODEL
from reports.scenarios import NOTHING
from reports.scenarios import PASS
from reports.scenarios import SCENARIOS
from reports.scenarios import report
from rich.cells import cell_len

from snitch.findings import Place
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.terminal.excerpt import excerpt
from snitch.reports.terminal.paint import wrapped

if TYPE_CHECKING:
    from snitch.findings import Report


def lines(whole: Report, width: int = 80) -> list[str]:
    return render(whole, "terminal", RenderOptions(width=width)).splitlines()


def shown(place: Place, width: int = 80) -> list[str]:
    return ["".join(text for text, _ in line) for line in excerpt(place, width, "")]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_longer_than_the_terminal(width: int, scenario: str) -> None:
    for line in lines(SCENARIOS[scenario], width):
        assert cell_len(line) <= width or "/" in max(line.split(), key=cell_len)


def test_a_path_longer_than_the_terminal_stays_whole() -> None:
    assert f"{LONG_PATH}:1:28" in lines(LONG)


def test_the_first_line_is_the_verdict() -> None:
    assert lines(FAIL)[0] == "FAIL  churn 1.4.0: 2 errors, 1 warning"
    assert lines(MANY)[0] == "FAIL  7 of 12 models: 3 errors, 1 warning, 1 info"


def test_a_passing_run_is_one_line_and_its_provenance() -> None:
    verdict, blank, *provenance = lines(PASS)
    assert verdict == "PASS  churn 1.4.0: no findings"
    assert blank == ""
    assert " ".join(provenance) == (
        "snitch 0.1.0, policy origin/main:snitch.yaml (sha256 9f9f9f9f9f9f), baseline origin/main"
        " at 0123456789ab, candidate commit 89abcdef0123, as of 2026-11-23"
    )


def test_nothing_to_judge_is_said_in_words() -> None:
    assert lines(NOTHING)[:2] == [
        "PASS  0 of 12 models changed: nothing to judge",
        "  `snitch check --all` judges every model",
    ]


def test_a_repository_without_models_is_said_to_have_none() -> None:
    place = Place("snitch.yaml", 4, 11, 8, "  - path: models/*")
    found = replace(AUC_FALLS, rule=NO_MODEL, model=None, place=place)
    whole = report("fail", models=(), total_models=0, findings=(found,))
    assert lines(whole)[0] == "FAIL  no models: 1 error"


def test_errors_come_before_warnings() -> None:
    heads = [line.split()[-1] for line in lines(FAIL) if line.startswith("models/")]
    assert heads == ["error", "error", "warning"]


def test_every_word_of_a_message_survives_wrapping() -> None:
    text = " ".join(" ".join(lines(FAIL, 40)).split())
    assert AUC_FALLS.message in text
    assert f"fix: {AUC_FALLS.remedy}" in text


def test_deviations_from_the_defaults_are_named() -> None:
    assert lines(FAIL)[-1] == "not by default: --fail-on warning, SNITCH_AS_OF=2026-11-23"


def test_metrics_stand_in_columns_where_they_fit() -> None:
    assert "  auc             higher     0.922      0.912  -0.010      0.002  regressed" in lines(
        FAIL
    )


def test_metrics_stand_below_each_other_where_columns_do_not_fit() -> None:
    text = lines(FAIL, 60)
    at = text.index("  auc  regressed")
    assert text[at + 1 : at + 4] == [
        "    better higher  deployed 0.922  candidate 0.912",
        "    delta -0.010  tolerance 0.002",
        "  latency_p95_ms  improved",
    ]


def test_the_caret_stands_under_its_characters() -> None:
    text = lines(FAIL)
    at = next(number for number, line in enumerate(text) if line.startswith("  4 | "))
    start = text[at + 1].index("^")
    assert text[at][start : start + 5] == "0.912"
    assert text[at + 1].count("^") == 5


@pytest.mark.parametrize(
    ("source", "column", "caret"),
    [
        ("\tauc: 1", 7, 9),
        ("表示: 1", 5, 6),
        ("e\u0301e\u0301: 1", 7, 4),
        ("\x1b: 1", 4, 10),
        ("auc", 9, 3),
        ("", 1, 0),
    ],
)
def test_the_caret_counts_cells(source: str, column: int, caret: int) -> None:
    _, under = shown(Place("a", 1, column, 1, source))
    assert under == f"    | {' ' * caret}^"


def test_a_place_without_a_column_has_no_caret() -> None:
    assert shown(Place("a", 1, None, 1, "auc: 1")) == ["  1 | auc: 1"]
    assert shown(Place("a", None, None, 1, "auc: 1")) == []
    assert shown(Place("a", 1, 1)) == []


texts = st.text(st.characters(exclude_categories=()), max_size=400)


@given(texts, st.integers(1, 420), st.integers(0, 50), st.integers(40, 120))
def test_an_excerpt_fits_and_holds_its_caret(
    source: str, column: int, width: int, columns: int
) -> None:
    text, under = shown(Place("a", 12, column, width, source), columns)
    assert cell_len(text) <= columns
    assert under.count("^") >= 1
    assert len(under) <= columns


@given(st.integers(1, 900), st.integers(40, 120))
def test_a_window_shows_what_the_caret_points_at(column: int, columns: int) -> None:
    source = "".join(chr(0x61 + number % 26) for number in range(900))
    text, under = shown(Place("a", 1, column, 3, source), columns)
    start = under.index("^")
    assert (
        text[start : start + under.count("^")]
        == source[column - 1 : column + 2][: under.count("^")]
    )


@given(st.text(max_size=300), st.integers(10, 80))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


WORDS = st.lists(st.text("ab/`:", min_size=1, max_size=10), min_size=1, max_size=20)


@given(WORDS, st.integers(10, 40))
def test_plain_words_are_wrapped_as_everybody_wraps_them(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert wrapped(text, width) == textwrap.wrap(
        text, width, break_long_words=False, break_on_hyphens=False
    )


def test_a_broken_word_does_not_go_on_with_a_colon() -> None:
    assert wrapped("a" * 9 + "::b", 10) == ["a" * 8, "a::b"]


def test_a_word_of_a_million_characters_is_no_trouble() -> None:
    assert len(wrapped("é" * 1_000_000, 80)) == 12_500


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"])
def test_the_environment_does_not_matter(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options = RenderOptions(color=True)
    before = render(FIRST, "terminal", options)
    monkeypatch.setenv(variable, "1")
    assert render(FIRST, "terminal", options) == before


def test_findings_without_a_model_are_named_as_such() -> None:
    whole = report("fail", findings=(AUC_FALLS, replace(AUC_FALLS, model=None, place=None)))
    assert "the change as a whole" in lines(whole)


def test_a_line_with_odd_characters_and_no_column_is_shown_without_a_caret() -> None:
    place = Place("a.yaml", 3, excerpt="名前: x")
    found = report("fail", findings=(replace(AUC_FALLS, place=place),))
    text = render(found, "terminal", RenderOptions())
    assert "  3 | 名前: x\n" in text
    assert "^" not in text


def test_a_command_is_not_broken_over_lines() -> None:
    command = "`git rm --cached 'models/two  words/m.bin'`"
    assert wrapped(f"either {command}, then `other words` again", 20) == [
        "either",
        f"{command},",
        "then `other words`",
        "again",
    ]
