"""Tests of significance from summaries: standard errors, and shares of so many items."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt

import pytest
from measured import measured
from measured import model
from scipy.stats import norm

from snitch.checks.samples import standard_error
from snitch.checks.summaries import from_error
from snitch.checks.summaries import from_proportions
from snitch.checks.summaries import is_proportion
from snitch.testing import release


def test_shares_of_items_are_weighed_by_their_pooled_error() -> None:
    found = from_proportions(Decimal("0.88"), Decimal("0.9"), 500, "higher")
    error = sqrt(2 * 0.89 * 0.11 / 500)
    assert found.p == pytest.approx(norm.sf(0.02 / error))
    assert found.detectable == pytest.approx((norm.ppf(0.95) + norm.ppf(0.8)) * error)
    assert found.interval[0] < 0.02 < found.interval[1]
    assert found.sample == "500 items on either side, unpaired"


def test_where_lower_is_better_the_damage_is_a_rise() -> None:
    lower = from_proportions(Decimal("0.12"), Decimal("0.1"), 500, "lower")
    higher = from_proportions(Decimal("0.88"), Decimal("0.9"), 500, "higher")
    assert lower.p == pytest.approx(higher.p)
    assert lower.interval == pytest.approx(higher.interval)


def test_without_any_spread_only_a_damage_is_evidence() -> None:
    assert from_proportions(Decimal(1), Decimal(1), 10, "higher").p == 1
    assert from_error(Decimal(0), 0.0).p == 1
    assert from_error(Decimal("0.1"), 0.0).p == 0


def test_a_standard_error_stands_for_both_releases() -> None:
    found = from_error(Decimal("0.02"), 0.01)
    both = 0.01 * sqrt(2)
    assert found.p == pytest.approx(norm.sf(0.02 / both))
    assert found.interval == pytest.approx(
        (0.02 - norm.ppf(0.975) * both, 0.02 + norm.ppf(0.975) * both)
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("accuracy", "0.9", True),
        ("accuracy", "1", True),
        ("accuracy", "0", True),
        ("accuracy", "1.01", False),
        ("accuracy", "-0.01", False),
        ("test.Accuracy", "0.9", True),
        ("auc", "0.9", False),
    ],
)
def test_shares_of_items_are_known_by_name_and_size(
    name: str,
    value: str,
    expected: bool,  # noqa: FBT001 - one column of the table
) -> None:
    one = release(model(measured(f'"{name}": {value}')))
    assert is_proportion(one.metrics[None, name]) is expected


def test_an_interval_is_as_good_as_a_standard_error() -> None:
    one = release(
        model(measured('"a": {"value": 1, "stderr": 0.5}, "b": {"value": 1, "ci": [0.5, 1.5]}'))
    )
    assert standard_error(one.metrics[None, "a"]) == 0.5
    assert standard_error(one.metrics[None, "b"]) == pytest.approx(0.5 / norm.ppf(0.975))
