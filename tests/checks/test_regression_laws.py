"""Laws that the comparison keeps whatever the numbers, and another way to the same verdicts."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import compared
from measured import findings
from measured import measured

from snitch.checks.regression import CHECK
from snitch.findings import Finding
from snitch.findings import Severity

if TYPE_CHECKING:
    from random import Random

    from snitch.findings import Outcome

EXAMPLES = settings(max_examples=60)
POLICY = """\
metrics:
  auc: {tolerance: 0.02, warn: 0.01, min: 0.2}
  mae: {relative_tolerance: 5%, max: 0.9}
  f1: {min_gain: 0.01, max_drop: 0.5}
  "slices.s*.auc": {tolerance: 0.03}
"""
HIGHER = {"auc": True, "mae": False, "f1": True}
Values = dict[str, str]


def decimals() -> st.SearchStrategy[str]:
    return st.integers(0, 1000).map(lambda units: str(Decimal(units).scaleb(-3)))


def values() -> st.SearchStrategy[Values]:
    names = [*HIGHER, "s1/auc", "t1/auc"]
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, decimals()))


def text(of: Values) -> str:
    overall = [f"{json.dumps(name)}: {value}" for name, value in of.items() if "/" not in name]
    slices = [
        f'"{name.partition("/")[0]}": {{"auc": {value}}}'
        for name, value in of.items()
        if "/" in name
    ]
    return measured(", ".join(overall), ", ".join(slices))


def said(new: Values, old: Values | None) -> list[Finding]:
    return findings(compared(CHECK, text(new), None if old is None else text(old), POLICY))


def errors(of: list[Finding]) -> set[tuple[str, str | None, str | None]]:
    return {(one.rule.code, one.slice, one.metric) for one in of if one.level is Severity.ERROR}


def expected(new: Values, old: Values) -> set[tuple[str, str]]:
    """(code, metric) that must be errors, by fractions and without a look at the code."""
    found = set()
    for name, before in old.items():
        slice_ = name.startswith("s1")
        if name.startswith("t1"):
            continue
        if name not in new:
            found.add(("REG303" if slice_ else "REG302", name))
            continue
        one, other = Fraction(new[name]), Fraction(before)
        gain = one - other if HIGHER[name.rpartition("/")[2]] else other - one
        allowed = {
            "auc": gain >= Fraction("-0.02"),
            "mae": gain >= -Fraction("0.05") * other,
            "f1": gain >= Fraction("0.01"),
            "s1/auc": gain >= Fraction("-0.03"),
        }[name]
        if not allowed:
            found.add(("REG303" if slice_ else "REG301", name))
    if "auc" in new and Fraction(new["auc"]) < Fraction("0.2"):
        found.add(("REG304", "auc"))
    if "mae" in new and Fraction(new["mae"]) > Fraction("0.9"):
        found.add(("REG304", "mae"))
    return found


@EXAMPLES
@given(values(), values())
def test_a_judge_of_fractions_agrees(new: Values, old: Values) -> None:
    found = {
        (code, name if slice_ is None else f"{slice_}/auc")
        for code, slice_, name in errors(said(new, old))
    }
    if new or not old:
        assert found == expected(new, old)
    else:
        assert {code for code, _ in found} == ({"REG302"} if set(old) - {"t1/auc"} else set())


@EXAMPLES
@given(values(), values(), st.data())
def test_a_worse_value_never_takes_an_error_away(
    new: Values, old: Values, data: st.DataObject
) -> None:
    if not new:
        return
    name = data.draw(st.sampled_from(sorted(new)))
    loss = Decimal(data.draw(decimals()))
    sign = -1 if HIGHER[name.rpartition("/")[2]] else 1
    worse = {**new, name: str(Decimal(new[name]) + sign * loss)}
    assert errors(said(new, old)) <= errors(said(worse, old))


@EXAMPLES
@given(values(), values(), st.randoms())
def test_the_order_of_keys_changes_nothing(new: Values, old: Values, random: Random) -> None:
    def shuffled(of: Values) -> Values:
        names = sorted(of, key=lambda _name: random.random())
        return {name: of[name] for name in names}

    policy = POLICY
    one = compared(CHECK, text(new), text(old), policy)
    other = compared(CHECK, text(shuffled(new)), text(shuffled(old)), policy)
    assert [row for row in one if not isinstance(row, Finding)] == [
        row for row in other if not isinstance(row, Finding)
    ]
    assert [(it.rule.code, it.message, it.remedy) for it in _by_text(one)] == [
        (it.rule.code, it.message, it.remedy) for it in _by_text(other)
    ]


def _by_text(outcomes: list[Outcome]) -> list[Finding]:
    found = [one for one in outcomes if isinstance(one, Finding)]
    return sorted(found, key=lambda one: (one.rule.code, one.message))


@EXAMPLES
@given(values())
def test_a_release_is_as_good_as_itself(new: Values) -> None:
    metrics = {name: value for name, value in new.items() if name != "f1"}
    found = {code for code, _, _ in errors(said(metrics, metrics))}
    assert found <= {"REG304"}


@EXAMPLES
@given(values(), values(), st.data())
def test_leaving_a_value_out_never_makes_a_failing_release_pass(
    new: Values, old: Values, data: st.DataObject
) -> None:
    common = sorted(set(new) & set(old) - {"t1/auc"})
    if not common:
        return
    gone = data.draw(st.sampled_from(common))
    less = {name: value for name, value in new.items() if name != gone}
    assert errors(said(less, old))
