from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reports.scenarios import AUC_TREND
from reports.scenarios import FAIL
from reports.scenarios import LONG
from reports.scenarios import MANY
from reports.scenarios import OWNER_MISSING
from reports.scenarios import SCENARIOS
from reports.scenarios import model
from reports.scenarios import report
from reports.texts import many_texts
from reports.texts import report_of

from snitch.findings import Skipped
from snitch.findings import TrendPoint
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.markdown.budget import units

if TYPE_CHECKING:
    from snitch.findings import Report

ALIVE = re.compile(r"@\w|#\d|GH-\d|https?:|www\.|:\w+:|\$|\b[0-9a-f]{40}\b")


def markdown(whole: Report, max_chars: int | None = None) -> str:
    return render(whole, "markdown", RenderOptions(max_chars=max_chars))


class Page(HTMLParser):
    """The elements of a page in order, and its text outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.prose: list[str] = []
        self._code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(f"{tag} {attrs}")
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"/{tag}")
        self._code -= tag == "code"

    def handle_comment(self, data: str) -> None:
        if data != " ":  # what divides a mail address
            self.elements.append(f"!{data}")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.prose.append(data)


def page(text: str) -> Page:
    return Page(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


@settings(max_examples=60)
@given(many_texts)
def test_no_text_in_any_field_changes_what_the_page_is_made_of(fill: list[str]) -> None:
    hostile, harmless = page(markdown(report_of(fill))), page(markdown(report_of(["x"])))
    assert hostile.elements == harmless.elements
    assert hostile.prose == harmless.prose


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_outside_of_code_calls_anybody_or_leads_anywhere(scenario: str) -> None:
    shown = page(markdown(SCENARIOS[scenario]))
    assert not ALIVE.search("".join(shown.prose))
    assert not any(element.startswith(("a ", "img ")) for element in shown.elements)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_first_lines_are_the_marker_and_the_verdict(scenario: str) -> None:
    marker, verdict, *_ = markdown(SCENARIOS[scenario]).split("\n")
    assert marker == "<!-- snitch-report -->"
    words = {"pass": "PASS", "fail": "FAIL", "error": "COULD NOT JUDGE"}
    assert verdict == f"## Snitch: {words[SCENARIOS[scenario].verdict]}"


def test_what_to_do_comes_before_everything_else() -> None:
    text = markdown(FAIL)
    headings = re.findall("^### (.*)$", text, re.MULTILINE)
    assert headings == ["What to do next", "Warnings", "Models", "Metrics", "Trends"]


def test_failing_models_come_before_passing_ones() -> None:
    text = markdown(MANY)
    names = re.findall(r"^\| <code>(\w+)", text.partition("### Metrics")[0], re.MULTILINE)
    assert names == ["fraud", "churn", "ltv", "spam", "pricing", "pricing", "search"]
    assert text.index("<details><summary>4 models without findings") < text.index("spam")


def crowd(size: int, failing: int) -> Report:
    names = [f"model{number}" for number in range(size)]
    skipped = (Skipped("first release", excused=True, family="REG"),)
    return report(
        "fail",
        models=tuple(model(name, metrics=LONG.models[0].metrics[:4]) for name in names),
        findings=tuple(replace(OWNER_MISSING, model=name) for name in names[:failing]),
        behind=tuple(names),
        total_models=size,
        notices=tuple(str(skipped) for _ in range(9)),
    )


def test_a_long_report_keeps_its_verdict_and_every_failing_name() -> None:
    whole = crowd(800, failing=200)
    text = markdown(whole)
    assert units(text) <= 60_000
    for number in range(200):
        assert f"| <code>model{number}</code> " in text
    assert "## Snitch: FAIL" in text
    assert text.rstrip().endswith("</sub>")
    assert re.search("and [0-9]+ more|[0-9]+ [a-z ]+ left out", text)


@settings(max_examples=30)
@given(st.integers(2_000, 70_000), st.integers(0, 300))
def test_a_report_fits_every_budget_that_holds_its_verdict(budget: int, failing: int) -> None:
    text = markdown(CROWDS[failing % len(CROWDS)], budget)
    assert units(text) <= budget
    shown = page(text)
    for tag in ("table", "details", "ul", "sub"):
        opened = sum(element.startswith(f"{tag} ") for element in shown.elements)
        assert opened == shown.elements.count(f"/{tag}")


def test_names_stay_where_there_is_no_room_for_their_rows() -> None:
    text = markdown(CROWDS[3], 12_000)
    assert units(text) <= 12_000
    for number in range(300):
        assert f"<code>model{number}</code>" in text


CROWDS = [crowd(300, failing) for failing in (0, 3, 120, 300)]


def test_rows_that_are_left_out_are_counted() -> None:
    text = markdown(CROWDS[3], 60_000)
    shown = len(re.findall("CPL102", text))
    left = re.search("and ([0-9]+) more errors", text)
    assert left is not None
    assert 0 < shown < 300
    assert shown + int(left[1]) == 300


def test_a_section_that_loses_every_row_leaves_a_sentence() -> None:
    assert "\n\n300 errors left out for length.\n\n" in markdown(CROWDS[3], 20_000)


def test_emoji_count_twice() -> None:
    assert units("a😀é") == 4


def test_a_trend_is_a_line_of_blocks_and_a_chart() -> None:
    text = markdown(FAIL)
    assert "<code>auc</code> ▁▃▃▆█▅ <code>0.894</code> to <code>0.912</code>" in text
    chart = text.partition("```mermaid\n")[2].partition("\n```")[0].split("\n")
    assert chart[1] == "xychart-beta"
    assert '"1.3.2", "1.4.0 candidate"]' in chart[3]
    assert chart[5] == "  line [0.894, 0.903, 0.901, 0.915, 0.922, 0.912]"


def test_points_of_one_version_have_labels_of_their_own() -> None:
    again = replace(AUC_TREND, points=tuple(TrendPoint("1.0", "0.9") for _ in range(3)))
    text = markdown(report(models=(model(trends=(again,)),)))
    assert 'x-axis ["1.0", "2 1.0", "3 1.0", "1.4.0 candidate"]' in text


@settings(max_examples=60)
@given(many_texts)
def test_no_text_gets_out_of_its_place_in_a_chart(fill: list[str]) -> None:
    charts = re.findall(r"```mermaid\n(.*?)\n```", markdown(report_of(fill)), re.DOTALL)
    assert charts
    for chart in charts:
        color, first, *lines = chart.split("\n")
        assert color.startswith("%%{init: ")
        assert first == "xychart-beta"
        label = r'"(?:[^\W_]|[ ._+=/-])*"'
        shapes = (
            rf"  title {label}",
            rf"  x-axis \[{label}(?:, {label})*\]",
            r"  y-axis -?[0-9.]+ --> -?[0-9.]+",
            r"  line \[-?[0-9.]+(?:, -?[0-9.]+)*\]",
        )
        for line, shape in zip(lines, shapes, strict=True):
            assert re.fullmatch(shape, line), line


def test_what_was_left_out_is_said_with_where_the_whole_report_is() -> None:
    whole = crowd(800, failing=2)
    assert "Shortened to fit." in markdown(whole)
    assert "`snitch check --format html=snitch.html`" in markdown(whole)
    assert "Shortened to fit." not in markdown(MANY)


def test_charts_go_before_anything_else() -> None:
    room = units(markdown(MANY)) - 1
    text = markdown(MANY, room)
    assert "mermaid" in markdown(MANY)
    assert text.count("```mermaid") < markdown(MANY).count("```mermaid")
    assert text.count("| <code>") == markdown(MANY).count("| <code>")
    assert "▁▃▃▆█▅" in text


def test_an_unchanged_result_makes_the_same_comment() -> None:
    assert markdown(MANY) == markdown(replace(MANY))
