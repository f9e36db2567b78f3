"""What a change of the standard for metrics lets through: tolerances, directions and slices.

A key that a policy does not give may be given by a model's layout: two standards are compared as
they hold under each of the layouts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from snitch.policy.comparison import compared
from snitch.policy.comparison import dotted
from snitch.policy.comparison import shown
from snitch.policy.directions import direction_of
from snitch.policy.family import family_of
from snitch.policy.family import filled
from snitch.policy.model import MetricStandard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.policy.comparison import Loose
    from snitch.registry.layout import Layout

SLICES = "slices."
UNITS: tuple[tuple[Decimal, ...], ...] = ((), (Decimal(100),))
"""Values that tell a unit: fractions, where none is known, and percentages."""


def looser_metrics(
    old: Mapping[str, MetricStandard],
    new: Mapping[str, MetricStandard],
    layouts: Iterable[Layout],
) -> Iterator[Loose]:
    """What became looser from one `metrics` section to another, under any of the layouts.

    A metric that had no entry was held to no damage at all; a slice that had none was not
    judged, unless another entry took it.
    """
    for layout in layouts:
        for values in UNITS:
            family = family_of(dict.fromkeys([*old, *new], values), layout.standards)
            yield from _looser(filled(old, family), filled(new, family))


def _looser(
    old: Mapping[str, MetricStandard], new: Mapping[str, MetricStandard]
) -> Iterator[Loose]:
    for key in old:
        if key not in new:
            yield ("metrics", key), f"{dotted(('metrics', key))} is removed"
    for key, standard in new.items():
        if key in old:
            rivals = [old[key]]
        elif key.startswith(SLICES):
            name = key.rpartition(".")[2]
            rivals = [old[other] for other in old if _is_slice_of(other, name)]
        else:
            rivals = [MetricStandard()]
        for rival in rivals:
            yield from _metric(rival, standard, key)


def _is_slice_of(key: str, name: str) -> bool:
    return key.startswith(SLICES) and key.rpartition(".")[2] == name


def _metric(old: MetricStandard, new: MetricStandard, key: str) -> Iterator[Loose]:
    route = ("metrics", key)
    if not _tolerates_no_more(old, new):
        before, after = _tolerance(old), _tolerance(new)
        name = "tolerance" if new.tolerance is not None else "relative_tolerance"
        message = f"the tolerance of {dotted(route)} widens from {before} to {after}"
        yield (*route, name), message
    natural = direction_of(key)
    was, now = old.direction or natural, new.direction or natural
    if was != now and now is not None:
        message = f"the direction of {dotted(route)} changes from {shown(was)} to {now}"
        yield (*route, "direction"), message
    yield from compared(old, new, route, "Policy")


def _tolerates_no_more(old: MetricStandard, new: MetricStandard) -> bool:
    """Whether no damage is allowed now that was not before, whatever the deployed value."""
    (was, was_share), (now, now_share) = _allowed(old), _allowed(new)
    if 0 in (now, now_share):
        return True
    return _at_most(now, was) and _at_most(now_share, was_share)


def _allowed(standard: MetricStandard) -> tuple[Decimal | int | None, Decimal | None]:
    tolerance, share = standard.tolerance, standard.relative_tolerance
    return (0 if tolerance is None and share is None else tolerance, share)


def _at_most(new: Decimal | int | None, old: Decimal | int | None) -> bool:
    return old is None or (new is not None and new <= old)


def _tolerance(standard: MetricStandard) -> str:
    parts = [shown(standard.tolerance)] if standard.tolerance is not None else []
    if standard.relative_tolerance is not None:
        parts.append(f"{shown(standard.relative_tolerance)} of the deployed value")
    return " and ".join(parts) or "none"
