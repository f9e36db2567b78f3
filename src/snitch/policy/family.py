"""What a model's family knows of its metrics, filled in where the policy says nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from snitch.policy.directions import direction_of
from snitch.policy.effective import policy_for
from snitch.policy.model import MetricStandard
from snitch.policy.shares import PERCENT
from snitch.policy.shares import in_two_units
from snitch.registry.globs import takes_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import Any

    from snitch.policy.model import Policy
    from snitch.registry.release import Metric
    from snitch.registry.release import Release
    from snitch.registry.sources import MetricRule

    Known = dict[str, Any]
    """Some keys of a metric's standard."""

ALLOWANCE = frozenset({"tolerance", "relative_tolerance", "warn"})
"""One statement: a policy that makes it leaves no room for the family's."""
EVERY = "*"


def policy_of(policy: Policy, candidate: Release, deployed: Release | None = None) -> Policy:
    """The policy as it stands for one model: overrides merged, its family's knowledge filled in.

    The candidate's layout speaks; the deployed release's values tell the unit.
    """
    own = policy_for(policy, candidate.name)
    if not candidate.standards:
        return own
    older = () if deployed is None else deployed.metrics.values()
    return with_family(own, candidate.standards, (*older, *candidate.metrics.values()))


def with_family(
    policy: Policy, standards: Mapping[str, MetricRule], metrics: Iterable[Metric]
) -> Policy:
    """The policy with a standard for each metric that a layout's `standards` know.

    The first glob of `standards` counts; the deployed release's metrics come first.
    """
    if not standards:
        return policy
    values: dict[str, list[Decimal]] = {}
    for metric in metrics:
        known = values.setdefault(metric.name, [])
        known += [] if metric.value is None or metric.slice is not None else [metric.value]
    family = family_of(values, standards)
    return policy.model_copy(update={"metrics": filled(policy.metrics, family)})


def family_of(
    values: Mapping[str, Sequence[Decimal]], standards: Mapping[str, MetricRule]
) -> dict[str, Known]:
    """The keys that a layout's `standards` give these metrics.

    Of the values by a metric's name, the deployed one comes first; the first glob of `standards`
    counts.
    """
    rules = {
        name: next((it for glob, it in standards.items() if _speaks_of(name, glob, it)), None)
        for name in values
    }
    return {name: _known(rule, values[name]) for name, rule in rules.items() if rule is not None}


def _speaks_of(name: str, glob: str, rule: MetricRule) -> bool:
    """Whether a rule is about a metric: one about all is not about a name that says otherwise."""
    if glob == EVERY and rule.direction is not None:
        return direction_of(name) in (None, rule.direction)
    return takes_name(glob, name)


def filled(
    metrics: Mapping[str, MetricStandard], family: Mapping[str, Known]
) -> dict[str, MetricStandard]:
    """The policy's standards, filled up from the family's."""
    return {**metrics, **{name: _merged(metrics.get(name), it) for name, it in family.items()}}


def _merged(own: MetricStandard | None, known: Known) -> MetricStandard:
    if own is None:
        return MetricStandard.model_construct(_fields_set=set(known), **known)
    said = own.model_fields_set
    spoken = said | ALLOWANCE if said & ALLOWANCE else said
    return own.model_copy(update={name: it for name, it in known.items() if name not in spoken})


def _known(rule: MetricRule, values: Sequence[Decimal]) -> Known:
    """The keys of a standard that a rule gives, in the unit of these values."""
    known = {
        name: amount
        for name in rule.model_fields_set - {"unit"}
        if (amount := getattr(rule, name)) is not None
    }
    percent = rule.unit == "percent" or (rule.unit == "either" and bool(values) and _big(values[0]))
    for name in ("tolerance", "warn") if percent else ():
        if name in known:
            known[name] = _hundredfold(known[name])
    if percent and "range" in known:
        known["range"] = tuple(map(_hundredfold, known["range"]))
    if rule.unit == "either" and in_two_units(values):
        # A number so many times as large is another unit, and no gain; nor is its twin a loss.
        known["range"] = (Decimal(1), PERCENT) if percent else (Decimal(0), Decimal(1))
    return known


def _big(value: Decimal) -> bool:
    return abs(value) > 1


def _hundredfold(amount: Decimal) -> Decimal:
    return Decimal(format(amount.scaleb(2), "f"))
