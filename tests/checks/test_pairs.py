"""One pair of values weighed with and without evidence: every verdict, row and finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from measured import deployed
from measured import findings
from measured import measured
from measured import model
from measured import rows
from measured import skips

from snitch.checks.evidence import Evidence
from snitch.checks.pairs import Pair
from snitch.checks.pairs import weigh
from snitch.checks.standings import Standing
from snitch.findings import Severity
from snitch.policy.model import MetricStandard
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Finding

SURE = Evidence(p=0.01, interval=(0.1, 0.3), detectable=0.05, sample="9 items")
EVEN = replace(SURE, p=0.05)
"""Not below the level: chance explains it."""
DOUBT = replace(SURE, p=0.5)
WHY = "there are no items"
SURELY = "; 9 items; p = 0.01, 95 % interval of the loss from 0.1 to 0.3; this sample shows"
DOUBTFUL = "; this cannot be told from no loss at all: 9 items; p = 0.5, 95 % interval of"
EXACTLY = f"; compared exactly: {WHY}"


def keys(**amounts: str) -> dict[str, Any]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


def pair(
    value: str,
    reference: str = "0.8",
    *,
    standard: dict[str, Any],
    direction: str | None = "higher",
    **facts: Any,
) -> Pair:
    """A value against the deployed one under a standard."""
    new = release(model(measured(f'"odds": {value}'))).metrics[None, "odds"]
    old = release(deployed(measured(f'"odds": {reference}'))).metrics[None, "odds"]
    standing = Standing(MetricStandard(**standard), "odds", direction, gates=True, ignored=False)
    return Pair(new, old, old, standing, **{"small": False, **facts})


def told(one: Pair) -> tuple[str, list[str]]:
    """The verdict of the row, and the codes in order."""
    outcomes = list(weigh(one))
    return rows(outcomes)[None, "odds"].verdict, [it.rule.code for it in findings(outcomes)]


WARNED = keys(tolerance="0.1", warn="0.05")
HARD = keys(tolerance="0.1", max_drop="0.15")
WANTS = keys(tolerance="0.1", min_gain="0.01")


@pytest.mark.parametrize(
    ("value", "standard", "proof", "verdict", "codes"),
    [
        ("0.81", WARNED, None, "improved", []),
        ("0.80", WARNED, None, "equal", []),
        ("0.76", WARNED, None, "within-tolerance", []),
        ("0.76", WARNED, WHY, "within-tolerance", []),
        ("0.76", WARNED, SURE, "within-tolerance", ["REG308"]),
        ("0.76", WARNED, EVEN, "within-noise", []),
        ("0.76", WARNED, DOUBT, "within-noise", []),
        ("0.74", WARNED, None, "within-tolerance", ["REG315"]),
        ("0.74", WARNED, WHY, "within-tolerance", ["REG315"]),
        ("0.74", WARNED, SURE, "within-tolerance", ["REG308", "REG315"]),
        ("0.74", WARNED, DOUBT, "within-noise", ["REG315"]),
        ("0.69", WARNED, None, "regressed", ["REG301"]),
        ("0.69", WARNED, WHY, "regressed", ["REG301"]),
        ("0.69", WARNED, SURE, "regressed", ["REG301"]),
        ("0.69", WARNED, EVEN, "inconclusive", ["REG311"]),
        ("0.69", WARNED, DOUBT, "inconclusive", ["REG311"]),
        ("0.69", HARD, DOUBT, "inconclusive", ["REG311"]),
        ("0.64", HARD, DOUBT, "regressed", ["REG301"]),
        ("0.64", HARD, SURE, "regressed", ["REG301"]),
        ("0.64", HARD, WHY, "regressed", ["REG301"]),
        ("0.80", WANTS, None, "regressed", ["REG301"]),
        ("0.805", WANTS, None, "regressed", ["REG301"]),
        ("0.79", WANTS, WHY, "regressed", ["REG301"]),
        ("0.79", WANTS, DOUBT, "regressed", ["REG301"]),
        ("0.69", WANTS, DOUBT, "regressed", ["REG301"]),
        ("0.81", WANTS, None, "improved", []),
    ],
)
def test_every_damage_with_every_evidence_has_its_verdict(
    value: str,
    standard: dict[str, Any],
    proof: Evidence | str | None,
    verdict: str,
    codes: list[str],
) -> None:
    one = pair(value, standard=standard, proof=proof)
    assert told(one) == (verdict, codes)
    assert told(replace(one, standing=replace(one.standing, gates=False)))[1] == []


@pytest.mark.parametrize(
    ("value", "standard", "proof", "tail"),
    [
        ("0.69", WARNED, None, "allowed is 0.1"),
        ("0.69", WARNED, WHY, f"allowed is 0.1{EXACTLY}"),
        ("0.69", WARNED, SURE, f"allowed is 0.1{SURELY} losses from 0.05 on"),
        ("0.69", HARD, DOUBT, (f"allowed is 0.1{DOUBTFUL} the loss from 0.1 to 0.3; this sample "
         "shows losses from 0.05 on")),
        ("0.64", HARD, DOUBT, f"`max_drop` allows 0.15{SURELY} losses from 0.05 on"),
        ("0.64", HARD, SURE, f"allowed is 0.1{SURELY} losses from 0.05 on"),
        ("0.64", HARD, WHY, "allowed is 0.1"),
        ("0.79", WANTS, DOUBT, f"`min_gain` asks for 0.01{SURELY} losses from 0.05 on"),
        ("0.79", WANTS, WHY, "`min_gain` asks for 0.01"),
        ("0.74", WARNED, WHY, "past `warn` (0.05), inside the tolerance (0.1)"),
    ],
)  # fmt: skip
def test_a_loss_ends_with_what_was_allowed_and_with_its_evidence(
    value: str, standard: dict[str, Any], proof: Evidence | str | None, tail: str
) -> None:
    [found] = findings(weigh(pair(value, standard=standard, proof=proof)))
    expected = tail.replace("p = 0.01", "p = 0.5") if proof is DOUBT else tail
    assert found.message.endswith(expected)
    assert ("compared exactly" in found.message) is (EXACTLY in tail)


def one_finding(found: Pair) -> Finding:
    [finding] = findings(weigh(found))
    return finding


def test_an_inconclusive_loss_is_a_warning_where_the_policy_is_lenient() -> None:
    strict, lenient = (
        one_finding(pair("0.69", standard=WARNED, proof=DOUBT, lenient=mild))
        for mild in (False, True)
    )
    assert strict.level is Severity.ERROR
    assert lenient.level is Severity.WARNING
    assert strict.remedy.startswith("measure both releases on more items")


def test_a_small_sample_is_shown_and_never_a_finding() -> None:
    assert told(pair("0.69", standard=WARNED, small=True)) == ("within-noise", [])
    assert told(pair("0.76", standard=WARNED, small=True)) == ("within-tolerance", [])


def test_a_value_without_anything_to_be_compared_with_is_new() -> None:
    one = pair("0.69", standard=WARNED)
    assert told(replace(one, deployed=None, reference=None)) == ("new", [])
    assert told(replace(one, reference=None)) == ("not-comparable", [])
    assert told(pair('"x"', standard=WARNED)) == ("not-comparable", [])
    row = rows(weigh(replace(one, reference=None)))[None, "odds"]
    assert (row.candidate, row.deployed) == ("0.69", "0.8")


def test_without_a_direction_only_equal_values_can_be_compared() -> None:
    assert told(pair("0.80", standard=WARNED, direction=None)) == ("equal", [])
    assert told(pair("0.69", standard=WARNED, direction=None)) == ("not-comparable", [])


RANGE = {"range": (Decimal(0), Decimal(1))}


@pytest.mark.parametrize(
    ("reference", "what"),
    [('"x"', "no plain number"), ("1.2", "1.2, outside its range"), ("-0.1", "-0.1, outside its")],
)
def test_a_reference_that_is_none_is_told_where_it_can_be_mended(reference: str, what: str) -> None:
    own = pair("0.69", reference, standard=RANGE)
    assert told(own) == ("not-comparable", ["REG305"])
    found = one_finding(own)
    assert found.message.startswith(f"the deployed `odds` is {what}")
    assert found.place == own.metric.written.place
    assert found.remedy.startswith("agree with the policy's owners on a waiver")
    claimed = replace(own, deployed=None)
    claim = one_finding(claimed)
    assert claim.message.startswith(f"the incumbent's `odds` is {what}")
    assert own.reference is not None
    assert claim.place == own.reference.written.place
    assert claim.remedy == "measure it again"
    assert (claim.metric, claim.slice) == ("odds", None)
    assert told(replace(own, standing=replace(own.standing, gates=False)))[1] == []
    assert told(replace(own, small=True))[1] == []


@pytest.mark.parametrize("edge", ["0", "1"])
def test_a_reference_on_the_edge_of_its_range_is_one(edge: str) -> None:
    assert told(pair(edge, edge, standard=RANGE)) == ("equal", [])


SHARE = keys(tolerance="0.1", relative_tolerance="0.5")


@pytest.mark.parametrize(
    ("value", "standard", "said"),
    [
        ("-0.05", SHARE, True),
        ("0", SHARE, False),
        ("0.05", SHARE, False),
        ("-0.2", SHARE, False),
        ("-0.05", keys(tolerance="0.1"), False),
    ],
)
def test_a_share_of_nothing_is_said_to_be_lost_where_it_might_have_told(
    value: str, standard: dict[str, Any], *, said: bool
) -> None:
    one = pair(value, "0", standard=standard)
    assert bool(skips(weigh(one))) is said
