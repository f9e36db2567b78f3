"""One metric of the candidate, weighed against the value that it must be as good as.

The comparison is exact. Where a pair brings evidence of its noise, a damage past the tolerance
can turn out inconclusive, and one inside it significant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.comparison import compare
from snitch.checks.comparison import outside
from snitch.checks.comparison import plain
from snitch.checks.comparison import unexcused
from snitch.checks.losses import lost
from snitch.checks.noise import exactly
from snitch.checks.noise import inconclusive
from snitch.checks.noise import proven
from snitch.checks.noise import significant
from snitch.checks.regression_rules import NOT_COMPARABLE
from snitch.checks.rows import compared
from snitch.checks.rows import uncompared
from snitch.checks.standings import label
from snitch.findings import Finding
from snitch.findings import Skipped
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from snitch.checks.comparison import Comparison
    from snitch.checks.evidence import Evidence
    from snitch.checks.standings import Standing
    from snitch.findings import MetricChange
    from snitch.findings import Outcome
    from snitch.registry.release import Metric


@dataclass(frozen=True, slots=True)
class Pair:
    """A metric of the candidate and what it must be as good as."""

    metric: Metric
    deployed: Metric | None
    reference: Metric | None
    """The deployed value or the incumbent's; None where neither can be compared with."""
    standing: Standing
    small: bool
    """Measured on too few items to gate."""
    proof: Evidence | str | None = None
    """In significance mode, of a damage: how sure it is, or why nothing tells."""
    lenient: bool = False
    """Whether an inconclusive damage is a warning only."""

    @property
    def gates(self) -> bool:
        """Whether a loss is a finding."""
        return self.standing.gates and not self.small

    @property
    def is_own(self) -> bool:
        """Whether it is compared with the deployed release's own value, and with no claim."""
        return self.reference is not None and self.reference is self.deployed

    @property
    def in_doubt(self) -> bool:
        """Whether there is a test of the damage, and chance explains it."""
        return not (self.proof is None or isinstance(self.proof, str) or self.proof.significant)

    def row(self, verdict: str) -> MetricChange:
        """A row without a comparison."""
        old = self.reference or self.deployed
        before = None if old is None else old.value
        return uncompared(self.metric.key, self.metric.value, before, self.standing, verdict)


def weigh(pair: Pair) -> Iterator[Outcome]:
    """One sound value of the candidate against its reference."""
    value, standing = pair.metric.value, pair.standing
    if pair.reference is None or value is None:
        yield pair.row("new" if pair.deployed is None else "not-comparable")
        return
    reference = pair.reference.value
    limits = standing.standard.range
    if reference is None or (limits is not None and outside(reference, limits)):
        yield pair.row("not-comparable")
        if pair.gates:
            yield _unsound_reference(pair, reference)
        return
    if standing.direction is None:
        yield pair.row("equal" if value == reference else "not-comparable")
        return
    weighed = compare(value, reference, standing.direction, standing.standard)
    yield compared(pair.metric.key, (value, reference), standing, weighed, verdict(pair, weighed))
    found = list(_findings(pair, value, reference, weighed)) if pair.gates else []
    yield from found
    if not found and weighed.relative_lost and weighed.damage > 0:
        yield Skipped(
            f"{label(pair.metric.key)}: `relative_tolerance` cannot be evaluated at a deployed "
            "value of 0; `tolerance` alone held",
            excused=True,
            whole=False,
        )


def verdict(pair: Pair, weighed: Comparison) -> str | None:
    """What the evidence makes of a comparison; None where its own verdict stands."""
    if pair.small and weighed.breach is not None:
        return "within-noise"
    if not pair.in_doubt:
        return None
    if weighed.breach is None:
        return "within-noise"
    return None if unexcused(weighed.damage, pair.standing.standard) else "inconclusive"


def _findings(
    pair: Pair, value: Decimal, reference: Decimal, weighed: Comparison
) -> Iterator[Finding]:
    hard = unexcused(weighed.damage, pair.standing.standard)
    if hard is not None and pair.in_doubt:
        # Chance may explain what is past the tolerance; what it cannot excuse is told.
        weighed = replace(weighed, breach=hard)
    finding = lost(pair.metric, value, reference, weighed, pair.standing)
    breached = finding if finding is not None and weighed.breach is not None else None
    match pair.proof:
        case str(reason) if breached is not None and hard is None:
            yield exactly(breached, reason)
        case None | str():
            yield from filter(None, [finding])
        case proof if breached is not None and (hard is not None or proof.significant):
            yield proven(breached, proof)
        case proof if breached is not None:
            yield inconclusive(breached, proof, lenient=pair.lenient)
        case proof:
            yield from filter(None, [finding])
            if proof.significant:
                yield significant(pair.metric, value, reference, weighed, proof)


def _unsound_reference(pair: Pair, reference: Decimal | None) -> Finding:
    """REG305: the value to compare with is no number, or outside the metric's range."""
    claimed = not pair.is_own
    whose = "the incumbent's" if claimed else "the deployed"
    written = pair.metric if pair.reference is None or not claimed else pair.reference
    what = "no plain number" if reference is None else f"{plain(reference)}, outside its range"
    return Finding(
        NOT_COMPARABLE,
        f"{whose} {label(pair.metric.key)} is {what}: nothing can be compared with it",
        "measure it again"
        if claimed
        else "agree with the policy's owners on a waiver for this release, which mends it",
        written.written.place,
        metric=pair.metric.name,
        slice=pair.metric.slice,
    )
