"""Evidence from per-item results: both releases, item by item.

What decides how wide the noise is (the clusters, the members of a slice, bins and thresholds)
is the deployed release's word. Items whose statistic is not the value that the metrics file
claims are evidence of nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.evidence import Evidence
from snitch.checks.item_contrasts import NoEvidenceError
from snitch.checks.item_contrasts import Sides
from snitch.checks.item_contrasts import WithheldError
from snitch.checks.item_contrasts import agrees
from snitch.checks.item_contrasts import aligned
from snitch.checks.item_contrasts import contrast
from snitch.checks.item_contrasts import decided
from snitch.checks.statistics.draws import find_numpy
from snitch.checks.wording import quoted
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from fractions import Fraction

    from snitch.checks.pairs import Pair
    from snitch.checks.statistics.contrast import Contrast
    from snitch.registry.item_scores import ItemScores
    from snitch.registry.item_scores import Score
    from snitch.registry.release import Release


LEAST_UNITS = 10
"""Resampling fewer says nothing about those that were not drawn: it is sure of itself."""


@dataclass(frozen=True)
class Items:
    """The per-item results of a candidate and of the release that it would replace."""

    candidate: Release
    deployed: Release
    seed: int

    @cached_property
    def unusable(self) -> NoEvidenceError | None:
        """Why the two cannot be paired at all; None where they can."""
        new, old = self.candidate.item_scores, self.deployed.item_scores
        theirs, ours = _useless(old, "deployed release"), _useless(new, "candidate")
        if old is None or theirs is not None:
            return NoEvidenceError(ours or theirs)
        if new is None or ours is not None:
            return WithheldError(ours)
        if not old.ids:
            return NoEvidenceError("there are no items")
        if new.ids != old.ids:
            return WithheldError("the two releases were measured on different items")
        return None

    @cached_property
    def _groups(self) -> dict[str, dict[str, list[int]]]:
        """The items of each value, by column; filled as slices ask."""
        return {}

    def weigh(self, pair: Pair) -> Evidence:
        """What the items say of a damage.

        Raises:
            NoEvidenceError: they say nothing; a `WithheldError` where that is the candidate's
                doing.
        """
        new, old = self.candidate.item_scores, self.deployed.item_scores
        if self.unusable is not None or new is None or old is None:
            raise self.unusable or NoEvidenceError
        return self._weighed(pair, old, new)

    def _weighed(self, pair: Pair, old: ItemScores, new: ItemScores) -> Evidence:
        name = pair.metric.name
        ours, score = new.scores.get(name), old.scores.get(name)
        if score is None:
            message = f"the deployed release's items have no score of {quoted(name)}"
            raise NoEvidenceError(message)
        if ours is None:
            message = f"the candidate's items have no score of {quoted(name)}"
            raise WithheldError(message)
        members = self._members(old, new, pair.metric.slice)
        sides = _only(sides_of((old, score), (new, ours)), members)
        threshold = pair.standing.standard.threshold
        sides = decided(sides, name, score, threshold)
        found = contrast(sides, name, score, threshold)
        _refuse_contradiction(pair, found)
        return self._test(pair, sides, found, _clusters(old, members))

    def _members(
        self, old: ItemScores, new: ItemScores, slice_: str | None
    ) -> Sequence[int] | None:
        """The items of a slice `column=value`; None for all."""
        if slice_ is None:
            return None
        column, _, value = slice_.partition("=")
        texts = old.texts.get(column)
        if texts is None or "=" not in slice_:
            message = f"no column of the deployed items tells who belongs to {quoted(slice_)}"
            raise NoEvidenceError(message)
        if column not in self._groups:
            if new.texts.get(column, texts) != texts:
                message = f"the column {quoted(column)} differs between the two releases' items"
                raise WithheldError(message)
            groups: dict[str, list[int]] = {}
            for index, text in enumerate(texts):
                groups.setdefault(text, []).append(index)
            self._groups[column] = groups
        if value not in self._groups[column]:
            message = f"no item belongs to {quoted(slice_)}"
            raise NoEvidenceError(message)
        return self._groups[column][value]

    def _test(
        self, pair: Pair, sides: Sides, found: Contrast, clusters: Sequence[str] | None
    ) -> Evidence:
        higher = pair.standing.direction == "higher"
        levels = sides.levels() if clusters is None else None
        if levels is not None:
            return _mcnemar(sides, levels, higher=higher)
        from snitch.checks.statistics.bootstrap import RESAMPLES  # noqa: PLC0415 - rarely needed
        from snitch.checks.statistics.bootstrap import resample  # noqa: PLC0415 - rarely needed

        result = resample(found, self.seed, clusters, numpy=find_numpy())
        if result.units < LEAST_UNITS:
            message = f"{result.units} items or clusters are too few to draw from"
            raise NoEvidenceError(message)
        low, high = result.interval
        count = f"{len(sides.deployed):,} items"
        if clusters is not None:
            count += f" in {result.units:,} clusters"
        return Evidence(
            p=result.worse if higher else result.better,
            interval=(low, high) if higher else (-high, -low),
            detectable=result.detectable,
            sample=f"{count}, paired bootstrap of {RESAMPLES:,} draws",
        )


def _useless(scores: ItemScores | None, whose: str) -> str | None:
    """Why one release's items cannot be paired with any; None where they can."""
    if scores is None:
        return f"the {whose} gives no per-item results"
    if scores.reason is not None:
        return f"of the {whose}'s items, {scores.reason}"
    return f"an item of the {whose} appears twice" if scores.duplicates else None


