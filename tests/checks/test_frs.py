from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from example import DEPLOYED
from example import GOOD
from spoken import FIRST
from spoken import edited
from spoken import findings
from spoken import skips
from spoken import spots
from spoken import without

from snitch.checks.check import Subject
from snitch.checks.freshness import CHECK
from snitch.checks.freshness import judge
from snitch.findings import Finding
from snitch.findings import Skipped
from snitch.policy.model import Policy
from snitch.testing import release

AT_CUTOFF = ("config.yaml", 8, 11)


def codes(as_of: str, **facts: Any) -> list[str]:
    return [one.rule.code for one in findings(CHECK, as_of=as_of, **facts)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-10-01", []),
        ("2026-12-15", []),  # 75 days: 15 left
        ("2026-12-16", ["FRS402"]),  # 76 days: 14 left
        ("2026-12-30", ["FRS402"]),  # 90 days: the last one
        ("2026-12-31", ["FRS401"]),
        ("2030-01-01", ["FRS401"]),
        ("2026-09-30", []),  # the cutoff is tomorrow
        ("2026-09-29", ["FRS404"]),
        ("2020-01-01", ["FRS404"]),
    ],
)
def test_the_age_is_judged_to_the_day(as_of: str, expected: list[str]) -> None:
    assert codes(as_of) == expected


def test_stale_data_names_its_age_and_what_would_do() -> None:
    [finding] = findings(CHECK, as_of="2026-12-31")
    assert spots([finding]) == [("FRS401", *AT_CUTOFF)]
    assert finding.message == (
        "the training data ends on 2026-10-01, 91 days before 2026-12-31; expected at most 90 days"
    )
    assert "up to 2026-10-02 or later" in finding.remedy


def test_expiring_data_names_the_days_that_are_left() -> None:
    [finding] = findings(CHECK, as_of="2026-12-20")
    assert spots([finding]) == [("FRS402", *AT_CUTOFF)]
    assert "is 80 days old; expected at most 90 days, which leaves 10" in finding.message
    assert "within 10 days" in finding.remedy


@pytest.mark.parametrize(("day", "when"), [("2026-12-29", "within 1 day"), ("2026-12-30", "today")])
def test_the_last_days_are_said_as_a_person_would(day: str, when: str) -> None:
    [finding] = findings(CHECK, as_of=day)
    assert finding.remedy.startswith(f"deploy {when}, or ")


def test_a_cutoff_in_the_future_is_one_finding() -> None:
    [finding] = findings(CHECK, as_of="2026-01-01")
    assert spots([finding]) == [("FRS404", *AT_CUTOFF)]
    assert "2026-10-01 lies after 2026-01-01" in finding.message


def test_a_missing_cutoff_points_at_its_parent() -> None:
    [finding] = findings(CHECK, edited(GOOD, "config.yaml", "  cutoff: 2026-10-01\n", ""))
    assert spots([finding]) == [("FRS403", "config.yaml", 5, 1)]
    assert "`data.cutoff` is missing in models/churn/config.yaml" in finding.message


@pytest.mark.parametrize("value", ["", "null", '""'])
def test_an_empty_cutoff_is_missing(value: str) -> None:
    files = edited(GOOD, "config.yaml", "2026-10-01", value)
    assert [one.rule.code for one in findings(CHECK, files)] == ["FRS403"]


def test_a_cutoff_that_is_no_date_is_left_to_its_own_finding() -> None:
    files = edited(GOOD, "config.yaml", "cutoff: 2026-10-01", "cutoff: October")
    assert findings(CHECK, files) == []
    [skipped] = skips(CHECK, files)
    assert skipped == Skipped("data.cutoff is no date")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (without(GOOD, "config.yaml"), "the config is missing"),
        ({**GOOD, "config.yaml": "{"}, "the config cannot be read"),
    ],
)
def test_without_a_config_the_family_says_that_it_did_not_look(
    files: dict[str, str], reason: str
) -> None:
    assert findings(CHECK, files) == []
    assert skips(CHECK, files) == [Skipped(reason)]


def test_data_older_than_the_deployed_release_is_told() -> None:
    files = edited(GOOD, "config.yaml", "2026-10-01", "2026-09-30")
    newer = edited(DEPLOYED, "config.yaml", "2026-07-01", "2026-10-01")
    [finding] = findings(CHECK, files, newer)
    assert spots([finding]) == [("FRS405", *AT_CUTOFF)]
    assert "ends on 2026-09-30, that of the deployed release on 2026-10-01" in finding.message


def test_data_of_the_same_day_is_not_older() -> None:
    assert findings(CHECK, GOOD, edited(DEPLOYED, "config.yaml", "2026-07-01", "2026-10-01")) == []


def test_nothing_is_older_than_no_date_at_all() -> None:
    undated = edited(DEPLOYED, "config.yaml", "  cutoff: 2026-07-01\n", "")
    assert findings(CHECK, GOOD, undated) == []
    assert findings(CHECK, GOOD, FIRST) == []


def test_a_rollback_does_not_wait_for_fresh_data() -> None:
    assert findings(CHECK, as_of="2030-01-01", rollback="abc1234") == []
    [skipped] = skips(CHECK, as_of="2030-01-01", rollback="abc1234")
    assert skipped == Skipped("rollback to the state of commit abc1234", excused=True)


def test_the_policy_sets_the_days() -> None:
    policy = "version: 1\nfreshness: {max_age_days: 10, warn_days: 0}\n"
    assert codes("2026-10-10", policy=policy) == []
    assert codes("2026-10-12", policy=policy) == ["FRS401"]
    ages = "version: 1\nfreshness: {max_age_days: 1000000000, warn_days: 1000000000}\n"
    assert codes("2026-10-12", policy=ages) == ["FRS402"]


def outcomes(policy: Policy) -> list[object]:
    candidate = release(without(edited(GOOD, "config.yaml", "  cutoff: 2026-10-01\n", "")))
    candidate = replace(candidate, not_applicable=frozenset({"data.cutoff"}))
    return list(judge(Subject(candidate, None, policy, date(2026, 11, 23))))


def test_a_layout_without_a_cutoff_is_skipped_and_said() -> None:
    assert outcomes(Policy()) == [Skipped("the snitch layout keeps no data.cutoff")]


def test_a_layout_without_a_cutoff_is_asked_where_the_policy_names_it() -> None:
    policy = Policy.model_validate({"completeness": {"config": {"required": ["data.cutoff"]}}})
    [finding] = outcomes(policy)
    assert isinstance(finding, Finding)
    assert finding.rule.code == "FRS403"
    other = Policy.model_validate({"completeness": {"config": {"required": ["owner"]}}})
    assert outcomes(other) == [Skipped("the snitch layout keeps no data.cutoff")]
