"""What the checks of these tests say, in shapes that a test compares at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from example import DEPLOYED
from example import GOOD
from example import POLICY

from snitch.findings import Finding
from snitch.findings import Skipped
from snitch.testing import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.checks.check import Check

FIRST: Mapping[str, str] = {}
"""Stands for no deployed release."""


def edited(files: Mapping[str, str], name: str, old: str, new: str) -> dict[str, str]:
    """The files with one text of one of them replaced."""
    assert old in files[name], f"{name} holds no {old!r}"
    return {**files, name: files[name].replace(old, new)}


def without(files: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: text for name, text in files.items() if name not in names}


def findings(
    check: Check,
    candidate: Mapping[str, str] = GOOD,
    deployed: Mapping[str, str] = DEPLOYED,
    **facts: Any,
) -> list[Finding]:
    """What is found under the example policy, against the example's deployed release."""
    facts.setdefault("policy", POLICY)
    outcomes = judge(check, candidate, None if deployed is FIRST else deployed, **facts)
    return [outcome for outcome in outcomes if isinstance(outcome, Finding)]


def skips(
    check: Check,
    candidate: Mapping[str, str] = GOOD,
    deployed: Mapping[str, str] = DEPLOYED,
    **facts: Any,
) -> list[Skipped]:
    facts.setdefault("policy", POLICY)
    outcomes = judge(check, candidate, None if deployed is FIRST else deployed, **facts)
    return [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def spots(found: list[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    """(code, file within the model, line, column) of each finding."""
    return [
        (
            one.rule.code,
            one.place.path.removeprefix("models/churn/") if one.place else "",
            one.place.line if one.place else None,
            one.place.column if one.place else None,
        )
        for one in found
    ]
