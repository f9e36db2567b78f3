"""What a test of significance says in a message."""

from __future__ import annotations

import pytest

from snitch.checks.evidence import Evidence
from snitch.checks.evidence import amount
from snitch.checks.evidence import corrected
from snitch.checks.evidence import probability


def evidence(p: float, family: int = 1) -> Evidence:
    return Evidence(p, (0.01, 0.02), 0.005, "2,000 items", family)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (-1.0, "-1"),
        (10.0, "10"),
        (0.0312, "0.031"),
        (123.4, "120"),
        (1e-9, "0.000000001"),
        (1e-10, "0.0000000001"),
        (9e-11, "0"),
        (-1e-17, "0"),
    ],
)
def test_an_amount_has_two_digits_that_count_and_no_exponent(value: float, text: str) -> None:
    assert amount(value) == text


def test_a_tiny_probability_is_only_bounded() -> None:
    assert probability(0.00009) == "p < 0.0001"
    assert probability(0.0001) == "p = 0.0001"
    assert probability(0.0512) == "p = 0.051"


def test_a_damage_at_the_level_is_not_significant() -> None:
    assert evidence(0.0499).significant
    assert not evidence(0.05).significant


def test_only_a_family_of_tests_speaks_of_the_correction() -> None:
    assert evidence(0.01).told() == (
        "2,000 items; p = 0.01, 95 % interval of the loss from 0.01 to 0.02; this sample shows "
        "losses from 0.005 on"
    )
    assert "p = 0.01 (Holm's correction for 2 slices), 95 %" in evidence(0.01, 2).told()


def test_slices_without_damage_count_in_the_family() -> None:
    (alone,) = corrected([evidence(0.01)], 0)
    (one, other) = corrected([evidence(0.01), evidence(0.04)], 2)
    assert (alone.p, alone.family) == (0.01, 1)
    assert (one.p, other.p) == pytest.approx((0.04, 0.12))
    assert (one.family, other.family) == (4, 4)
