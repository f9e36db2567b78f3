"""Which tests are one family, and what is said of evidence from summaries."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from evaluated import ITEMS
from evaluated import SIGNIFICANCE
from evaluated import csv
from measured import compared
from measured import findings
from measured import measured
from measured import model
from measured import rows

from snitch.checks.evidence import probability
from snitch.checks.regression import CHECK
from snitch.checks.statistics.newcombe import independent
from snitch.checks.summaries import from_error
from snitch.checks.summaries import from_proportions
from snitch.testing import judge

if TYPE_CHECKING:
    from snitch.findings import Outcome

NAMED = f'{SIGNIFICANCE}\nmetrics: {{"slices.[abcd].auc": {{}}}}'
SPREAD = '{"value": %s, "stderr": 0.02}'


def judged(whole: str, policy: str = NAMED, **slices: str) -> list[Outcome]:
    """Against 0.9 in the whole and every slice, with a standard error of 0.02."""
    parts = ", ".join(f'"{name}": {{"auc": {value}}}' for name, value in slices.items())
    old = ", ".join(f'"{name}": {{"auc": {SPREAD % "0.9"}}}' for name in slices)
    return compared(
        CHECK, measured(f'"auc": {whole}', parts), measured(f'"auc": {SPREAD % "0.9"}', old), policy
    )


def told(found: list[Outcome]) -> dict[str | None, str]:
    return {one.slice: one.message for one in findings(found)}


def p(damage: str, times: int = 1) -> str:
    return probability(min(1.0, times * from_error(Decimal(damage), 0.02).p))


def test_the_slices_that_gate_are_one_family_the_unharmed_ones_included() -> None:
    said = told(judged("0.86", a="0.80", b="0.82", c="0.9", d="0.95", e="0.1"))
    assert set(said) == {None, "a", "b"}
    assert f"; {p('0.04')}, 95 % interval" in said[None]
    assert f"; {p('0.10', 4)} (Holm's correction for 4 slices), 95 %" in said["a"]
    assert f"; {p('0.08', 3)} (Holm's correction for 4 slices), 95 %" in said["b"]


@pytest.mark.parametrize(
    ("slices", "times"),
    [
        ({"a": "0.83"}, 1),
        ({"a": "0.83", "b": "0.9"}, 2),
        ({"a": "0.83", "b": "0.91"}, 2),
        ({"a": "0.83", "e": "0.1"}, 1),
        ({"a": "0.83", "b": "0.9", "c": "0.9", "d": "1"}, 4),
    ],
)
def test_a_slice_is_corrected_for_as_many_as_there_are(slices: dict[str, str], times: int) -> None:
    said = told(judged("0.95", **slices))
    assert f"; {p('0.07', times)}" in said["a"]
    assert (f"correction for {times} slices" in said["a"]) is (times > 1)


def test_a_metric_of_the_whole_is_no_member_of_the_family() -> None:
    assert "correction" not in told(judged("0.8", a="0.9", b="0.9"))[None]


@pytest.mark.parametrize(
    ("mode", "severity"), [("", None), (", inconclusive: warn", "WARNING")], ids=["strict", "mild"]
)
def test_a_lenient_policy_lets_every_inconclusive_loss_warn(
    mode: str, severity: str | None
) -> None:
    found = judged("0.89", SIGNIFICANCE.replace("}", f"{mode}}}"))
    [one] = findings(found)
    assert one.rule.code == "REG311"
    assert (one.severity.name if one.severity is not None else None) == severity
    assert rows(found)[None, "auc"].verdict == "inconclusive"


GIVEN = csv(id=["a", "b"], correct=[1, 1])


@pytest.mark.parametrize(
    ("new", "old", "reason"),
    [
        (False, False, ""),
        (True, False, " (the deployed release gives no per-item results)"),
    ],
)
def test_who_gives_items_hears_why_they_did_not_count(*, new: bool, old: bool, reason: str) -> None:
    def files(value: str, *, given: bool) -> dict[str, str]:
        blocks = [ITEMS.replace("accuracy", "auc")] if given else []
        return {**model(measured(f'"auc": {value}', "", *blocks)), "items.csv": GIVEN}

    found = judge(
        CHECK,
        files("0.85", given=new),
        files(SPREAD % "0.9", given=old),
        policy=f"version: 1\n{SIGNIFICANCE}\n",
        as_of="2026-10-05",
    )
    [said] = [one.message for one in findings(found) if one.rule.code in {"REG301", "REG311"}]
    sample = f"the deployed standard error of 0.02, for both releases{reason}; p ="
    assert sample in said


def test_shares_are_weighed_as_two_samples_of_the_same_size() -> None:
    found = from_proportions(Decimal("0.8"), Decimal("0.9"), 1_000, "higher")
    assert found.sample == "1,000 items on either side, unpaired"
    assert found.interval == pytest.approx(independent((900, 1_000), (800, 1_000)))
    turned = from_proportions(Decimal("0.2"), Decimal("0.1"), 1_000, "lower")
    assert turned.interval == pytest.approx(found.interval)
    assert from_proportions(Decimal("0.8"), Decimal("0.9"), 1, "higher").detectable == 1.0


def test_an_error_of_both_is_what_is_detected() -> None:
    found = from_error(Decimal("0.1"), 0.02)
    assert round(found.detectable, 5) == 0.07033
    assert found.sample == "the deployed standard error of 0.02, for both releases"
