"""What a candidate lost against the numbers it must be as good as, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.comparison import EXACT
from snitch.checks.comparison import plain
from snitch.checks.comparison import rescaled
from snitch.checks.comparison import shortest
from snitch.checks.counterparts import counterpart
from snitch.checks.counterparts import place_of_loss
from snitch.checks.regression_rules import METRIC_DROPPED
from snitch.checks.regression_rules import METRIC_REGRESSED
from snitch.checks.regression_rules import METRIC_SLIPPED
from snitch.checks.regression_rules import SLICE_REGRESSED
from snitch.checks.standings import label
from snitch.checks.standings import order
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.policy.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from snitch.checks.comparison import Comparison
    from snitch.checks.standings import Key
    from snitch.checks.standings import Standing
    from snitch.findings import Outcome
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

MAX_LIKENESSES = 10_000


def lost(
    metric: Metric, value: Decimal, deployed: Decimal, weighed: Comparison, stood: Standing
) -> Finding | None:
    """REG301 (REG303 for a slice) for a damage past what is allowed, REG315 past `warn`."""
    if weighed.breach is None and not weighed.slipped:
        return None
    rule = METRIC_REGRESSED if metric.slice is None else SLICE_REGRESSED
    return Finding(
        METRIC_SLIPPED if weighed.breach is None else rule,
        f"{label(metric.key)} is {plain(value)}, deployed is {plain(deployed)}: "
        f"{_distance(weighed.damage)}, {_allowed(weighed, stood)}",
        _remedy(metric, value, deployed, weighed, stood),
        metric.written.place,
        metric=metric.name,
        slice=metric.slice,
    )


def in_spite_of(outcome: Outcome, gained: Collection[Key]) -> Outcome:
    """A slice's loss that says so where the metric got better overall."""
    match outcome:
        case Finding(rule=rule, metric=str(name)) if (
            rule is SLICE_REGRESSED and (None, name) in gained
        ):
            message = f"{outcome.message}; and yet overall {quoted(name)} improved"
            return replace(outcome, message=message)
    return outcome


def _distance(damage: Decimal) -> str:
    if damage == 0:
        return "no gain"
    if damage < 0:
        return f"better by {shortest(damage.copy_abs())}"
    return f"worse by {shortest(damage)}"


def _allowed(weighed: Comparison, stood: Standing) -> str:
    standard = stood.standard
    limit = shortest(weighed.tolerance)
    match weighed.breach:
        case None:
            return f"past `warn` ({standard.warn}), inside the tolerance ({limit})"
        case "min_gain":
            return f"`min_gain` asks for {standard.min_gain}"
        case "max_drop":
            return f"`max_drop` allows {standard.max_drop}"
        case "relative_tolerance":
            return f"allowed is {limit}, a share of {standard.relative_tolerance}"
    if weighed.relative_lost:
        return (
            f"allowed is {limit}: `relative_tolerance` cannot be evaluated at a deployed value of 0"
        )
    return "and no loss is allowed" if weighed.tolerance == 0 else f"allowed is {limit}"


def _remedy(
    metric: Metric, value: Decimal, deployed: Decimal, weighed: Comparison, stood: Standing
) -> str:
    if weighed.breach is None:
        return "nothing must change; look at what was lost before building on this release"
    if rescaled(value, deployed):
        return (
            f"if the unit of {label(metric.key)} changed between percent and fraction, write it "
            "as production does; else train again"
        )
    side = "at least" if stood.direction == "higher" else "at most"
    return (
        f"bring {label(metric.key)} to {side} {shortest(_needed(deployed, weighed, stood))}, or "
        "agree on a waiver with the policy's owners and merge that first"
    )


def _needed(deployed: Decimal, weighed: Comparison, stood: Standing) -> Decimal:
    """The worst value that would pass."""
    standard = stood.standard
    room = weighed.tolerance
    if standard.max_drop is not None:
        room = min(room, standard.max_drop)
    if standard.min_gain is not None:
        room = min(room, EXACT.minus(standard.min_gain))
    return (EXACT.subtract if stood.direction == "higher" else EXACT.add)(deployed, room)


def dropped(
    candidate: Release,
    deployed: Release,
    keys: Iterable[Key],
    why: str = "the candidate has no metrics at all",
) -> Iterator[Finding]:
    """REG302 for metrics, REG303 for slices that only the deployed release has.

    A slice that is gone altogether is one finding, and so is a whole file's worth.

    `keys` are what the candidate lacks; `why` says how it comes that it has no metrics, where it
    has none.
    """
    gone = sorted(keys, key=order)
    if gone and not candidate.metrics and candidate.worded.keys().isdisjoint(deployed.metrics):
        names = listed(quoted(name) for slice_, name in gone if slice_ is None)
        place = place_of_loss(candidate, deployed, gone[0])
        yield Finding(
            METRIC_DROPPED,
            f"{why}; the deployed release has {names or 'some'}",
            f"measure the candidate and write its numbers into `{place.path}`",
            place,
        )
        return
    files = dict(_lost_files(candidate, deployed, gone))
    for path, keys_of_file in files.items():
        yield _file_lost(candidate, path, keys_of_file)
    told = {key for keys_of_file in files.values() for key in keys_of_file}
    gone = [key for key in gone if key not in told]
    whole = {slice_ for slice_, _ in gone} - {slice_ for slice_, _ in candidate.metrics}
    renames = _Renames(candidate, deployed, gone)
    for slice_ in dict.fromkeys(slice_ for slice_, _ in gone if slice_ in whole):
        if slice_ is not None:
            yield _slice_gone(candidate, slice_, renames)
    for key in gone:
        if key[0] is None or key[0] not in whole:
            yield _metric_gone(candidate, deployed, key, renames)


