from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from reports.scenarios import AUC_TREND
from reports.scenarios import BLIND
from reports.scenarios import FAIL
from reports.scenarios import FIRST
from reports.scenarios import LONG
from reports.scenarios import MANY
from reports.scenarios import NOTHING
from reports.scenarios import SCENARIOS
from reports.scenarios import WAIVED
from reports.scenarios import model
from reports.scenarios import report
from reports.texts import many_texts
from reports.texts import report_of
from reports.texts import texts

from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.html import html
from snitch.reports.neutral.html import prose

if TYPE_CHECKING:
    from snitch.findings import Report

VOID = {"meta", "path", "circle"}


def page(whole: Report) -> str:
    return render(whole, "html", RenderOptions())


class Elements(HTMLParser):
    """A page's elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.found if attribute in attrs]


def text_of(whole: Report) -> str:
    return re.sub(r"\s+", " ", "".join(Elements(page(whole)).text))


@settings(max_examples=40)
@given(many_texts)
def test_no_text_in_any_field_changes_what_the_page_is_made_of(fill: list[str]) -> None:
    hostile, harmless = (
        [
            (tag, sorted(attrs))
            for tag, attrs in Elements(page(report_of(text))).found
            if tag != "code"
        ]
        for text in (fill, ["x"])
    )
    assert hostile == harmless


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_page_asks_nobody_for_anything(scenario: str) -> None:
    text = page(SCENARIOS[scenario])
    elements = Elements(text)
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base", "use"}
    assert all(target.startswith("#") for target in elements.values("href"))
    assert elements.values("src") == elements.values("style") == []
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|@font-face|https?:", style[1])


def test_the_browser_may_use_this_very_style_sheet_and_nothing_else() -> None:
    text = page(FAIL)
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
    assert style is not None
    assert policy is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert unescape(policy[1]) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_element_is_closed_and_every_link_leads_somewhere(scenario: str) -> None:
    elements = Elements(page(SCENARIOS[scenario]))
    assert elements.open == []
    ids = elements.values("id")
    assert len(set(ids)) == len(ids)
    assert {target[1:] for target in elements.values("href")} <= set(ids)


def test_a_finding_shows_where_what_and_how_to_mend_it() -> None:
    text = text_of(FAIL)
    assert "REG301 metric-regressed" in text
    assert "models/churn/metrics.json:4:23" in text
    assert "Fix: retrain until auc is at least 0.920" in text
    assert '"metrics": {"auc": <mark>0.912</mark>, "log_loss"' in unescape(
        re.sub(" +", " ", page(FAIL))
    )


def test_metrics_stand_beside_the_deployed_ones_with_slices_below() -> None:
    text = text_of(FAIL)
    assert "auc critical higher 0.922 0.912 -0.010 0.002 regressed" in re.sub(
        " +", " ", re.sub("<[^>]+>", " ", page(FAIL).partition("<tbody>")[2])
    ).replace("\n", "")
    assert text.index("log_loss") < text.index("By slice") < text.index("plan=enterprise")


def test_a_chart_tells_its_values_to_those_who_do_not_see_it() -> None:
    (label,) = (attrs["aria-label"] for tag, attrs in Elements(page(FAIL)).found if tag == "svg")
    assert label == (
        "auc, higher is better: 0.894 in 1.0.0; 0.903 in 1.1.0; 0.901 in 1.2.0; "
        "0.915 in 1.3.0; 0.922 in 1.3.2; 0.912 in 1.4.0, the candidate"
    )


def test_a_trend_without_a_candidate_or_a_past_is_drawn_all_the_same() -> None:
    alone = replace(AUC_TREND, points=AUC_TREND.points[-1:])
    held = replace(AUC_TREND, candidate=None)
    found = Elements(page(report(models=(model(trends=(alone, held)),)))).found
    assert sum(tag == "svg" for tag, _ in found) == 2


def test_waivers_skips_notes_and_failures_are_told() -> None:
    assert "Fairness fix agreed in ML-99 (until 2026-12-31, by platform-team)" in text_of(WAIVED)
    assert "REG: first release: production never held churn" in text_of(FIRST)
    assert "the policy in force is origin/main's" in text_of(FIRST)
    assert "no file of any model differs from origin/main" in text_of(NOTHING)
    assert "Fix: mend it on main: git show" in text_of(BLIND)


def test_every_model_is_there_those_that_fail_first_and_open() -> None:
    elements = Elements(page(MANY))
    cards = [attrs for tag, attrs in elements.found if tag == "details"]
    assert len(cards) == len(MANY.models)
    assert ["open" in card for card in cards] == [True] * 3 + [False] * 4
    names = re.findall(r"<summary><h2>([\w-]+)</h2>", page(MANY))
    assert names == ["fraud", "churn", "ltv", "spam", "pricing-eu", "pricing-us", "search-ranking"]


def test_a_finding_of_a_model_that_was_not_judged_is_not_lost() -> None:
    gone = report("fail", findings=(replace(FAIL.findings[0], model="gone"),))
    assert "CPL102 field-missing" in text_of(gone)


def test_a_long_line_is_cut_around_what_is_marked() -> None:
    excerpts = re.findall(r'<pre class="excerpt">(.*?)</pre>', page(LONG))
    assert len(excerpts) == len(LONG.findings)
    for excerpt in excerpts:
        assert "<mark>0.1" in excerpt
        assert len(unescape(excerpt)) < 500


@given(texts)
def test_html_text_reads_back_and_is_never_parsed(text: str) -> None:
    coded = Elements(f"<p>{prose(text)}</p>")
    assert {tag for tag, _ in coded.found} <= {"p", "code"}
    assert coded.open == []
    bare = Elements(f'<p title="{html(text)}">{html(text)}</p>')
    assert [tag for tag, _ in bare.found] == ["p"]
    assert "".join(bare.text) == bare.values("title")[0]


def test_what_stands_between_backticks_is_code() -> None:
    assert prose("add `owner: <team>`, or `") == "add <code>owner: &lt;team&gt;</code>, or `"
