"""The bootstrap against SciPy and plain recomputation, and with NumPy against itself without."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import bootstrap
from scipy.stats import mannwhitneyu

from snitch.checks.statistics.bootstrap import MAX_UNITS
from snitch.checks.statistics.bootstrap import Resampled
from snitch.checks.statistics.bootstrap import resample
from snitch.checks.statistics.calibration import of_brier
from snitch.checks.statistics.calibration import of_calibration
from snitch.checks.statistics.calibration import of_reliability
from snitch.checks.statistics.classification import of_f1
from snitch.checks.statistics.contrast import Contrast
from snitch.checks.statistics.contrast import of_means
from snitch.checks.statistics.draws import sums
from snitch.checks.statistics.ranking import of_areas

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SCALE = 10**6
ERROR = 0.35
"""Of standard deviations. A 2.5 % quantile of 2,000 draws has an error of 0.06 of them, one of
SciPy's of 0.03; five times both together is what two correct answers may differ by."""
SELDOM = 0.6
"""The same for the worst of 20,000 answers, some of them about means with heavy tails."""


def ints(values: Any) -> list[int]:
    return [int(v) for v in np.round(np.asarray(values) * SCALE)]


def close(found: Resampled, low: float, high: float, spread: float, error: float = ERROR) -> None:
    assert abs(found.interval[0] - low) < error * spread
    assert abs(found.interval[1] - high) < error * spread


def mean_case(seed: int, n: int, error: float = ERROR) -> None:
    random = np.random.default_rng(seed)
    kind = seed % 3
    old = random.exponential(1, n) if kind == 0 else random.normal(0, 1, n)
    new = old + (random.normal(0.02, 0.5, n) if kind < 2 else random.standard_t(4, n))
    change = old - new
    found = resample(of_means(ints(old), ints(new), SCALE), seed, numpy=np)
    expected = bootstrap((change,), np.mean, n_resamples=4_000, method="percentile", rng=random)
    low, high = expected.confidence_interval
    close(found, low, high, change.std() / n**0.5, error)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(30, 2_000))
def test_means_have_scipys_interval(seed: int, n: int) -> None:
    mean_case(seed, n)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(st.integers(0, 2**32 - 1), st.integers(30, 300))
def test_means_have_scipys_interval_for_many_samples(seed: int, n: int) -> None:
    mean_case(seed, n, SELDOM)


def test_grouped_items_have_scipys_interval() -> None:
    mean_case(7, MAX_UNITS + 1_001)


def probabilities(seed: int, n: int) -> tuple[Floats, Floats, Floats]:
    random = np.random.default_rng(seed)
    labels = (random.random(n) < 0.3).astype(float)

    def side(skill: float) -> Floats:
        noisy = 0.3 + skill * (labels - 0.3) + random.normal(0, 0.2, n)
        return np.asarray(np.round(np.clip(noisy, 0, 1), 6), dtype=np.float64)

    return side(0.5), side(0.45), labels


def auc(score: Floats, labels: Floats) -> float:
    positive, negative = score[labels == 1], score[labels == 0]
    below = np.searchsorted(np.sort(negative), positive, side="left")
    upto = np.searchsorted(np.sort(negative), positive, side="right")
    return float((below + upto).sum() / 2 / len(positive) / len(negative))


def f1(score: Floats, labels: Floats) -> float:
    called = score >= 0.5
    hits = (called & (labels == 1)).sum()
    return float(2 * hits / (2 * hits + (called != (labels == 1)).sum()))


def brier(score: Floats, labels: Floats) -> float:
    return float(np.mean((score - labels) ** 2))


def ece(score: Floats, labels: Floats) -> float:
    edges = np.linspace(0, 1, 16)
    bins = np.clip(np.searchsorted(edges, score, side="left") - 1, 0, 14)
    gaps = [abs((score - labels)[bins == b].sum()) for b in range(15)]
    return float(sum(gaps) / len(score))


def gap(score: Floats, labels: Floats) -> float:
    near = (score >= 0.45) & (score <= 0.55)
    return float(abs((score - labels)[near].mean()))


