from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from snitch.checks.catalog import load

if TYPE_CHECKING:
    from snitch.findings import Rule

ROOT = Path(__file__).parents[2]
RULES = load().rules
TESTED = {
    code
    for path in sorted((ROOT / "tests").rglob("test_*.py"))
    if "house" not in path.parts
    for code in re.findall(r"[A-Z]{3}[0-9]{3}", path.read_text(encoding="utf-8"))
}

FIXED = {
    "SNT001",
    "SNT003",
    "SNT005",
    "REG306",
    "ART603",
    "POL702",
    "POL706",
    "POL708",
    "POL709",
    "POL712",
}
"""The rules that nobody can switch off."""


def test_codes_and_names_are_unique() -> None:
    words = [word for rule in RULES for word in (rule.code, rule.name)]
    assert len(words) == len(set(words))


def test_exactly_the_documented_rules_are_always_in_force() -> None:
    assert {rule.code for rule in RULES if rule.fixed} == FIXED & {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}[1-9]?[0-9]{2,3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for text in (rule.summary, rule.why, rule.remedy):
        assert not text[0].islower(), text
        assert text.endswith("."), text
        assert not re.search(r"[a-z]!(\s|$)", text), text
    assert "\n" not in rule.summary
    assert rule.bad
    assert rule.good
    assert rule.bad != rule.good


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_page_and_a_test(rule: Rule) -> None:
    assert (ROOT / "docs" / "rules" / f"{rule.code}.md").is_file()
    assert rule.code in TESTED
