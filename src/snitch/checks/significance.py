"""Weighs damages by what their samples can tell: regression, noise, or inconclusive.

The level is 5 %, one-sided: of equal models, one in twenty is taken for a worse one by the test,
and by the tolerance before it fewer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.comparison import compare
from snitch.checks.coverage import benchmark_of
from snitch.checks.evidence import Evidence
from snitch.checks.evidence import corrected
from snitch.checks.item_contrasts import NoEvidenceError
from snitch.checks.item_contrasts import WithheldError
from snitch.checks.item_evidence import Items
from snitch.checks.samples import standard_error
from snitch.checks.standings import sample_size
from snitch.checks.summaries import from_error
from snitch.checks.summaries import from_proportions
from snitch.checks.summaries import is_proportion
from snitch.findings import MetricChange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from snitch.checks.pairs import Pair
    from snitch.checks.standings import Key
    from snitch.policy.model import Policy
    from snitch.registry.release import Release

    Proof = Evidence | str
    """The evidence, or why there is none."""


def proven(
    entries: Sequence[Pair | MetricChange],
    candidate: Release,
    deployed: Release,
    policy: Policy,
) -> list[Pair | MetricChange]:
    """The entries, those pairs that gate and show a damage with their evidence."""
    pairs = [entry for entry in entries if not isinstance(entry, MetricChange)]
    proofs = _proofs(pairs, candidate, deployed, policy)
    lenient = policy.regression.inconclusive == "warn"
    return [
        entry
        if isinstance(entry, MetricChange)
        else replace(entry, proof=proofs.get(entry.metric.key), lenient=lenient)
        for entry in entries
    ]


def _proofs(
    pairs: Sequence[Pair], candidate: Release, deployed: Release, policy: Policy
) -> dict[Key, Proof]:
    """By metric; the slices that gate are one family of tests, the unharmed ones included."""
    items = Items(candidate, deployed, policy.regression.seed)
    damages = {pair.metric.key: it for pair in pairs if (it := _damage(pair)) is not None}
    proofs: dict[Key, Proof] = {
        pair.metric.key: _proof(pair, damages[pair.metric.key], items, policy)
        for pair in pairs
        if damages.get(pair.metric.key, 0) > 0
    }
    tested = {
        key: proof
        for key, proof in proofs.items()
        if isinstance(proof, Evidence) and key[0] is not None
    }
    unharmed = sum(key[0] is not None and damage <= 0 for key, damage in damages.items())
    family = corrected(list(tested.values()), unharmed)
    return {**proofs, **dict(zip(tested, family, strict=True))}


def _damage(pair: Pair) -> Decimal | None:
    """The damage of a pair that gates and can be weighed."""
    reference = pair.reference.value if pair.reference is not None else None
    value, direction = pair.metric.value, pair.standing.direction
    if not pair.gates or value is None or reference is None or direction is None:
        return None
    return compare(value, reference, direction, pair.standing.standard).damage


def _proof(pair: Pair, damage: Decimal, items: Items, policy: Policy) -> Proof:
    if not pair.is_own:
        reason = "the deployed release has no value of its own here"
        return _summed(pair, damage, items, policy, reason)
    try:
        return items.weigh(pair)
    except WithheldError as error:
        return str(error)
    except NoEvidenceError as error:
        return _summed(pair, damage, items, policy, str(error))


def _summed(pair: Pair, damage: Decimal, items: Items, policy: Policy, reason: str) -> Proof:
    """Evidence from summaries, for a reason that there is none from items."""
    summary = _summary(pair, damage, items, policy)
    if summary is None:
        return f"{reason}, and nothing else tells the deployed value's uncertainty"
    # Whoever gives items should hear why they did not count.
    given = items.candidate.item_scores is not None or items.deployed.item_scores is not None
    return replace(summary, sample=f"{summary.sample} ({reason})") if given else summary


def _summary(pair: Pair, damage: Decimal, items: Items, policy: Policy) -> Evidence | None:
    reference = pair.reference
    error = standard_error(reference) if reference is not None and pair.is_own else None
    if error is not None:
        return from_error(damage, error)
    value, direction = pair.metric.value, pair.standing.direction
    size = _size(pair, items, policy)
    if not size or reference is None or reference.value is None:
        return None
    if value is None or direction is None:
        return None
    return from_proportions(value, reference.value, size, direction)


def _size(pair: Pair, items: Items, policy: Policy) -> int | None:
    """How many items a proportion is one of: the policy's word, then the deployed release's."""
    metric = pair.metric
    if not is_proportion(metric) or pair.reference is None or not is_proportion(pair.reference):
        return None
    pinned = benchmark_of(policy, items.candidate)
    if metric.slice is None and pinned is not None and pinned.items:
        return pinned.items
    if pair.deployed is None or not pair.is_own:
        return None
    return sample_size(items.deployed, pair.deployed)
