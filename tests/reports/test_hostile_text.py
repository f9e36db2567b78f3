from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from reports.scenarios import SCENARIOS
from reports.texts import many_texts
from reports.texts import report_of
from reports.texts import texts

from snitch.reports import FORMATS
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.characters import visible
from snitch.reports.neutral.json_text import json_text
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import QUOTE_LIMIT
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.plain import quoted
from snitch.unseen import is_unseen

if TYPE_CHECKING:
    from snitch.findings import Report

RUNNER_COMMAND = re.compile(r"^\s*::|##\w*\[")


OWN_COMMAND = re.compile(r"^::(?:error|warning|notice) [^:]*title=[^:,]*::", re.MULTILINE)


def shown(whole: Report, name: str, width: int = 80) -> str:
    text = render(whole, name, RenderOptions(width=width))
    return OWN_COMMAND.sub("", text) if name == "github" else text


def assert_harmless(text: str) -> None:
    for line in text.split("\n"):
        unseen = [hex(ord(character)) for character in line if is_unseen(character)]
        assert not unseen
        assert not RUNNER_COMMAND.search(line)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_scenario_brings_harm_into_any_format(name: str, scenario: str) -> None:
    assert_harmless(shown(SCENARIOS[scenario], name))


@settings(max_examples=60)
@given(many_texts, st.sampled_from(sorted(FORMATS)), st.integers(0, 130))
def test_no_text_in_any_field_stops_a_format_or_comes_through_it(
    fill: list[str], name: str, width: int
) -> None:
    assert_harmless(shown(report_of(fill), name, width))


@settings(max_examples=30)
@given(many_texts)
def test_colours_are_the_only_escapes_in_a_coloured_report(fill: list[str]) -> None:
    coloured = render(report_of(fill), "terminal", RenderOptions(color=True))
    bare = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert_harmless(bare)
    wanted = render(report_of(fill), "terminal", RenderOptions())
    assert [line.rstrip() for line in bare.split("\n")] == wanted.split("\n")


@given(texts)
def test_plain_text_is_one_harmless_line(text: str) -> None:
    assert len(plain(text).splitlines()) <= 1
    assert_harmless(plain(text))


@given(texts)
def test_neutral_text_stays_as_it_is_when_neutralised_again(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("text", ["churn", "größer 表 é", "a::b", "a ## b", "❤\ufe0f", "x: y"])
def test_honest_text_is_shown_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a<U+202E>b"),
        ("a\nb", "a<U+000A>b"),
        ("\u3164", "<U+3164>"),
        ("\udcff", "<U+DCFF>"),
        ("\U000e0041", "<U+E0041>"),
        ("::error::x", "<U+003A><U+003A>error::x"),
        ("a \xa0::x", "a \xa0<U+003A><U+003A>x"),
        ("##[group]", "<U+0023>#[group]"),
        ("a##vso[x]", "a<U+0023>#vso[x]"),
    ],
)
def test_hostile_text_is_spelt_out(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_quoted_value_is_cut() -> None:
    assert quoted("x" * QUOTE_LIMIT) == "x" * QUOTE_LIMIT
    assert quoted("x" * 5000) == "x" * (QUOTE_LIMIT - 1) + "…"


@given(texts)
def test_code_holds_no_punctuation_that_means_something_inside_a_line(text: str) -> None:
    body = code(text).removeprefix("<code>").removesuffix("</code>")
    inert = r"[^\W_]|[^\x21-\x7e]|[-,./=+;?'\"()]|:(?=[0-9 ]|$)"
    assert re.fullmatch(rf"(?:{inert}|&#64;<!-- -->|&#(?!64)[0-9]{{2,3}};)*", body)
    assert "www." not in body.lower()


@pytest.mark.parametrize("text", ["models/churn/metrics.json:4", "0.912", "is -0.5, was 1 (old)"])
def test_honest_text_stays_readable_in_the_source(text: str) -> None:
    assert code(text) == f"<code>{text}</code>"


def test_code_is_cut_by_characters_not_within_an_entity() -> None:
    assert code("a|b|c", 4) == "<code>a&#124;b…</code>"
    assert code("a|b|", 4) == "<code>a&#124;b&#124;</code>"


@given(st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(st.just("k"), inner)))
def test_json_keeps_all_text_but_half_pairs(value: object) -> None:
    text = json_text(value)
    assert text.isascii()
    assert "##" not in text
    kept = json.dumps(json.loads(text), ensure_ascii=False)
    assert kept.encode()
    if not re.search("[\ud800-\udfff]", json.dumps(value, ensure_ascii=False)):
        assert json.loads(text) == value


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"auc": float("nan")})
