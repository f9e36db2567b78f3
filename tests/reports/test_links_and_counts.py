from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.scenarios import FAIL
from reports.scenarios import MANY
from reports.scenarios import PASS
from reports.scenarios import SCENARIOS
from reports.texts import texts

from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.link import rule_link

PAGES = "https://docs.example/rules/{code}.html"


def terminal(scenario: str, *, color: bool = True, rules_url: str = PAGES) -> str:
    options = RenderOptions(color=color, rules_url=rules_url)
    return render(SCENARIOS[scenario], "terminal", options)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_terminal_links_each_rule_to_its_page_and_nothing_else(scenario: str) -> None:
    linked = terminal(scenario)
    addresses = re.findall(r"\x1b]8;;([^\x1b]*)\x1b\\", linked)
    codes = {found.rule.code for found in SCENARIOS[scenario].findings}
    assert {address for address in addresses if address} == {
        f"https://docs.example/rules/{code}.html" for code in codes
    }
    assert addresses[1::2] == [""] * (len(addresses) // 2)
    assert re.sub(r"\x1b]8;;[^\x1b]*\x1b\\", "", linked) == terminal(scenario, rules_url="")


def test_there_are_no_links_without_colours_or_pages() -> None:
    assert "\x1b" not in terminal("fail", color=False)
    assert "\x1b]8" not in terminal("fail", rules_url="")


def test_sarif_tells_where_a_rule_is_explained() -> None:
    text = render(FAIL, "sarif", RenderOptions(rules_url=PAGES))
    rules = json.loads(text)["runs"][0]["tool"]["driver"]["rules"]
    assert rules[0]["helpUri"] == "https://docs.example/rules/CPL102.html"


@given(texts | st.just(PAGES), texts)
def test_an_address_is_printable_ascii_or_none(rules_url: str, code: str) -> None:
    address = rule_link(rules_url, code)
    assert re.fullmatch(r"(?:https?://[!-~]+)?", address)


@pytest.mark.parametrize(
    "rules_url",
    ["", "https://docs.example/rules", "javascript:{code}", "file:///{code}", "http://a b/{code}"],
)
def test_what_is_no_address_of_rules_leads_nowhere(rules_url: str) -> None:
    assert rule_link(rules_url, "REG301") == ""


def test_statistics_count_the_open_findings_of_each_rule() -> None:
    options = RenderOptions(statistics=True)
    lines = render(MANY, "concise", options).split("\n")
    start = lines.index("2 FRS402 data-expiring")
    assert lines[start : start + 4] == [
        "2 FRS402 data-expiring",
        "1 CPL102 field-missing",
        "1 POL702 policy-loosened",
        "1 REG301 metric-regressed",
    ]
    shown = render(MANY, "terminal", options)
    assert "Findings by rule\n  2  FRS402 data-expiring\n  1  CPL102" in shown
    assert "Findings by rule" not in render(PASS, "terminal", options)
