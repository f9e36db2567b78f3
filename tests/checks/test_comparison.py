"""The arithmetic of a comparison: exact, signed, and the same whichever way is up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from snitch.checks.comparison import EXACT
from snitch.checks.comparison import ZERO
from snitch.checks.comparison import allowance
from snitch.checks.comparison import broken_bound
from snitch.checks.comparison import compare
from snitch.checks.comparison import in_other_unit
from snitch.checks.comparison import outside
from snitch.checks.comparison import plain
from snitch.checks.comparison import rescaled
from snitch.checks.comparison import shortest
from snitch.policy.model import MetricStandard

EXAMPLES = settings(max_examples=300)
OTHER = {"higher": "lower", "lower": "higher"}


def d(text: str) -> Decimal:
    return Decimal(text)


def standard(**keys: str) -> MetricStandard:
    return MetricStandard(**{key: d(text) for key, text in keys.items()})


def breach(candidate: str, deployed: str, direction: str = "higher", **keys: str) -> str | None:
    return compare(d(candidate), d(deployed), direction, standard(**keys)).breach


def written() -> st.SearchStrategy[Decimal]:
    """Plain decimals as metrics files may hold them, 40 characters and ±60 included."""
    digits = st.integers(-(10**30), 10**30)
    return st.one_of(
        st.integers(-2000, 2000).map(lambda units: Decimal(units).scaleb(-3)),
        st.builds(lambda number, power: Decimal(f"{number}e{power}"), digits, st.integers(-60, 29)),
    )


def amounts() -> st.SearchStrategy[Decimal | None]:
    return st.one_of(st.none(), written().map(lambda value: value.copy_abs()))


STANDARDS = st.builds(
    lambda tolerance, share, drop, gain, warn: MetricStandard(
        tolerance=tolerance, relative_tolerance=share, max_drop=drop, min_gain=gain, warn=warn
    ),
    amounts(),
    st.one_of(st.none(), st.integers(0, 100).map(lambda percent: Decimal(percent).scaleb(-2))),
    amounts(),
    amounts(),
    amounts(),
)


@pytest.mark.parametrize(
    ("candidate", "deployed", "direction", "keys", "expected"),
    [
        ("0.910", "0.912", "higher", {"tolerance": "0.002"}, None),
        (
            "0.9099999999999999999999999999999999",
            "0.912",
            "higher",
            {"tolerance": "0.002"},
            "tolerance",
        ),
        ("0.78", "0.80", "higher", {"tolerance": "0.02"}, None),
        ("0.312", "0.310", "lower", {"tolerance": "0.002"}, None),
        ("0.3121", "0.310", "lower", {"tolerance": "0.002"}, "tolerance"),
        ("0.912", "0.912", "higher", {}, None),
        ("0.91199999999999999999999999999999999999", "0.912", "higher", {}, "tolerance"),
        ("0.913", "0.912", "higher", {}, None),
        ("0.913", "0.912", "lower", {}, "tolerance"),
        ("0.3131", "0.31", "lower", {"relative_tolerance": "0.01"}, None),
        ("0.31311", "0.31", "lower", {"relative_tolerance": "0.01"}, "relative_tolerance"),
        ("-0.202", "-0.2", "higher", {"relative_tolerance": "0.01"}, None),
        ("-0.2021", "-0.2", "higher", {"relative_tolerance": "0.01"}, "relative_tolerance"),
        ("0.90", "1", "higher", {"tolerance": "0.2", "relative_tolerance": "0.1"}, None),
        (
            "0.89",
            "1",
            "higher",
            {"tolerance": "0.2", "relative_tolerance": "0.1"},
            "relative_tolerance",
        ),
        ("0.89", "1", "higher", {"tolerance": "0.1", "relative_tolerance": "0.2"}, "tolerance"),
        ("0.89", "1", "higher", {"tolerance": "0.1", "relative_tolerance": "0.1"}, "tolerance"),
        ("0.95", "1", "higher", {"tolerance": "0.1", "max_drop": "0.05"}, None),
        ("0.94", "1", "higher", {"tolerance": "0.1", "max_drop": "0.05"}, "max_drop"),
        ("0.80", "1", "higher", {"tolerance": "0.1", "max_drop": "0.05"}, "tolerance"),
        ("1.05", "1", "higher", {"min_gain": "0.05"}, None),
        ("1.04", "1", "higher", {"min_gain": "0.05"}, "min_gain"),
        ("1", "1", "higher", {"min_gain": "0"}, None),
        ("0.95", "1", "lower", {"min_gain": "0.05"}, None),
        ("1", "1", "lower", {"min_gain": "0.05"}, "min_gain"),
        ("0.99", "1", "higher", {"tolerance": "0.02", "min_gain": "0"}, "min_gain"),
        ("0", "0", "lower", {"relative_tolerance": "0.5"}, None),
        ("0.1", "0", "lower", {"relative_tolerance": "0.5"}, "tolerance"),
        ("0.1", "0", "lower", {"relative_tolerance": "0.5", "tolerance": "0.1"}, None),
        ("-0.0", "0", "higher", {}, None),
        ("1e-60", "1e60", "higher", {}, "tolerance"),
    ],
)
def test_a_damage_of_exactly_what_is_allowed_passes_and_one_digit_more_fails(
    candidate: str, deployed: str, direction: str, keys: dict[str, str], expected: str | None
) -> None:
    assert breach(candidate, deployed, direction, **keys) == expected


@pytest.mark.parametrize(
    ("candidate", "keys", "slipped"),
    [
        ("0.911", {"warn": "0.001", "tolerance": "0.002"}, False),
        ("0.9109", {"warn": "0.001", "tolerance": "0.002"}, True),
        ("0.910", {"warn": "0.001", "tolerance": "0.002"}, True),
        ("0.909", {"warn": "0.001", "tolerance": "0.002"}, False),
        ("0.910", {"tolerance": "0.002"}, False),
        ("0.912", {"warn": "0", "tolerance": "0.002"}, False),
    ],
)
def test_a_metric_slips_past_warn_and_only_inside_its_tolerance(
    candidate: str, keys: dict[str, str], *, slipped: bool
) -> None:
    assert compare(d(candidate), d("0.912"), "higher", standard(**keys)).slipped is slipped


@pytest.mark.parametrize(
    ("candidate", "verdict"),
    [
        ("0.913", "improved"),
        ("0.9120", "equal"),
        ("0.911", "within-tolerance"),
        ("0.90", "regressed"),
    ],
)
def test_the_verdict_says_what_became_of_a_value(candidate: str, verdict: str) -> None:
    weighed = compare(d(candidate), d("0.912"), "higher", standard(tolerance="0.002"))
    assert weighed.verdict == verdict


def test_a_lost_relative_tolerance_is_told() -> None:
    given_both = standard(tolerance="0.1", relative_tolerance="0.5")
    assert compare(d("1"), d("0"), "lower", given_both).relative_lost
    assert not compare(d("1"), d("0.1"), "lower", given_both).relative_lost
    assert not compare(d("1"), d("0"), "lower", standard(tolerance="0.1")).relative_lost


def test_the_tolerance_of_a_comparison_is_absolute_and_exact() -> None:
    share = standard(relative_tolerance="0.0123456789012345678901234567890123")
    key, room = allowance(share, d("-0.9876543210987654321098765432109876543"))
    assert key == "relative_tolerance"
    expected = Fraction("0.0123456789012345678901234567890123") * Fraction(
        "0.9876543210987654321098765432109876543"
    )
    assert Fraction(room) == expected
    assert allowance(standard(), d("1")) == ("tolerance", ZERO)


def judged_by_fractions(
    candidate: Decimal, deployed: Decimal, direction: str, keys: MetricStandard
) -> tuple[bool, bool]:
    """(regressed, slipped), by other arithmetic and in another order."""
    gain = Fraction(candidate) - Fraction(deployed)
    gain = gain if direction == "higher" else -gain
    rooms = [Fraction(it) for it in (keys.tolerance,) if it is not None]
    if keys.relative_tolerance is not None and deployed:
        rooms.append(Fraction(keys.relative_tolerance) * abs(Fraction(deployed)))
    rooms = rooms or [Fraction(0)]
    if keys.max_drop is not None:
        rooms.append(Fraction(keys.max_drop))
    enough = keys.min_gain is None or gain >= Fraction(keys.min_gain)
    regressed = not (all(gain >= -room for room in rooms) and enough)
    return regressed, not regressed and keys.warn is not None and -gain > Fraction(keys.warn)


@EXAMPLES
@given(written(), written(), st.sampled_from(["higher", "lower"]), STANDARDS)
def test_an_oracle_of_fractions_agrees(
    candidate: Decimal, deployed: Decimal, direction: str, keys: MetricStandard
) -> None:
    weighed = compare(candidate, deployed, direction, keys)
    assert (weighed.breach is not None, weighed.slipped) == judged_by_fractions(
        candidate, deployed, direction, keys
    )
    assert Fraction(weighed.delta) == Fraction(candidate) - Fraction(deployed)


@EXAMPLES
@given(written(), written(), st.sampled_from(["higher", "lower"]), STANDARDS)
def test_turning_direction_and_signs_round_changes_nothing(
    candidate: Decimal, deployed: Decimal, direction: str, keys: MetricStandard
) -> None:
    one = compare(candidate, deployed, direction, keys)
    other = compare(candidate.copy_negate(), deployed.copy_negate(), OTHER[direction], keys)
    assert (one.damage, one.tolerance, one.breach, one.slipped) == (
        other.damage,
        other.tolerance,
        other.breach,
        other.slipped,
    )
    assert one.delta == other.delta.copy_negate()


@EXAMPLES
@given(written(), written(), amounts(), st.sampled_from(["higher", "lower"]), STANDARDS)
def test_a_worse_value_never_passes_where_a_better_one_fails(
    candidate: Decimal,
    deployed: Decimal,
    loss: Decimal | None,
    direction: str,
    keys: MetricStandard,
) -> None:
    loss = loss or Decimal(0)
    worse = (EXACT.subtract if direction == "higher" else EXACT.add)(candidate, loss)
    before = compare(candidate, deployed, direction, keys)
    after = compare(worse, deployed, direction, keys)
    assert before.breach is None or after.breach is not None
    assert not before.slipped or after.slipped or after.breach is not None


@pytest.mark.parametrize(
    ("value", "keys", "expected"),
    [
        ("0.85", {"min": "0.85"}, None),
        ("0.850", {"min": "0.85", "max": "0.85"}, None),
        ("0.8499999999999999999999999999999999999", {"min": "0.85"}, ("min", d("0.85"))),
        ("50", {"max": "50"}, None),
        ("50.00000000000000000000000000000000001", {"max": "50"}, ("max", d("50"))),
        ("-1", {"min": "0", "max": "1"}, ("min", d("0"))),
        ("7", {}, None),
    ],
)
def test_bounds_are_inclusive(
    value: str, keys: dict[str, str], expected: tuple[str, Decimal] | None
) -> None:
    assert broken_bound(d(value), standard(**keys)) == expected


@pytest.mark.parametrize(
    ("value", "is_outside"),
    [("0", False), ("1", False), ("0.5", False), ("1.0000001", True), ("-0.0000001", True)],
)
def test_a_range_is_inclusive(value: str, *, is_outside: bool) -> None:
    assert outside(d(value), (d("0"), d("1"))) is is_outside


@pytest.mark.parametrize(
    ("value", "limits", "expected"),
    [
        ("80.5", ("0", "1"), "0.805"),
        ("100", ("0", "1"), "1"),
        ("100.1", ("0", "1"), None),
        ("0.805", ("50", "100"), "80.5"),
        ("-80.5", ("0", "1"), None),
    ],
)
def test_a_changed_unit_explains_a_value_outside_its_range(
    value: str, limits: tuple[str, str], expected: str | None
) -> None:
    low, high = limits
    found = in_other_unit(d(value), (d(low), d(high)))
    assert found == (None if expected is None else d(expected))


@pytest.mark.parametrize(
    ("candidate", "deployed", "expected"),
    [
        ("80.5", "0.8053", True),
        ("0.8053", "80.5", True),
        ("90", "1", True),
        ("89.9", "1", False),
        ("1", "110", True),
        ("1", "110.1", False),
        ("-80.5", "0.805", True),
        ("0", "0", False),
        ("0", "1", False),
    ],
)
def test_about_a_hundred_times_is_another_unit(
    candidate: str, deployed: str, *, expected: bool
) -> None:
    assert rescaled(d(candidate), d(deployed)) is expected


@pytest.mark.parametrize(
    ("value", "as_written", "computed"),
    [
        ("0.910", "0.910", "0.91"),
        ("-0.0", "-0.0", "0"),
        ("0.00", "0.00", "0"),
        ("1e3", "1000", "1000"),
        ("100", "100", "100"),
        ("-5.50", "-5.50", "-5.5"),
        ("5.00", "5.00", "5"),
        ("1e-7", "0.0000001", "0.0000001"),
        ("1e24", "1" + "0" * 24, "1" + "0" * 24),
        ("1e25", "1E+25", "1E+25"),
        ("1e-24", "0." + "0" * 23 + "1", "0." + "0" * 23 + "1"),
        ("1e-25", "1E-25", "1E-25"),
        ("1.50e-30", "1.50E-30", "1.50E-30"),
        ("0e-40", "0." + "0" * 40, "0"),
    ],
)
def test_numbers_are_spelt_as_people_do(value: str, as_written: str, computed: str) -> None:
    assert plain(d(value)) == as_written
    assert shortest(d(value)) == computed


@EXAMPLES
@given(written())
def test_a_spelt_number_reads_back_as_itself(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert Decimal(shortest(value)) == value