def _lost_files(
    candidate: Release, deployed: Release, gone: Iterable[Key]
) -> Iterator[tuple[str, list[Key]]]:
    """Of a family with many files of metrics: those that took several with them."""
    if "metrics" in candidate.expected:
        return
    held: dict[str, list[Key]] = {}
    for key in gone:
        if key[0] is None:
            path = counterpart(candidate, deployed, deployed.metrics[key].written.source.path)
            held.setdefault(path, []).append(key)
    for path, keys in held.items():
        document = candidate.documents.get(path)
        if len(keys) > 1 and (document is None or document.broken or not document.data):
            yield path, keys


def _file_lost(candidate: Release, path: str, keys: Iterable[Key]) -> Finding:
    names = listed(quoted(name) for _, name in keys)
    document = candidate.documents.get(path)
    why = "is gone" if document is None else "cannot be read" if document.broken else "is empty"
    return Finding(
        METRIC_DROPPED,
        f"{quoted(path)} {why}; the deployed release has {names} there",
        f"bring the file back, or measure the candidate and write its numbers into {quoted(path)}",
        Place(path),
    )


class _Renames:
    """The new names that missing ones may have been given."""

    def __init__(self, candidate: Release, deployed: Release, gone: Sequence[Key]) -> None:
        self.slices: list[str] = []
        self.metrics: dict[Key, str] = {}
        """From missing metrics to new ones, where each is most like the other."""
        known = {slice_ for slice_, _ in deployed.metrics}
        fresh = [key for key in candidate.metrics if key not in deployed.metrics]
        # Likeness costs the product of both; nobody reads that many suggestions.
        if len(gone) * len(fresh) > MAX_LIKENESSES:
            return
        news: dict[str | None, list[str]] = {}
        for slice_, name in sorted(fresh, key=order):
            news.setdefault(slice_, []).append(name)
            if slice_ is not None and slice_ not in known and slice_ not in self.slices:
                self.slices.append(slice_)
        for slice_, names in news.items():
            missing = [name for held, name in gone if held == slice_]
            likest = {name: _alike(name, names) for name in missing}
            for now in dict.fromkeys(likest.values()):
                was = None if now is None else _alike(now, missing)
                if now is not None and was is not None and likest[was] == now:
                    self.metrics[slice_, was] = now


def _alike(name: str, others: Iterable[str]) -> str | None:
    """The one of others most like a metric's name: what all share before the last dot says little.

    `val.auc` is like `auc` and `val.AUC`, and `coco.AR` is not like `coco.AP (large)`.
    """
    parts = {other: other.rpartition(".") for other in others}
    head, _, last = name.rpartition(".")
    beside = {leaf: other for other, (above, _, leaf) in parts.items() if above == head}
    found = nearest(last, beside)
    if found is not None:
        return beside[found]
    far = nearest(name, parts)
    return far if far is not None and nearest(last, [parts[far][2]]) is not None else None


def _metric_gone(candidate: Release, deployed: Release, key: Key, renames: _Renames) -> Finding:
    slice_, name = key
    meant = renames.metrics.get(key)
    old = deployed.metrics[key].value
    was = "" if old is None else f" ({plain(old)})"
    message = f"{label(key)} is missing; the deployed release has it{was}"
    remedy = f"measure {label(key)} again and write it under that name"
    place = place_of_loss(candidate, deployed, key)
    if meant is not None:
        message += f", and the candidate has {quoted(meant)} instead"
        remedy = f"rename {quoted(meant)} back to {quoted(name)}"
        place = candidate.metrics[slice_, meant].written.key_place
    return Finding(
        METRIC_DROPPED if slice_ is None else SLICE_REGRESSED,
        message,
        remedy,
        place,
        metric=name,
        slice=slice_,
    )


def _slice_gone(candidate: Release, slice_: str, renames: _Renames) -> Finding:
    meant = nearest(slice_, renames.slices)
    return Finding(
        SLICE_REGRESSED,
        f"slice {quoted(slice_)} is missing; the deployed release has it and the policy names it"
        + (f", and the candidate has {quoted(meant)} instead" if meant is not None else ""),
        f"measure slice {quoted(slice_)} again and write it under that name",
        candidate.place("slices", key=True),
        slice=slice_,
    )
