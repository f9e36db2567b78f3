"""Severities that a model's family lowers: what it never keeps is no error of this one model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snitch.findings import Finding
    from snitch.registry.release import Release


def by_habit(finding: Finding, release: Release) -> Finding:
    """The finding with the severity that the release's layout leaves it.

    A layout only ever lowers, and no rule that is always in force; the policy has the last word.
    """
    rule, lower = finding.rule, release.severities.get(finding.rule.code)
    if lower is None or rule.fixed or lower.rank >= finding.level.rank:
        return finding
    return replace(finding, severity=lower)
