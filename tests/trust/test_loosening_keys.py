"""Of a change of one key, a loosening is told exactly where some release newly passes.

Each key has a menu of values, and releases that stand close enough to feel every step between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from functools import cache
from itertools import permutations

import pytest
from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from example import REQUIREMENTS
from example import config
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from policies import policy

from snitch.checks import catalog
from snitch.checks.check import Subject
from snitch.engine.waivers import weigh
from snitch.findings import Finding
from snitch.policy.changes import loosenings
from snitch.policy.effective import policy_for
from snitch.policy.model import Policy
from snitch.testing import release

AS_OF = date(2026, 10, 5)
CATALOG = catalog.load()


@dataclass(frozen=True)
class Key:
    """One key, its menu, and what feels it."""

    family: str
    section: str
    """With a `VALUE`."""
    menu: tuple[str, ...]
    releases: tuple[dict[str, str], ...]


def without(*lines: str) -> dict[str, str]:
    text = GOOD["config.yaml"]
    for line in lines:
        assert f"{line}:" in text
        text = "".join(
            part for part in text.splitlines(keepends=True) if not part.startswith(f"{line}:")
        )
    return {**GOOD, "config.yaml": text}


def entry(old: str, new: str = "") -> dict[str, str]:
    assert old in CHANGELOG
    return {**GOOD, "CHANGELOG.md": CHANGELOG.replace(old, new, 1)}


def aged(days: int) -> dict[str, str]:
    return {**GOOD, "config.yaml": config(cutoff=str(AS_OF - timedelta(days)))}


def needs(line: str) -> dict[str, str]:
    return {**GOOD, "requirements.txt": f"{REQUIREMENTS}{line}\n"}


AUTHOR, TICKET = "- **Author:** ana@example.com\n", "- **Ticket:** ML-123\n"
AGES = tuple(map(aged, (0, 5, 15, 16, 29, 31, 60, 75, 77, 83, 88, 90, 91, 105, 107, 119, 121)))
VERSIONS = ("2.10.0", "2.11.5", "2.12.0", "2.13.9", "2.14.0", "2.15.1")
TENSORFLOWS = tuple(needs(f"tensorflow=={version}") for version in VERSIONS)
KEYS = {
    "max_age_days": Key(
        "FRS", "freshness: {max_age_days: VALUE}", ("0", "30", "89", "90", "106", "120"), AGES
    ),
    "warn_days": Key("FRS", "freshness: {warn_days: VALUE}", ("0", "7", "14", "30", "60"), AGES),
    "config.required": Key(
        "CPL",
        "completeness: {config: {required: VALUE}}",
        ("[]", "[owner]", "[owner, description]", "[description, owner]", "[features]"),
        (without("owner"), without("description"), without("features"), GOOD),
    ),
    "changelog.required": Key(
        "CPL",
        "completeness: {changelog: {required: VALUE}}",
        ("[]", "[author]", "[ticket]", "[ticket, author]", "[author, ticket]"),
        (entry(AUTHOR), entry(TICKET), entry(AUTHOR + TICKET), GOOD),
    ),
    "placeholders": Key(
        "CPL",
        "completeness: {changelog: {required: [ticket], placeholders: VALUE}}",
        ("[]", "[TODO]", "[TBD]", "[TBD, TODO]", "[TODO, TBD]"),
        (entry("ML-123", "TODO"), entry("ML-123", "tbd"), GOOD),
    ),
    "require_pins": Key(
        "DEP", "dependencies: {require_pins: VALUE}", ("true", "false"), (needs("scipy"), GOOD)
    ),
    "allowed_sources": Key(
        "DEP",
        "dependencies: {allowed_sources: VALUE}",
        ("[index]", "[index, vcs]", "[vcs, index]", "[index, url]", "[index, path, url, vcs]"),
        (
            needs("x @ https://h.example/x-1-py3-none-any.whl"),
            needs("x @ git+https://h.example/x@" + "0" * 40),
            needs("x @ file:///x-1-py3-none-any.whl"),
        ),
    ),
    "disallowed": Key(
        "DEP",
        "dependencies: {disallowed: VALUE}",
        (
            *("[]", "[{name: tensorflow}]", "[{name: TensorFlow}, {name: nltk}]"),
            *(f'[{{name: tensorflow, specifier: "{it}"}}]' for it in ("<2.12", "<2.14", ">=2.12")),
            *(f'[{{name: tensorflow, specifier: "{it}"}}]' for it in (">=2.11", "<2.12,>=2.11")),
        ),
        (*TENSORFLOWS, needs("nltk==3.9"), GOOD),
    ),
    "deprecated": Key(
        "DEP",
        "dependencies: {deprecated: VALUE}",
        (
            *("[]", "[{name: nltk}]", "[{name: nltk, after: 2026-01-01}]"),
            *("[{name: nltk, after: 2027-01-01}]", '[{name: nltk, specifier: "<4"}]'),
        ),
        (needs("nltk==3.9"), needs("nltk==4.1"), GOOD),
    ),
    "severity": Key(
        "FRS", "rules: {FRS401: VALUE}", ("off", "info", "warning", "error"), (aged(92),)
    ),
}
NOT_FELT = {
    # Without a date it is a warning for good; one in the future is not reached on this day.
    ("deprecated", "[{name: nltk, after: 2027-01-01}]", "[{name: nltk}]"),
}


def spelt(key: Key, value: str) -> str:
    return f"version: 1\n{key.section.replace('VALUE', value)}\n"


@cache
def ranks(name: str, value: str) -> tuple[int, ...]:
    """How much the worst finding of each release weighs; 0 for none."""
    key = KEYS[name]
    standard = policy(spelt(key, value))
    [check] = [one for one in CATALOG.checks if one.family == key.family]
    assert check.judge is not None
    old = release(DEPLOYED)
    subject = Subject(old, old, Policy(), AS_OF, "deployed", "modified")
    subject = replace(subject, policy=policy_for(standard, "churn"))
    worst = []
    for files in key.releases:
        found = check.judge(replace(subject, candidate=release(files)))
        weighed = [weigh(one, standard) for one in found if isinstance(one, Finding)]
        weights = [
            it.severity.rank + 1 for it in weighed if it is not None and it.severity is not None
        ]
        worst.append(max(weights, default=0))
    return tuple(worst)


def told(key: Key, old: str, new: str) -> tuple[str, ...]:
    one, other = policy(spelt(key, old)), policy(spelt(key, new))
    return tuple(it.message for it in loosenings(one, other, ["churn"], CATALOG.rules))


@pytest.mark.parametrize("name", KEYS)
def test_a_loosening_is_told_exactly_where_something_newly_passes(name: str) -> None:
    key = KEYS[name]
    wrong = []
    for old, new in permutations(key.menu, 2):
        pairs = zip(ranks(name, old), ranks(name, new), strict=True)
        passes = any(after < before for before, after in pairs)
        if passes is not bool(told(key, old, new)) and (name, old, new) not in NOT_FELT:
            wrong.append((old, new, told(key, old, new)))
    assert wrong == []


releases_ = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(
    lambda it: ".".join(map(str, it))
)
versions = st.builds(
    "{}{}".format, releases_, st.sampled_from(("", "a1", "rc2", ".post1", ".dev3", "a1.dev2"))
)
clauses = st.builds("{}{}".format, st.sampled_from(("<", "<=", ">", ">=", "!=", "==")), versions)
specifiers = st.lists(clauses, max_size=2).map(",".join)


@given(specifiers, specifiers, st.lists(versions, min_size=1, max_size=8))
def test_a_ban_that_lets_any_version_go_is_told(old: str, new: str, some: list[str]) -> None:
    key = KEYS["disallowed"]
    was, now = (SpecifierSet(text, prereleases=True) for text in (old, new))
    freed = [it for it in some if was.contains(it) and not now.contains(it)]
    if freed:
        bans = (f'[{{name: tensorflow, specifier: "{text}"}}]' for text in (old, new))
        assert told(key, *bans)
