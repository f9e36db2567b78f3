"""Severities and waivers: what the policy makes of what the checks found."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.findings import AppliedWaiver
from snitch.findings import Severity
from snitch.policy.effective import waives
from snitch.policy.verify import severity_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from snitch.findings import Finding
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver


def weigh(finding: Finding, policy: Policy) -> Finding | None:
    """The finding with the severity in force; None where the policy switches its rule off.

    A check may ask for another severity than the rule's default; the policy's word is last.
    """
    severity = finding.level
    if not finding.rule.fixed:
        severity = severity_of(policy, finding.rule) or severity
    return None if severity is Severity.OFF else replace(finding, severity=severity)


class Waivers:
    """The policy's waivers over one run: which apply, which have expired, which were used."""

    def __init__(self, waivers: Iterable[Waiver], as_of: date, max_days: int) -> None:
        self._all = tuple(waivers)
        self._as_of = as_of
        self._max_days = max_days
        self._used: set[int] = set()
        self._seen: set[int] = set()

    def apply(self, finding: Finding, weights: str | None) -> Finding:
        """The finding, waived where an unexpired waiver covers it."""
        for index, waiver in enumerate(self._all):
            if not _covers(waiver, finding, weights):
                continue
            if not self._is_in_force(waiver):
                self._seen.add(index)
                continue
            self._used.add(index)
            applied = AppliedWaiver(waiver.reason, waiver.approved_by, waiver.expires)
            return replace(finding, waiver=applied)
        return finding

    def expired(self, models: Iterable[str]) -> tuple[Waiver, ...]:
        """Waivers past their day, of models judged or of findings met."""
        names = tuple(models)
        return tuple(
            waiver
            for index, waiver in enumerate(self._all)
            if waiver.expires < self._as_of and (index in self._seen or _concerns(waiver, names))
        )

    def unused(self, models: Iterable[str], ran: Callable[[str, str], bool]) -> tuple[Waiver, ...]:
        """Waivers in force for models judged that covered nothing.

        `ran` says whether a rule, by code or name, was looked for in a model: where it was not,
        nobody knows whether its waiver is needed.
        """
        names = tuple(models)
        return tuple(
            waiver
            for index, waiver in enumerate(self._all)
            if self._is_in_force(waiver)
            and index not in self._used
            and _concerns(waiver, tuple(name for name in names if ran(name, waiver.rule)))
        )

    def strangers(self, models: Iterable[str]) -> tuple[str, ...]:
        """The models that waivers name and that are none of all there are."""
        there = set(models)
        exact = (waiver.model for waiver in self._all if waiver.scope != "all")
        return tuple(model for model in exact if model not in there)

    def too_long(self, models: Iterable[str]) -> tuple[Waiver, ...]:
        """Waivers that last longer than any may, of models judged or of findings met."""
        names = tuple(models)
        return tuple(
            waiver
            for index, waiver in enumerate(self._all)
            if self._is_too_long(waiver) and (index in self._seen or _concerns(waiver, names))
        )

    def _is_in_force(self, waiver: Waiver) -> bool:
        return waiver.expires >= self._as_of and not self._is_too_long(waiver)

    def _is_too_long(self, waiver: Waiver) -> bool:
        return (waiver.expires - self._as_of).days > self._max_days


def _concerns(waiver: Waiver, names: tuple[str, ...]) -> bool:
    if waiver.scope != "all":
        return waiver.model in names
    return any(fnmatchcase(name, waiver.model) for name in names)


def _covers(waiver: Waiver, finding: Finding, weights: str | None) -> bool:
    if finding.model is None or not waives(waiver, finding.rule, finding.model):
        return False
    if waiver.metric is not None and waiver.metric != finding.metric:
        return False
    if waiver.slice is not None and waiver.slice != finding.slice:
        return False
    bound = waiver.weights_sha256
    return bound is None or f"sha256:{bound}" == weights
