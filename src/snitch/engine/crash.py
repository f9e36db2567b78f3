"""What is said of a check that crashed, over one model or over the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Finding

if TYPE_CHECKING:
    from snitch.checks.check import Check


def raised(error: BaseException) -> str:
    """What a check raised."""
    return f"{type(error).__name__}: {error}"


def wrongly_yielded(check: Check, outcome: object) -> str | None:
    """What is wrong with what is no finding of one of the check's rules; None for nothing."""
    if not isinstance(outcome, Finding):
        return f"it yielded a {type(outcome).__name__}"
    if outcome.rule.code not in {rule.code for rule in check.rules}:
        return f"it yielded {outcome.rule.code}, a rule it does not declare"
    return None