def sides_of(deployed: tuple[ItemScores, Score], candidate: tuple[ItemScores, Score]) -> Sides:
    """The items of one metric in both releases.

    Raises:
        NoEvidenceError: the two cannot be compared.
    """
    (old, theirs), (new, ours) = deployed, candidate
    before, after, scale = aligned(old.numbers[theirs.column], new.numbers[ours.column])
    if theirs.label is None and ours.label is None:
        return Sides(before, after, scale, None)
    if theirs.label is None or ours.label is None:
        message = "only one of the two releases gives a `label`"
        raise WithheldError(message)
    labels, again, unit = aligned(old.numbers[theirs.label], new.numbers[ours.label])
    if list(labels) != list(again):
        message = "the labels differ between the two releases' items"
        raise WithheldError(message)
    if not {0, unit}.issuperset(labels):
        message = "a label is neither 0 nor 1"
        raise NoEvidenceError(message)
    return Sides(before, after, scale, [label // unit for label in labels])


def _only(sides: Sides, members: Sequence[int] | None) -> Sides:
    if members is None:
        return sides
    labels = None if sides.labels is None else [sides.labels[i] for i in members]
    return Sides(
        [sides.deployed[i] for i in members],
        [sides.candidate[i] for i in members],
        sides.scale,
        labels,
    )


def _clusters(old: ItemScores, members: Sequence[int] | None) -> Sequence[str] | None:
    texts = None if old.cluster is None else old.texts.get(old.cluster)
    if texts is None or members is None:
        return texts
    return [texts[i] for i in members]


def _refuse_contradiction(pair: Pair, found: Contrast) -> None:
    """Items that give another value than the metrics file claims are evidence of nothing."""
    deployed = pair.deployed.value if pair.deployed is not None else None
    if deployed is not None and not agrees(deployed, found.deployed):
        raise NoEvidenceError(_contradiction("deployed release", deployed, found.deployed))
    value = pair.metric.value
    if value is not None and not agrees(value, found.candidate):
        raise WithheldError(_contradiction("candidate", value, found.candidate))


def _contradiction(whose: str, written: Decimal, computed: Fraction) -> str:
    return (
        f"the items of the {whose} give {float(computed):.6g} and not the {plain(written)} of its "
        "metrics file"
    )


def _mcnemar(sides: Sides, levels: tuple[int, int], *, higher: bool) -> Evidence:
    low, high = levels
    good = high if higher else low
    pairs = [(a == good, b == good) for a, b in zip(sides.deployed, sides.candidate, strict=True)]
    both, worse, better = (pairs.count(it) for it in ((True, True), (True, False), (False, True)))
    found = of_counts(both, worse, better, len(pairs) - both - worse - better)
    step = (high - low) / sides.scale
    interval = (found.interval[0] * step, found.interval[1] * step)
    return replace(found, interval=interval, detectable=found.detectable * step)


def of_counts(both: int, worse: int, better: int, neither: int) -> Evidence:
    """The exact test of a table of items that both, one or none of the releases got right."""
    from snitch.checks.statistics import mcnemar  # noqa: PLC0415 - rarely needed
    from snitch.checks.statistics import newcombe  # noqa: PLC0415 - rarely needed
    from snitch.checks.statistics import power  # noqa: PLC0415 - rarely needed

    n = both + worse + better + neither
    return Evidence(
        p=mcnemar.p_value(worse, better),
        interval=newcombe.paired(both, worse, better, neither),
        detectable=power.of_pairs(n, worse + better),
        sample=f"{n:,} items, {worse:,} worse and {better:,} better, McNemar's exact test",
    )
