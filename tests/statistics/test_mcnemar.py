"""McNemar's exact test against SciPy, statsmodels and published tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar

from snitch.checks.statistics.mcnemar import p_value

COUNTS = st.integers(0, 400)


def agrees(worse: int, better: int) -> None:
    expected = 1.0
    if worse + better:
        expected = binomtest(worse, worse + better, 0.5, alternative="greater").pvalue
    assert math.isclose(p_value(worse, better), expected, rel_tol=1e-11, abs_tol=1e-12)


@settings(max_examples=300)
@given(COUNTS, COUNTS)
def test_it_is_scipys_binomial_test(worse: int, better: int) -> None:
    agrees(worse, better)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_it_is_scipys_binomial_test_on_many_tables(worse: int, better: int) -> None:
    agrees(worse, better)


@settings(max_examples=100)
@given(st.integers(0, 60), COUNTS, COUNTS, st.integers(0, 60))
def test_doubled_it_is_the_two_sided_test_of_statsmodels(
    both: int, worse: int, better: int, neither: int
) -> None:
    expected = mcnemar([[both, worse], [better, neither]], exact=True).pvalue
    if worse + better:
        found = min(1.0, 2 * p_value(max(worse, better), min(worse, better)))
        assert math.isclose(found, expected, rel_tol=1e-11, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("worse", "better", "two_sided"),
    [
        # M. W. Fagerland, S. Lydersen and P. Laake, "Recommended tests and confidence intervals
        # for paired binomial proportions", Statistics in Medicine 33 (2014): the studies of
        # Bentur et al. (2009) and Cavo et al. (2012).
        (7, 1, 0.0703),
        (16, 6, 0.0525),
    ],
)
def test_the_test_gives_what_published_tables_give(
    worse: int, better: int, two_sided: float
) -> None:
    assert round(2 * p_value(worse, better), 4) == two_sided


def test_a_hundred_thousand_discordant_items_are_no_trouble() -> None:
    expected = float(binom.sf(50_299, 100_000, 0.5))
    assert math.isclose(p_value(50_300, 49_700), expected, rel_tol=1e-9)
    assert p_value(49_700, 50_300) > 0.9


def test_no_disagreement_and_no_loss_are_no_evidence() -> None:
    assert p_value(0, 0) == 1.0
    assert p_value(0, 10) == 1.0
    assert p_value(1, 0) == 0.5
    assert p_value(400, 0) == 0.5**400


@settings(max_examples=200)
@given(COUNTS, COUNTS)
def test_both_directions_share_the_middle(worse: int, better: int) -> None:
    n = worse + better
    middle = math.comb(n, worse) / 2**n
    assert math.isclose(p_value(worse, better) + p_value(better, worse), 1 + middle)


def test_large_tables_are_computed_as_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [(30_500, 29_900), (59_000, 1_000), (26_000, 26_001), (50_001, 0)]
    quick = [p_value(*table) for table in tables]
    monkeypatch.setattr("snitch.checks.statistics.mcnemar.MOST_WHOLE", 10**9)
    assert quick == [p_value(*table) for table in tables]
