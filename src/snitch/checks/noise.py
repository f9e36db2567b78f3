"""What a test of significance adds to a loss, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.comparison import shortest
from snitch.checks.significance_rules import INCONCLUSIVE
from snitch.checks.significance_rules import WITHIN_NOISE
from snitch.checks.standings import label
from snitch.findings import Finding
from snitch.findings import Severity

if TYPE_CHECKING:
    from decimal import Decimal

    from snitch.checks.comparison import Comparison
    from snitch.checks.evidence import Evidence
    from snitch.registry.release import Metric


def exactly(loss: Finding, reason: str) -> Finding:
    """A loss that nothing could weigh: exact comparison decides, and says why."""
    return replace(loss, message=f"{loss.message}; compared exactly: {reason}")


def proven(loss: Finding, proof: Evidence) -> Finding:
    """A loss with its evidence."""
    return replace(loss, message=f"{loss.message}; {proof.told()}")


def inconclusive(loss: Finding, proof: Evidence, *, lenient: bool) -> Finding:
    """REG311 in place of a loss that cannot be told from none."""
    return replace(
        loss,
        rule=INCONCLUSIVE,
        severity=Severity.WARNING if lenient else None,
        message=f"{loss.message}; this cannot be told from no loss at all: {proof.told()}",
        remedy="measure both releases on more items, with per-item results if they have none; "
        "or train again",
    )


def significant(
    metric: Metric, value: Decimal, deployed: Decimal, weighed: Comparison, proof: Evidence
) -> Finding:
    """REG308: a small loss that is no chance."""
    return Finding(
        WITHIN_NOISE,
        f"{label(metric.key)} is {plain(value)}, deployed is {plain(deployed)}: inside the "
        f"tolerance ({shortest(weighed.tolerance)}), and yet no chance; {proof.told()}",
        "nothing must change; look at what was lost before building on this release",
        metric.written.place,
        metric=metric.name,
        slice=metric.slice,
    )
