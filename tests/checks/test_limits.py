"""Every limit and every constant of the standard holds at its very edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from audited import judged as audited
from evaluated import ITEMS
from evaluated import compared
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from measured import findings

from snitch.checks import schemes
from snitch.checks import versions
from snitch.checks.check import Loosened
from snitch.checks.check import Proposal
from snitch.checks.check import Run
from snitch.checks.evidence import Evidence
from snitch.checks.evidence import amount
from snitch.checks.evidence import probability
from snitch.checks.gate import survey
from snitch.checks.item_contrasts import Sides
from snitch.checks.item_contrasts import agrees
from snitch.checks.item_contrasts import contrast
from snitch.checks.markers import Reach
from snitch.checks.markers import reach
from snitch.checks.specifiers import MAX_PARTS
from snitch.checks.specifiers import admits
from snitch.checks.statistics.bootstrap import MAX_UNITS
from snitch.checks.statistics.bootstrap import resample
from snitch.checks.statistics.contrast import of_means
from snitch.checks.statistics.power import of_pairs
from snitch.findings import Place
from snitch.findings import Severity
from snitch.policy.model import Policy
from snitch.registry.item_scores import Score


@pytest.mark.parametrize("kind", ["pep440", "semver", "calendar"])
def test_a_version_of_128_characters_is_read_and_a_longer_one_is_none(kind: str) -> None:
    def read(text: str) -> bool:
        if kind == "pep440":
            return versions.parse(text) is not None
        return schemes.key(text, kind) is not None

    fits, too_long = {
        "pep440": ("1." + "1" * 126, "1." + "1" * 127),
        "semver": (
            f"1.0.{'1' * 18}-{'a' * 41}+{'b' * 63}",
            f"1.0.{'1' * 18}-{'a' * 41}+{'b' * 64}",
        ),
        "calendar": ("2026.1", "2026." + "1" * 124),
    }[kind]
    assert read(fits)
    assert len(too_long) == 129
    assert not read(too_long)


def test_a_part_of_a_specifier_counts_up_to_128_characters() -> None:
    fits, too_long = ">=3." + "0" * 124, ">=3." + "0" * 125
    assert len(fits) == 128
    assert not admits(fits, "<2")
    assert admits(too_long, "<2")


def test_a_question_of_32_parts_is_answered_and_a_longer_one_is_admitted() -> None:
    parts = [f"!={number}" for number in range(MAX_PARTS - 2)]
    assert MAX_PARTS == 32
    assert not admits(*parts, ">=3", "<2")
    assert admits(*parts, "!=99", ">=3", "<2")


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("== '3.30'", Reach.HERE),
        ("== '3.31'", Reach.NOWHERE),
        ("== '2.6'", Reach.ELSEWHERE),
        ("== '2.5'", Reach.NOWHERE),
        ("== '4.0'", Reach.HERE),
    ],
)
def test_pythons_are_known_from_2_6_to_3_30_and_beyond_them_one_of_each_kind(
    marker: str, expected: Reach
) -> None:
    assert reach(f"python_version {marker}", {}) is expected


@pytest.mark.parametrize(("before", "told"), [(19, True), (20, False)])
def test_twenty_different_statements_about_one_library_are_compared(
    before: int, *, told: bool
) -> None:
    same = [f"a>={number}" for number in range(100, 100 + before)]
    lines = [*same, "a==1"]
    found = audited("require_pins: false", "\n".join(lines))
    spoken = [one for one in found if one.rule.code == "DEP503" and "a==1" in one.message]
    assert bool(spoken) is told


@pytest.mark.parametrize(
    ("count", "said"), [(6, "a, b, c, d, e and f"), (7, "a, b, c, d, e and 2")]
)
def test_six_differences_of_a_policy_are_told(count: int, said: str) -> None:
    proposal = Proposal(Place("snitch.yaml"), "main:snitch.yaml", tuple("abcdefg"[:count]))
    run = Run(Policy(), None, date(2026, 11, 23), (), 1, proposal=proposal)
    [found] = [one for one in survey(run) if one.rule.code == "POL701"]
    assert f"edits the policy: {said}" in found.message


def test_a_loosening_is_an_error_alone_only_where_it_breaks_everything() -> None:
    mild = Loosened("it is looser", Place("snitch.yaml"), "tighten it")
    proposal = Proposal(
        Place("snitch.yaml"), "main:snitch.yaml", loosened=(mild, replace(mild, breaks=True))
    )
    run = Run(Policy(), None, date(2026, 11, 23), (), 1, proposal=proposal)
    found = [one for one in survey(run) if one.rule.code == "POL702"]
    assert [one.severity for one in found] == [Severity.WARNING, Severity.ERROR]


def test_a_run_that_is_told_no_more_changes_no_model_and_lets_waivers_last_180_days() -> None:
    run = Run(Policy(), None, date(2026, 11, 23), (), 1)
    assert not run.changes_models
    assert run.max_waiver_days == 180


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0, "p < 0.0001"), (0.00009999, "p < 0.0001"), (0.0001, "p = 0.0001"), (1.0, "p = 1")],
)
def test_the_smallest_p_value_that_is_told_is_a_ten_thousandth(p: float, text: str) -> None:
    assert probability(p) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e-10, "0.0000000001"), (9e-11, "0"), (-9e-11, "0"), (-0.0123, "-0.012"), (120.0, "120")],
)
def test_an_amount_below_a_ten_billionth_is_nothing(value: float, text: str) -> None:
    assert amount(value) == text


def test_evidence_is_of_one_test_unless_it_is_of_a_family() -> None:
    alone = Evidence(0.5, (0.0, 1.0), 0.1, "9 items")
    assert alone.told().startswith("9 items; p = 0.5, 95 % interval")
    told = replace(alone, family=2).told()
    assert told.startswith("9 items; p = 0.5 (Holm's correction for 2 slices), 95 % interval")


@pytest.mark.parametrize(
    ("computed", "agreed"),
    [
        (Fraction(10**6, 10**6 - 1), True),
        (Fraction(10**6, 10**6 + 1), True),
        (Fraction(1) + Fraction(10_001, 10**10), False),
        (Fraction(1) - Fraction(10_001, 10**10), False),
    ],
)
def test_a_mean_of_single_precision_is_off_by_a_millionth(
    computed: Fraction,
    agreed: bool,  # noqa: FBT001 - one column of the table
) -> None:
    assert agrees(Decimal("1.00000000000"), computed) is agreed


@pytest.mark.parametrize(("accounts", "enough"), [(9, False), (10, True)])
def test_ten_clusters_are_enough_to_draw_from(accounts: int, *, enough: bool) -> None:
    clustered = ITEMS.replace('"id": "id"', '"id": "id", "cluster": "account"')

    def release(lost: int) -> dict[str, str]:
        right = [0] * lost + [1] * (200 - lost)
        account = [f"a{number % accounts}" for number in range(200)]
        items = csv(id=names(200), correct=right, account=account)
        return evaluated(f'"accuracy": {sum(right) / 200}', items, clustered)

    [found] = findings(compared(release(40), release(0)))
    few = "compared exactly: 9 items or clusters are too few to draw from"
    assert (few in found.message) is not enough
    assert ("in 10 clusters" in found.message) is enough


def test_clusters_of_one_item_are_drawn_as_the_items_are() -> None:
    many = MAX_UNITS + 10
    old = [number * 7 % 11 for number in range(many)]
    new = [number * 5 % 13 for number in range(many)]
    case = of_means(old, new, 1)
    for numpy in (np, None):
        alone = resample(case, 3, numpy=numpy, times=40)
        assert resample(case, 3, list(range(many)), numpy=numpy, times=40) == alone
        assert alone.units == many


def test_five_items_that_disagree_are_the_fewest_that_could_show_anything() -> None:
    assert of_pairs(1_000, 0) == of_pairs(1_000, 5)
    assert of_pairs(1_000, 5) < of_pairs(1_000, 6)


@pytest.mark.parametrize(("value", "called"), [(5, 1), (4, 0)])
def test_an_item_is_called_positive_from_one_half_on(value: int, called: int) -> None:
    sides = Sides([value, 9, 0], [9, 9, 0], 10, [1, 1, 0])
    found = contrast(sides, "f1", Score("p", "y"), None)
    assert found.deployed == (Fraction(1) if called else Fraction(2, 3))
