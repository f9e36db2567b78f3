"""What the gate does to equal and to worse models, as docs/regression.md says."""

from __future__ import annotations

import pytest

from benchmarks.simulate_regression import Setting
from benchmarks.simulate_regression import shares

DRAWS = 2_000
ERROR = 0.015
"""Three standard errors of a share of 5 % in so many draws."""


@pytest.mark.parametrize("size", [500, 2_000])
@pytest.mark.parametrize("mode", ["paired", "summary"])
@pytest.mark.parametrize("tolerance", [None, "0.005"])
def test_equal_models_are_blocked_at_most_once_in_twenty(
    mode: str, tolerance: str | None, size: int
) -> None:
    found = shares(Setting(mode, tolerance, lenient=True), size, 0, DRAWS, 1)
    assert found["block"] <= 0.05 + ERROR


@pytest.mark.parametrize("tolerance", [None, "0.005"])
def test_three_points_are_seen_on_two_thousand_items(tolerance: str | None) -> None:
    found = shares(Setting("paired", tolerance, lenient=True), 2_000, 3, DRAWS, 1)
    assert found["block"] >= 0.99


def test_caution_blocks_what_exact_comparison_blocks() -> None:
    cautious = shares(Setting("paired", "0.005"), 500, 0, 500, 1)
    exact = shares(Setting("exact", "0.005"), 500, 0, 500, 1)
    assert cautious == exact
