"""Newcombe's intervals against statsmodels, a second derivation and the papers' tables."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.proportion import proportion_confint

from snitch.checks.statistics.newcombe import independent
from snitch.checks.statistics.newcombe import paired
from snitch.checks.statistics.newcombe import wilson

CELL = st.integers(0, 200)
SAME = 1e-9


def derived(both: int, worse: int, better: int, neither: int) -> tuple[float, float]:
    """The paired interval step by step, from Wilson intervals that statsmodels computes."""
    n = both + worse + better + neither
    old, new = both + worse, both + better
    low1, high1 = proportion_confint(old, n, method="wilson")
    low2, high2 = proportion_confint(new, n, method="wilson")
    margin = old * (n - old) * new * (n - new)
    cross = both * neither - worse * better
    phi = 0.0
    if margin:
        phi = (max(cross - n / 2, 0) if cross > 0 else cross) / sqrt(margin)
    below, above = old / n - low1, high1 - old / n
    under, over = new / n - low2, high2 - new / n
    difference = (old - new) / n
    return (
        difference - sqrt(max(0, below**2 - 2 * phi * below * over + over**2)),
        difference + sqrt(max(0, above**2 - 2 * phi * above * under + under**2)),
    )


def agrees(table: tuple[int, int, int, int]) -> None:
    low, high = derived(*table)
    assert paired(*table) == pytest.approx((max(-1, low), min(1, high)), abs=SAME)


@settings(max_examples=300)
@given(st.tuples(CELL, CELL, CELL, CELL))
def test_the_paired_interval_is_the_published_formula(table: tuple[int, int, int, int]) -> None:
    assume(sum(table) > 0)
    agrees(table)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(st.tuples(*[st.integers(0, 20_000)] * 4))
def test_the_paired_interval_is_the_published_formula_on_many_tables(
    table: tuple[int, int, int, int],
) -> None:
    assume(sum(table) > 0)
    agrees(table)


@settings(max_examples=300)
@given(CELL, CELL, CELL, CELL)
def test_the_unpaired_interval_is_that_of_statsmodels(a: int, b: int, c: int, d: int) -> None:
    assume(a + b > 0)
    assume(c + d > 0)
    expected = confint_proportions_2indep(a, a + b, c, c + d, method="newcomb", compare="diff")
    low, high = expected
    found = independent((a, a + b), (c, c + d))
    assert found == pytest.approx((max(-1, low), min(1, high)), abs=SAME)


@settings(max_examples=200)
@given(CELL, st.integers(1, 200))
def test_wilsons_interval_is_that_of_statsmodels(successes: int, failures: int) -> None:
    n = successes + failures
    expected = proportion_confint(successes, n, method="wilson")
    assert wilson(successes, n) == pytest.approx(expected, abs=SAME)


@pytest.mark.parametrize(
    ("one", "other", "interval"),
    [
        # Newcombe, Statistics in Medicine 17, 873-890 (1998), table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_unpaired_intervals_are_those_of_the_paper(
    one: tuple[int, int], other: tuple[int, int], interval: tuple[float, float]
) -> None:
    assert independent(one, other) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(
    ("table", "interval"),
    [
        # Newcombe, Statistics in Medicine 17, 2635-2650 (1998), method 10.
        ((36, 12, 2, 0), (0.0569, 0.3404)),
        # M. W. Fagerland, S. Lydersen and P. Laake, "Statistical Analysis of Contingency Tables"
        # (2017), chapter 8: the studies of Bentur et al. (2009) and Cavo et al. (2012).
        ((1, 1, 7, 12), (-0.507, -0.026)),
        ((59, 6, 16, 80), (-0.1186, -0.0046)),
    ],
)
def test_paired_intervals_are_those_of_the_paper(
    table: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    assert paired(*table) == pytest.approx(interval, abs=5e-4)


@settings(max_examples=200)
@given(st.tuples(CELL, CELL, CELL, CELL))
def test_exchanging_the_models_turns_the_interval_round(table: tuple[int, int, int, int]) -> None:
    assume(sum(table) > 0)
    both, worse, better, neither = table
    low, high = paired(both, better, worse, neither)
    assert paired(*table) == pytest.approx((-high, -low), abs=1e-12)


@settings(max_examples=200)
@given(st.tuples(CELL, CELL, CELL, CELL))
def test_counting_failures_for_successes_turns_it_round_too(
    table: tuple[int, int, int, int],
) -> None:
    assume(sum(table) > 0)
    both, worse, better, neither = table
    low, high = paired(neither, better, worse, both)
    assert paired(*table) == pytest.approx((-high, -low), abs=1e-12)