def of_probabilities(name: str, old: Floats, new: Floats, labels: Floats) -> Contrast:
    y = [int(label) for label in labels]
    a, b = ints(old), ints(new)
    found: Contrast | None
    match name:
        case "auc":
            found = of_areas(a, b, y)
        case "f1":
            found = of_f1([p >= SCALE // 2 for p in a], [p >= SCALE // 2 for p in b], y)
        case "brier":
            found = of_brier(a, b, y, SCALE)
        case "ece":
            found = of_calibration(a, b, y, SCALE)
        case _:
            found = of_reliability(a, b, y, SCALE, Fraction(1, 2))
    assert found is not None
    return found


COMPOSITES: dict[str, Callable[[Floats, Floats], float]] = {
    "auc": auc,
    "f1": f1,
    "brier": brier,
    "ece": ece,
    "reliability_gap": gap,
}


@pytest.mark.parametrize("name", COMPOSITES)
@pytest.mark.parametrize("seed", [1, 2])
def test_composites_are_what_recomputing_them_gives(name: str, seed: int) -> None:
    old, new, labels = probabilities(seed, 1_500)
    statistic = COMPOSITES[name]
    contrast = of_probabilities(name, old, new, labels)
    assert float(contrast.deployed) == pytest.approx(statistic(old, labels), abs=1e-9)
    assert float(contrast.candidate) == pytest.approx(statistic(new, labels), abs=1e-9)
    random = np.random.default_rng(seed)
    values = []
    for _ in range(2_000):
        drawn = random.integers(0, len(labels), len(labels))
        values.append(statistic(old[drawn], labels[drawn]) - statistic(new[drawn], labels[drawn]))
    low, high = np.quantile(values, [0.025, 0.975])
    close(resample(contrast, seed, numpy=np), low, high, float(np.std(values)))


def test_the_area_is_that_of_mann_and_whitney() -> None:
    old, new, labels = probabilities(5, 400)
    contrast = of_probabilities("auc", np.round(old, 1), np.round(new, 1), labels)
    score = np.round(old, 1)
    u = mannwhitneyu(score[labels == 1], score[labels == 0]).statistic
    pairs = labels.sum() * (1 - labels).sum()
    assert float(contrast.deployed) == pytest.approx(u / pairs, abs=1e-12)


@settings(max_examples=40)
@given(
    st.integers(1, 60).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-(2**40), 2**40), min_size=n, max_size=n), min_size=1, max_size=4
        )
    ),
    st.integers(0, 2**32),
)
def test_sums_are_the_same_without_numpy(columns: list[list[int]], seed: int) -> None:
    assert sums(columns, seed, 20, np) == sums(columns, seed, 20, None)


@settings(max_examples=15)
@given(
    st.lists(st.tuples(*[st.integers(-(10**30), 10**30)] * 2), min_size=1, max_size=50),
    st.integers(0, 1000),
)
def test_results_are_the_same_without_numpy_to_the_last_digit(
    items: list[tuple[int, int]], seed: int
) -> None:
    contrast = of_means([a for a, _ in items], [b for _, b in items], SCALE)
    assert resample(contrast, seed, numpy=np) == resample(contrast, seed, numpy=None)


@pytest.mark.parametrize("name", COMPOSITES)
def test_composites_are_the_same_without_numpy_to_the_last_digit(name: str) -> None:
    contrast = of_probabilities(name, *probabilities(3, 500))
    assert repr(resample(contrast, 9, numpy=np)) == repr(resample(contrast, 9, numpy=None))


@settings(max_examples=15)
@given(st.lists(st.tuples(*[st.integers(-1000, 1000)] * 2), min_size=2, max_size=80))
def test_exchanging_the_models_mirrors_the_result(items: list[tuple[int, int]]) -> None:
    old, new = [a for a, _ in items], [b for _, b in items]
    one = resample(of_means(old, new, 7), 3, numpy=np)
    other = resample(of_means(new, old, 7), 3, numpy=np)
    assert (one.worse, one.better) == (other.better, other.worse)
    assert one.interval == (-other.interval[1], -other.interval[0])


def test_clusters_are_drawn_whole() -> None:
    random = np.random.default_rng(11)
    change = ints(random.normal(0.01, 1, 300))
    alone = resample(of_means(change, [0] * 300, SCALE), 1, numpy=np)
    copies = [value for value in change for _ in range(20)]
    clusters = [str(index // 20) for index in range(6_000)]
    whole = resample(of_means(copies, [0] * 6_000, SCALE), 1, clusters, numpy=np)
    assert whole.units == 300
    assert whole.interval == pytest.approx(alone.interval)
    apart = resample(of_means(copies, [0] * 6_000, SCALE), 1, numpy=np)
    assert apart.detectable < whole.detectable / 3


def test_clusters_of_many_sizes_keep_the_mean_of_items() -> None:
    random = np.random.default_rng(12)
    sizes = random.integers(1, 40, 200)
    clusters = [str(index) for index, size in enumerate(sizes) for _ in range(size)]
    change = ints(random.normal(0, 1, len(clusters)))
    found = resample(of_means(change, [0] * len(change), SCALE), 1, clusters, numpy=np)
    mean = sum(change) / len(change) / SCALE
    assert found.interval[0] < mean < found.interval[1]


def test_no_difference_at_all_is_no_evidence() -> None:
    found = resample(of_means([5, 5, 5], [5, 5, 5], 10), 0, numpy=np)
    assert found.interval == (0.0, 0.0)
    assert found.worse == found.better == 1.0


def test_what_cannot_be_computed_is_no_contrast() -> None:
    assert of_areas([1, 2], [1, 2], [1, 1]) is None
    assert of_f1([False], [False], [0]) is None
    assert of_reliability([0], [0], [1], 1, Fraction(1, 2)) is None
