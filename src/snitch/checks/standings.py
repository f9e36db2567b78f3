"""What the policy in force says of each metric of a model, looked up once a metric."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.checks.wording import quoted
from snitch.frozen import dataclass
from snitch.policy.directions import direction_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.policy.model import MetricStandard
    from snitch.policy.model import Policy
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

    Key = tuple[str | None, str]
    """(slice, name), as `Metric.key`."""
    Lookup = Callable[[Key], "Standing"]

_AGAIN = re.compile(r" \([0-9]{1,4}\)\Z")


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one metric."""

    standard: MetricStandard
    key: str
    """The key under `metrics` in the policy that speaks of it, or would."""
    direction: str | None
    """Which is better: declared, or well known; None where nothing says."""
    gates: bool
    """False for a slice that the policy does not name: it is shown and never blocks."""
    ignored: bool
    """True for what the policy says is no metric."""

    @property
    def bounded(self) -> bool:
        """Whether the policy sets a `min` or `max`."""
        return self.standard.min is not None or self.standard.max is not None

    def too_small(self, size: int | None) -> bool:
        """Whether a sample of this size is below the policy's `min_n`; an unknown one is not."""
        least = self.standard.min_n
        return least is not None and size is not None and size < least


def lookup(policy: Policy) -> Lookup:
    """A function from a metric's key to its standing; remembers its answers."""
    known: dict[Key, Standing] = {}

    def find(key: Key) -> Standing:
        if key not in known:
            known[key] = standing(policy, key)
        return known[key]

    return find


def standing(policy: Policy, key: Key) -> Standing:
    """What the policy says of one metric.

    A slice's metric takes its direction from the metric's own name where the policy gives it
    none. What the policy says of `acc` holds for `acc (2)` of which it says nothing.
    """
    from snitch.policy.effective import metric_standard  # noqa: PLC0415 - brings pydantic
    from snitch.policy.model import MetricStandard  # noqa: PLC0415 - brings pydantic

    slice_, name = key
    first = first_of(name)
    whole = metric_standard(policy, name) or metric_standard(policy, first)
    applied = whole
    if slice_ is not None:
        applied = metric_standard(policy, name, slice_) or metric_standard(policy, first, slice_)
    declared = [it.standard.direction for it in (applied, whole) if it is not None]
    # A slice that nobody names shares its metric's unit, and nothing else.
    own = applied or whole
    return Standing(
        standard=applied.standard
        if applied is not None
        else MetricStandard(range=whole.standard.range if whole is not None else None),
        key=applied.key if applied is not None else name,
        direction=next(filter(None, declared), None) or direction_of(first),
        gates=slice_ is None or applied is not None,
        ignored=own is not None and own.standard.ignore,
    )


def first_of(name: str) -> str:
    """The name without the number that a second value of it is given: `acc` of `acc (2)`."""
    return _AGAIN.sub("", name)


def sample_size(release: Release, metric: Metric) -> int | None:
    """How many items a value was measured on, as its file says."""
    if metric.n is None and metric.slice is not None:
        return release.slice_sizes.get(metric.slice)
    return metric.n


def label(key: Key) -> str:
    """A metric in a message: `auc`, or `auc` of `plan=free`."""
    slice_, name = key
    return quoted(name) if slice_ is None else f"{quoted(name)} of slice {quoted(slice_)}"


def order(key: Key) -> tuple[bool, str, str]:
    """Sorts metrics of the whole data set before those of slices, each by name."""
    slice_, name = key
    return (slice_ is not None, slice_ or "", name)
