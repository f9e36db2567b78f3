"""The numbers behind the other sections of docs/regression.md, each from a few lines.

Run it with `python -m benchmarks.simulate_choices`; the seed makes it repeatable.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from snitch.checks.statistics.holm import adjusted
from snitch.checks.statistics.mcnemar import p_value
from snitch.checks.statistics.normal import LEVEL
from snitch.checks.statistics.normal import quantile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

DRAWS = 10_000
SIZE = 2_000
DISAGREEMENT = 0.08
TOLERANCE = 0.005
FACTOR = 3
BOUND = 0.85
LARGEST = 0.015
SLICE = 200
SLICE_TOLERANCE = 0.02


def discordant(
    random: np.random.RandomState, size: int, drop: float, draws: int | tuple[int, int]
) -> tuple[Counts, Counts]:
    """Items that only the deployed model, and only the candidate, gets right."""
    worse, better = (DISAGREEMENT + drop) / 2, (DISAGREEMENT - drop) / 2
    found = random.multinomial(size, [worse, better, 1 - worse - better], draws)
    return found[..., 0], found[..., 1]


def share(condition: NDArray[np.bool_]) -> str:
    """A frequency in percent."""
    return f"{100 * float(np.mean(condition)):.1f} %"


def changed_benchmark(random: np.random.RandomState) -> Iterator[str]:
    """Two benchmark versions compared as if they were one, tolerance 0.005."""
    for what, shift, drop in (
        ("an equal model, the new version 1 point harder", 0.01, 0.0),
        ("a model 3 points worse, the new version 3 points easier", -0.03, 0.03),
    ):
        old = random.binomial(SIZE, 0.9, DRAWS) / SIZE
        new = random.binomial(SIZE, 0.9 - drop - shift, DRAWS) / SIZE
        yield f"{what}: blocked {share(old - new > TOLERANCE)}"


def rollback(random: np.random.RandomState) -> Iterator[str]:
    """A return to an older release that is truly a little worse, judged as a candidate."""
    for drop in (0.005, 0.01, 0.02):
        worse, better = discordant(random, SIZE, drop, DRAWS)
        blocked = share(worse - better > TOLERANCE * SIZE)
        yield f"back to a release {100 * drop:g} points worse: blocked {blocked}"


def first_release(random: np.random.RandomState) -> Iterator[str]:
    """A bound is held against a measurement, not against the truth."""
    for truth in (0.83, 0.84, 0.85, 0.86, 0.87):
        found = random.binomial(SIZE, truth, DRAWS) / SIZE
        yield f"`min: 0.85`, true accuracy {truth}: passes {share(found >= BOUND)}"


def required_gain(random: np.random.RandomState) -> Iterator[str]:
    """A demanded improvement of 0.005."""
    for gain in (0.0, 0.005, 0.01, 0.02):
        worse, better = discordant(random, SIZE, -gain, DRAWS)
        found = share(better - worse >= TOLERANCE * SIZE)
        yield f"`min_gain: 0.005`, truly better by {100 * gain:g} points: passes {found}"


def drift(random: np.random.RandomState) -> Iterator[str]:
    """Ten releases, each losing the same; tolerance 0.005, factor 3, inexact measurement."""
    for loss in (0.0, 0.001, 0.002, 0.004):
        values = np.full(DRAWS, 0.9)
        best, blocked, warned = values.copy(), np.zeros(DRAWS, bool), np.zeros(DRAWS, bool)
        for _ in range(10):
            worse, better = discordant(random, 10_000, loss, DRAWS)
            new = values - (worse - better) / 10_000
            blocked |= values - new > TOLERANCE
            warned |= (best - new > FACTOR * TOLERANCE) & (new < values)
            values, best = new, np.maximum(best, new)
        yield (
            f"true loss of {100 * loss:g} points a release, ten times: blocked at least once "
            f"{share(blocked)}, warned of the slide {share(warned)}"
        )


def overuse(random: np.random.RandomState) -> Iterator[str]:
    """The best of several equal candidates looks better than it is."""
    for count in (1, 5, 20, 100):
        worse, better = discordant(random, SIZE, 0.0, (DRAWS // 10, count))
        gain = ((better - worse) / SIZE).max(axis=1).mean()
        yield f"the best of {count} equal candidates: gains {100 * gain:.2f} points by chance"


def slices(random: np.random.RandomState) -> Iterator[str]:
    """Twenty gating slices of 200 items each, tolerance 0.02; `inconclusive: warn`."""
    for what, drop in (("equal in all", 0.0), ("10 points worse in one", 0.1)):
        draws = 2_000
        worse, better = discordant(random, SLICE, 0.0, (draws, 20))
        if drop:
            lost, won = drop + 0.02, 0.02
            odd = random.multinomial(SLICE, [lost, won, 1 - lost - won], draws)
            worse[:, 0], better[:, 0] = odd[:, 0], odd[:, 1]
        found: Counter[str] = Counter()
        for row in zip(worse.tolist(), better.tolist(), strict=True):
            tests = [p_value(a, b) for a, b in zip(*row, strict=True)]
            losses = [(a - b) / SLICE for a, b in zip(*row, strict=True)]
            found["exact"] += max(losses) > SLICE_TOLERANCE
            found["each"] += min(tests) < LEVEL
            found["holm"] += min(adjusted(tests)) < LEVEL
        told = {name: f"{100 * count / draws:.1f} %" for name, count in found.items()}
        yield (
            f"{what}: some slice blocked by exact comparison {told['exact']}, by a test each "
            f"{told['each']}, with Holm's correction {told['holm']}"
        )


def without_pairs(random: np.random.RandomState) -> Iterator[str]:
    """Two accuracies and the number of items, nothing else: the test cannot see the overlap."""
    draws = 10 * DRAWS
    for what, size, shared in (
        ("8 % of 2,000 items decided differently", SIZE, True),
        ("two samples of 2,000 items each", SIZE, False),
        ("two samples of 3,600 items each", 3_600, False),
    ):
        for drop in (0.0, 0.03):
            if shared:
                worse, better = discordant(random, size, drop, draws)
                right = (0.9 - (DISAGREEMENT + drop) / 2) / (1 - DISAGREEMENT)
                both = random.binomial(size - worse - better, right)
                old, new = (both + worse) / size, (both + better) / size
            else:
                old = random.binomial(size, 0.9, draws) / size
                new = random.binomial(size, 0.9 - drop, draws) / size
            middle = (old + new) / 2
            error = np.sqrt(2 * middle * (1 - middle) / size)
            blocked = old - new > quantile(1 - LEVEL) * error
            dropped = blocked | (old - new > LARGEST)
            yield (
                f"{what}, {100 * drop:g} points worse: blocked {share(blocked)}, "
                f"with `max_drop: {LARGEST}` {share(dropped)}"
            )


SECTIONS = (
    without_pairs,
    changed_benchmark,
    rollback,
    first_release,
    required_gain,
    drift,
    overuse,
    slices,
)


def main() -> None:
    """Print every section's numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the draws")
    options = parser.parse_args()
    for section in SECTIONS:
        print(f"\n{section.__name__}")  # noqa: T201 - a script
        for line in section(np.random.RandomState(options.seed)):
            print(f"- {line}")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
