"""What a model's family knows of its metrics, filled in where the policy says nothing."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.policy.model import MetricStandard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Any

    from snitch.policy.model import Policy
    from snitch.registry.release import Metric
    from snitch.registry.sources import MetricRule

ALLOWANCE = frozenset({"tolerance", "relative_tolerance", "warn"})
"""One statement: a policy that makes it leaves no room for the family's."""
PERCENT = 100


def with_family(
    policy: Policy, standards: Mapping[str, MetricRule], metrics: Iterable[Metric]
) -> Policy:
    """The policy with a standard for each metric that a layout's `standards` know.

    Args:
        policy: In force for the model.
        standards: By globs of metric names; the first glob counts.
        metrics: Every metric of both releases, the deployed one's first.
    """
    if not standards:
        return policy
    merged = dict(policy.metrics)
    done: set[str] = set()
    for metric in metrics:
        if metric.name in done:
            continue
        done.add(metric.name)
        rule = next((it for glob, it in standards.items() if fnmatchcase(metric.name, glob)), None)
        if rule is not None:
            merged[metric.name] = _merged(policy.metrics.get(metric.name), rule, metric.value)
    return policy.model_copy(update={"metrics": merged})


def _merged(
    own: MetricStandard | None, rule: MetricRule, value: Decimal | None
) -> MetricStandard:
    known = {
        name: amount
        for name in rule.model_fields_set - {"unit"}
        if (amount := getattr(rule, name)) is not None
    }
    scale = _scale(rule, value)
    for name in ("tolerance", "warn"):
        if name in known:
            known[name] = known[name] * scale
    if "range" in known:
        known["range"] = tuple(end * scale for end in known["range"])
    if own is None:
        return MetricStandard.model_construct(_fields_set=set(known), **known)
    said = own.model_fields_set
    spoken: set[str] = set(said) | (set(ALLOWANCE) if said & ALLOWANCE else set())
    missing: dict[str, Any] = {name: it for name, it in known.items() if name not in spoken}
    return own.model_copy(update=missing)


def _scale(rule: MetricRule, value: Decimal | None) -> int:
    """How many times larger the file's numbers are than the shares of 1 that the rule states."""
    match rule.unit:
        case "percent":
            return PERCENT
        case "either" if value is not None and abs(value) > 1:
            return PERCENT
        case _:
            return 1
