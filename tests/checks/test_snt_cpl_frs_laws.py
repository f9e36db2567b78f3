from __future__ import annotations

from typing import TYPE_CHECKING

from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from example import POLICY
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from spoken import findings

from snitch.checks import completeness
from snitch.checks import files
from snitch.checks import freshness

if TYPE_CHECKING:
    from snitch.findings import Finding

CHECKS = (files.CHECK, completeness.CHECK, freshness.CHECK)
FRAGMENTS = st.sampled_from(
    ["## [", "1.4.0", "]", " - ", "2026-10-04", "\n", "Author: ", "- ", "TODO", "## [Unreleased]\n"]
)
CHANGELOGS = st.lists(FRAGMENTS | st.text(max_size=8), max_size=30).map("".join)


def said(candidate: dict[str, str], deployed: dict[str, str] | None = None) -> list[Finding]:
    held = DEPLOYED if deployed is None else deployed
    return [one for check in CHECKS for one in findings(check, candidate, held)]


def places_exist(candidate: dict[str, str], found: list[Finding]) -> None:
    for one in found:
        assert one.message
        assert one.remedy
        assert one.place is not None
        text = candidate.get(one.place.path.removeprefix("models/churn/"), "")
        assert (one.place.line or 1) <= text.count("\n") + 1


@settings(max_examples=15)
@given(new=CHANGELOGS, old=CHANGELOGS)
def test_any_changelogs_are_judged_and_every_place_exists(new: str, old: str) -> None:
    candidate = {**GOOD, "CHANGELOG.md": new}
    places_exist(candidate, said(candidate, {**DEPLOYED, "CHANGELOG.md": old}))


@settings(max_examples=15)
@given(
    line=st.integers(0, GOOD["config.yaml"].count("\n") - 1),
    text=st.text(alphabet="a1.-: '\"[]{}\u200bé", max_size=12),
)
def test_any_line_of_the_config_may_be_garbled(line: int, text: str) -> None:
    lines = GOOD["config.yaml"].splitlines()
    lines[line] = text
    candidate = {**GOOD, "config.yaml": "\n".join(lines) + "\n"}
    places_exist(candidate, said(candidate))


@settings(max_examples=15)
@given(st.integers(0, CHANGELOG.count("\n") - 1))
def test_no_line_of_the_old_entries_can_be_dropped_in_silence(line: int) -> None:
    lines = CHANGELOG.splitlines(keepends=True)
    old = lines.index("## [1.3.2] - 2026-07-04\n")
    text = "".join(lines[:line] + lines[line + 1 :])
    codes = {one.rule.code for one in said({**GOOD, "CHANGELOG.md": text})}
    assert ("CPL109" in codes) is (line >= old)


def test_the_policy_of_these_laws_finds_nothing_wrong_with_the_example() -> None:
    assert "required" in POLICY
    assert said(GOOD) == []
