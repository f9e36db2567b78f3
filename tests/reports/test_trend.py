from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.scenarios import AUC_TREND
from reports.scenarios import model
from reports.scenarios import report
from reports.texts import texts

from snitch.findings import Trend
from snitch.findings import TrendPoint
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.mermaid import label
from snitch.reports.trend import heights
from snitch.reports.trend import numbers
from snitch.reports.trend import sparkline
from snitch.unseen import is_unseen


def trend(*values: str) -> Trend:
    return Trend("auc", "higher", tuple(TrendPoint(None, value) for value in values))


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (("0", "1"), "▁█"),
        (("1", "1", "1"), "▅▅▅"),
        (("-1e-7", "0", "1e-7"), "▁▅█"),
        (("1e60", "2e60"), "▁█"),
        (("0.9",), ""),
        (("0.9", "x"), ""),
        (("0.9", "nan"), ""),
        (("0.9", "-inf"), ""),
        (("0.9", "1e999999999"), ""),
    ],
)
def test_a_line_of_blocks_shows_how_values_moved(values: tuple[str, ...], line: str) -> None:
    assert sparkline(trend(*values)) == line


def test_the_candidate_is_the_last_point() -> None:
    assert sparkline(AUC_TREND)[:-1] == sparkline(replace(AUC_TREND, candidate=None))


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4), min_size=2))
def test_heights_keep_the_order_of_values(values: list[object]) -> None:
    one = trend(*map(str, values))
    found, exact = heights(one), numbers(one)
    if exact is None:
        assert found is None
        return
    assert found is not None
    assert all(0 <= height <= 1 for height in found)
    ranked = sorted(range(len(exact)), key=exact.__getitem__)
    assert [found[index] for index in ranked] == sorted(found)


@given(texts, texts)
def test_any_text_makes_a_picture_or_none(one: str, other: str) -> None:
    assert len(sparkline(trend(one, other))) in (0, 2)


@given(texts)
def test_a_label_holds_nothing_but_letters_digits_and_a_few_marks(text: str) -> None:
    inner = label(text)[1:-1]
    assert len(inner) <= 40
    assert all(c.isalnum() or c in " ._+=/-" for c in inner)
    assert not any(map(is_unseen, inner))


@pytest.mark.parametrize("name", ["terminal", "markdown", "html"])
def test_a_trend_of_no_known_direction_claims_none(name: str) -> None:
    whole = report(models=(model(trends=(replace(AUC_TREND, direction=None, candidate=None),)),))
    text = render(whole, name, RenderOptions())
    assert "over past releases" in text
    assert "is better" not in text.partition("</style>")[2 if name == "html" else 0]
    assert "and the candidate" not in text
    assert "(candidate)" not in text


def test_a_terminal_shows_ten_trends_and_says_how_many_more_there_are() -> None:
    whole = report(models=tuple(model(f"m{n}", trends=(AUC_TREND,)) for n in range(12)))
    text = render(whole, "terminal", RenderOptions())
    assert text.count("▁▃▃▆█▅") == 10
    assert "\n  and 2 more\n" in text
