"""Holm's correction against statsmodels; detectable drops against the power they promise."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests

from snitch.checks.statistics.holm import adjusted
from snitch.checks.statistics.normal import quantile
from snitch.checks.statistics.normal import upper_tail
from snitch.checks.statistics.power import of_error
from snitch.checks.statistics.power import of_pairs


@settings(max_examples=30)  # statsmodels takes its time
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_holm_is_that_of_statsmodels(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="holm")[1]
    assert adjusted(p_values) == pytest.approx(list(expected), abs=1e-12)


def test_holms_own_step_down() -> None:
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert adjusted([]) == []


@settings(max_examples=100)
@given(st.floats(-8, 8))
def test_the_tail_is_scipys(z: float) -> None:
    assert upper_tail(z) == pytest.approx(norm.sf(z), rel=1e-12)


@settings(max_examples=100)
@given(st.floats(1e-6, 1 - 1e-6))
def test_the_quantile_is_scipys(share: float) -> None:
    assert quantile(share) == pytest.approx(norm.ppf(share), rel=1e-9, abs=1e-9)


@settings(max_examples=200)
@given(st.integers(500, 100_000), st.floats(0.02, 0.5))
def test_a_detectable_drop_of_pairs_has_its_power(n: int, share: float) -> None:
    discordant = int(n * share)
    psi = discordant / n
    drop = of_pairs(n, discordant)
    reached = (drop * sqrt(n) - quantile(0.95) * sqrt(psi)) / sqrt(psi - drop**2)
    assert norm.cdf(reached) == pytest.approx(0.8, abs=1e-9)


def test_the_exact_test_shows_about_as_much() -> None:
    discordant, n = 200, 2_000
    drop = of_pairs(n, discordant)
    least = int(binom.isf(0.05, discordant, 0.5)) + 1
    power = binom.sf(least - 1, discordant, 0.5 + drop * n / discordant / 2)
    assert 0.75 < power < 0.85


def test_few_disagreements_show_no_small_drop() -> None:
    assert of_pairs(1_000, 0) == pytest.approx(0.005)
    assert of_pairs(4, 2) == 1.0


def test_a_detectable_difference_has_its_power() -> None:
    drop = of_error(0.01)
    assert norm.sf(norm.ppf(0.95) - drop / 0.01) == pytest.approx(0.8)
