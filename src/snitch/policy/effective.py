"""The standard as it applies to one model, one metric, one rule: overrides merged, once each.

Ten thousand models share a handful of effective policies: each set of matching overrides is
merged once and remembered on the policy itself.
"""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.documents.limits import DEFAULTS
from snitch.frozen import dataclass
from snitch.policy.merge import merge_models
from snitch.policy.model import Policy
from snitch.registry.globs import WILD
from snitch.registry.layout import load_built_in

if TYPE_CHECKING:
    from snitch.documents import Limits
    from snitch.findings import Rule
    from snitch.policy.model import MetricStandard
    from snitch.policy.model import Waiver
    from snitch.registry.layout import Layout


@dataclass(frozen=True, slots=True)
class Applied:
    """The standard that holds for one metric, and the key under `metrics` that it came from."""

    key: str
    standard: MetricStandard


def policy_for(policy: Policy, model: str) -> Policy:
    """The policy with every override merged whose globs take the model's name.

    Of several overrides the last one wins, key by key; lists are replaced. Globs are matched
    as shells do, with regard to letter case, and `*` takes any characters. The result has no
    overrides; for equal sets of them it is the same object.
    """
    if not policy.overrides:
        return policy
    chosen = tuple(
        index
        for index, override in enumerate(policy.overrides)
        if any(fnmatchcase(model, glob) for glob in override.models)
    )
    found = policy.merged.get(chosen)
    if found is None:
        found = policy.merged[chosen] = with_overrides(policy, chosen)
    return found


def with_overrides(policy: Policy, chosen: tuple[int, ...]) -> Policy:
    """The policy with the overrides of these indices merged in their order, and no others."""
    sections = {name: getattr(policy, name) for name in type(policy).model_fields}
    for index in chosen:
        override = policy.overrides[index]
        for name in override.model_fields_set - {"models"}:
            patch = getattr(override, name)
            if patch is not None:
                sections[name] = merge_models(sections[name], patch)
    sections["overrides"] = ()
    return Policy.model_construct(_fields_set=set(policy.model_fields_set), **sections)


def metric_standard(policy: Policy, name: str, slice_: str | None = None) -> Applied | None:
    """What the policy asks of a metric, or None where it asks nothing.

    A metric of the whole data set is found by its exact name. One of a slice is found by
    `slices.<slice>.<name>` as spelt, else by the pattern `slices.<glob>.<name>` with the most
    literal characters (of equal ones the first in the alphabet); it takes its direction and range
    from the metric's own standard where the pattern gives none. A slice that no pattern
    names has no standard: it is shown and never blocks.

    The policy is the model's, overrides merged; the name is flattened, as `val.auc`.
    """
    whole = policy.metrics.get(name)
    if slice_ is None:
        return Applied(name, whole) if whole is not None else None
    key = _slice_key(policy, name, slice_)
    if key is None:
        return None
    standard = policy.metrics[key]
    if whole is not None:
        unset = {part: getattr(whole, part) for part in ("direction", "range")}
        missing = {part: it for part, it in unset.items() if getattr(standard, part) is None}
        standard = standard.model_copy(update=missing) if any(missing.values()) else standard
    return Applied(key, standard)


def _slice_key(policy: Policy, name: str, slice_: str) -> str | None:
    exact = f"slices.{slice_}.{name}"
    if exact in policy.metrics:
        return exact
    globs = {
        key: glob
        for key in policy.metrics
        if (glob := slice_glob(key, name)) is not None and fnmatchcase(slice_, glob)
    }
    return max(sorted(globs), key=lambda key: literal_chars(globs[key]), default=None)


def slice_glob(key: str, name: str) -> str | None:
    """The glob of slices in `slices.<glob>.<name>`; None where the key is of another metric."""
    head, tail = "slices.", f".{name}"
    if not (key.startswith(head) and key.endswith(tail)) or len(key) <= len(head) + len(tail):
        return None
    return key[len(head) : -len(tail)]


def literal_chars(glob: str) -> int:
    """How many characters of a glob are not wild: the measure of how particular it is."""
    return sum(char not in WILD for char in glob)


def waives(waiver: Waiver, rule: Rule, model: str) -> bool:
    """Whether a waiver speaks of this rule and model; a fixed rule cannot be waived.

    Metric, slice, weights and the last day are the caller's to compare.
    """
    return not rule.fixed and waiver.rule in {rule.code, rule.name} and waiver.takes(model)


def layouts_of(policy: Policy) -> dict[str, Layout]:
    """Every layout that its `models` name, by name, and the house's own.

    Raises:
        CannotJudgeError: there is none of a name.
    """
    names = {pattern.layout for pattern in policy.models} | {"snitch"}
    return {
        name: policy.layouts[name] if name in policy.layouts else load_built_in(name)
        for name in sorted(names)
    }


def limits_of(policy: Policy) -> Limits:
    """The limits in force: the defaults, lowered or raised by the policy."""
    return replace(DEFAULTS, **{name: it for name, it in policy.limits if it is not None})
