"""REG314 and BEN209: what production's history adds to a judgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from measured import codes
from measured import deployed
from measured import measured
from measured import model
from measured import only

from snitch.checks.check import Subject
from snitch.checks.overuse import overused
from snitch.checks.slide import drifted
from snitch.checks.slide import slides
from snitch.findings import Severity
from snitch.policy.model import MetricStandard
from snitch.policy.model import Policy
from snitch.policy.model import Regression
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.registry.release import Release

TOLERANT = MetricStandard(tolerance=Decimal("0.002"))
POLICY = Policy(metrics={"auc": TOLERANT, "log_loss": TOLERANT})


def past(*values: str, name: str = "auc", version: str = "2026.2") -> tuple[Release, ...]:
    benchmark = f'"benchmark": {{"name": "churn-standard", "version": "{version}"}}'
    return tuple(
        release(model(measured(f'"{name}": {value}', benchmark=benchmark), version=f"1.{index}.0"))
        for index, value in enumerate(values)
    )


def subject(new: str, old: str, *values: str, name: str = "auc") -> Subject:
    return Subject(
        candidate=release(model(measured(f'"{name}": {new}'))),
        deployed=release(deployed(measured(f'"{name}": {old}'))),
        policy=POLICY,
        as_of=date(2026, 10, 5),
        past=past(*values, name=name),
    )


def test_a_slide_past_three_tolerances_is_told() -> None:
    found = list(drifted(subject("0.912", "0.914", "0.914", "0.916", "0.9181")))
    assert codes(found) == ["REG314"]
    assert only(found).level is Severity.WARNING
    assert only(found).message == (
        "`auc` is 0.912, and was 0.9181 in release `1.2.0`, the best of the last 3: worse by "
        "0.0061, expected is at most 3 times the tolerance of 0.002"
    )


def test_three_tolerances_are_no_slide_yet() -> None:
    assert codes(drifted(subject("0.912", "0.914", "0.914", "0.918"))) == []


def test_where_lower_is_better_the_best_is_the_lowest() -> None:
    falling = subject("0.312", "0.310", "0.310", "0.3059", name="log_loss")
    assert codes(drifted(falling)) == ["REG314"]
    assert codes(drifted(subject("0.310", "0.309", "0.5", name="log_loss"))) == []


def test_the_policys_factor_counts() -> None:
    one = subject("0.912", "0.914", "0.914", "0.916", "0.9181")
    drift = {"regression": {"drift": {"factor": Decimal(4)}}}
    policy = Policy.model_validate({"metrics": POLICY.metrics, **drift})
    assert codes(drifted(replace(one, policy=policy))) == []


def test_another_benchmarks_values_are_no_best() -> None:
    one = subject("0.912", "0.914")
    assert codes(drifted(replace(one, past=past("0.99", version="2025.4")))) == []


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [("0.912", "0.914", True), ("0.914", "0.914", False), ("0.92", "0.914", False)],
)
def test_the_past_is_read_only_where_something_was_lost_again(
    new: str,
    old: str,
    expected: bool,  # noqa: FBT001 - a table of cases
) -> None:
    one = subject(new, old)
    assert slides(one.candidate, one.deployed, POLICY) is expected
    assert not slides(one.candidate, None, POLICY)
    # Without a tolerance nothing can be lost within it.
    assert not slides(one.candidate, one.deployed, Policy())


def counted(before: int | None, limit: int | None) -> list[tuple[str, Severity, str]]:
    one = replace(
        subject("0.9", "0.9"),
        evaluations=before,
        policy=Policy(regression=Regression(max_evaluations=limit)),
    )
    return [(found.message, found.level, found.remedy) for found in overused(one)]


def test_the_number_of_evaluations_is_told_and_warns_past_its_limit() -> None:
    ((message, level, remedy),) = counted(19, 20)
    assert (level, remedy) == (Severity.INFO, "nothing must change")
    assert message == (
        "this is release number 20 of the model that is judged on `churn-standard 2026.2`; "
        "the policy expects at most 20"
    )
    assert counted(20, 20)[0][1:] == (
        Severity.WARNING,
        "ask the benchmark's owners for a version with fresh items",
    )
    assert counted(20, None) == []
    assert counted(None, 20) == []


def test_a_value_of_another_unit_is_no_best() -> None:
    ranged = MetricStandard(tolerance=Decimal("0.002"), range=(Decimal(0), Decimal(1)))
    one = replace(
        subject("0.914", "0.916", "80.5", "0.916"), policy=Policy(metrics={"auc": ranged})
    )
    assert list(drifted(one)) == []
