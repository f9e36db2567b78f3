"""What a change of severities lets through, a rule of many weights and its layouts' habits known.

A severity that the policy does not set is not the rule's default: a check may ask for another one,
and a layout may lower it. Setting it, even to the default, or no longer setting it, can take weight
off some findings of the rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.findings import Severity
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.findings import Rule
    from snitch.policy.comparison import Loose
    from snitch.registry.layout import Layout

    Words = Mapping[str, Rule]


def by_word(rules: Iterable[Rule], layouts: Iterable[Layout]) -> Words:
    """Rules by code and name, each with the severities that its layouts leave it."""
    lowered = [layout.severities for layout in layouts]
    return {
        word: replace(
            rule, also=(*rule.also, *(it[rule.code] for it in lowered if rule.code in it))
        )
        for rule in rules
        for word in (rule.code, rule.name)
    }


def looser_rules(
    old: Mapping[str, Severity], new: Mapping[str, Severity], words: Words
) -> Iterator[Loose]:
    """What became looser from one `rules` section to another."""
    before, after = _by_code(old, words), _by_code(new, words)
    for code in {**after, **before}:
        rule = words.get(code)
        # Of a rule that nobody knows, the default is what makes the change a loosening.
        was = before[code][1] if code in before else _heaviest(rule)
        now = after[code][1] if code in after else _lightest(rule)
        if now.rank < was.rank:
            word = (after if code in after else before)[code][0]
            yield ("rules", word), f"{quoted(word)} is lowered from {was.value} to {now.value}"


def _heaviest(rule: Rule | None) -> Severity:
    weights = (rule.severity, *rule.also) if rule else (Severity.ERROR,)
    return max(weights, key=lambda one: one.rank)


def _lightest(rule: Rule | None) -> Severity:
    weights = (rule.severity, *rule.also) if rule else (Severity.OFF,)
    return min(weights, key=lambda one: one.rank)


def _by_code(severities: Mapping[str, Severity], words: Words) -> dict[str, tuple[str, Severity]]:
    return {
        (words[word].code if word in words else word): (word, severity)
        for word, severity in severities.items()
    }
