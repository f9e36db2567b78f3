"""What the items give of a metric, by its name and its threshold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from snitch.checks.item_contrasts import NoEvidenceError
from snitch.checks.item_contrasts import Sides
from snitch.checks.item_contrasts import agrees
from snitch.checks.item_contrasts import contrast
from snitch.checks.item_contrasts import decided
from snitch.checks.item_contrasts import kind_of
from snitch.registry.item_scores import Score

LABELS = [1, 1, 0, 0]
SIDES = Sides([9, 4, 5, 1], [9, 6, 5, 4], 10, LABELS)
"""Probabilities in tenths."""
SCORE = Score("p", "y")


@pytest.mark.parametrize(
    ("own", "threshold", "deployed", "candidate"),
    [
        (None, None, [1, 0, 0, 1], [1, 1, 0, 1]),
        ("0.4", None, [1, 1, 0, 1], [1, 1, 0, 0]),
        ("0.4", "0.6", [1, 0, 1, 1], [1, 1, 1, 1]),
        (None, "0.41", [1, 0, 0, 1], [1, 1, 0, 1]),
    ],
)
def test_an_accuracy_is_right_and_wrong_at_the_policys_threshold_or_its_own(
    own: str | None, threshold: str | None, deployed: list[int], candidate: list[int]
) -> None:
    score = Score("p", "y", threshold=None if own is None else Decimal(own))
    chosen = None if threshold is None else Decimal(threshold)
    found = decided(SIDES, "accuracy", score, chosen)
    assert found == Sides(deployed, candidate, 1, None)


def test_scores_of_their_own_and_other_metrics_stay_as_they_are() -> None:
    assert decided(SIDES, "f1", SCORE, None) is SIDES
    plain = Sides([1, 0], [0, 1], 1, None)
    assert decided(plain, "accuracy", SCORE, None) is plain


@pytest.mark.parametrize(
    ("name", "deployed", "candidate"),
    [
        ("auc", Fraction(3, 4), Fraction(1)),
        ("test.F1", Fraction(1, 2), Fraction(4, 5)),
        ("brier", Fraction(63, 400), Fraction(29, 200)),
        ("mean", None, None),
    ],
)
def test_a_metric_with_a_label_is_computed_by_its_name(
    name: str, deployed: Fraction | None, candidate: Fraction | None
) -> None:
    if deployed is None:
        with pytest.raises(NoEvidenceError, match="only these are known: auc, f1, accuracy"):
            contrast(SIDES, name, SCORE, None)
    else:
        found = contrast(SIDES, name, SCORE, None)
        assert (found.deployed, found.candidate) == (deployed, candidate)


def test_the_threshold_decides_what_is_called_positive() -> None:
    found = contrast(SIDES, "f1", SCORE, Decimal("0.4"))
    assert (found.deployed, found.candidate) == (Fraction(4, 5), Fraction(2, 3))


def test_probabilities_lie_between_0_and_1_and_ranks_anywhere() -> None:
    edges = Sides([0, 10, 10, 0], [0, 10, 0, 0], 10, LABELS)
    assert contrast(edges, "brier", SCORE, None).deployed == Fraction(1, 2)
    for strange in ([-1, 2, 3, 4], [11, 2, 3, 4]):
        sides = Sides([1, 2, 3, 4], strange, 10, LABELS)
        with pytest.raises(NoEvidenceError, match="no probabilities between 0 and 1"):
            contrast(sides, "brier", SCORE, None)
        assert contrast(sides, "auc", SCORE, None).deployed == 0


def test_items_of_one_class_say_nothing() -> None:
    sides = Sides([1, 2], [2, 1], 10, [1, 1])
    with pytest.raises(NoEvidenceError, match="too few of one class"):
        contrast(sides, "auc", SCORE, None)


def test_two_scores_are_levels_and_three_are_not() -> None:
    assert Sides([0, 1], [1, 1], 1, None).levels() == (0, 1)
    assert Sides([5, 5], [5, 5], 1, None).levels() == (5, 5)
    assert Sides([0, 1], [1, 2], 1, None).levels() is None
    assert Sides([0, 1], [1, 1], 1, [1, 0]).levels() is None
    late = [0] * 1_500 + [1, 2]
    assert Sides(late, late, 1, None).levels() is None
    assert Sides(late[:-1], late[:-1], 1, None).levels() == (0, 1)


def test_names_are_exact_but_for_case_and_dashes() -> None:
    assert kind_of("test.ROC-AUC") == "auc"
    assert kind_of("balanced_accuracy") is None


@pytest.mark.parametrize(
    ("written", "computed", "agreed"),
    [
        ("0.91", Fraction(914, 1000), True),
        ("0.91", Fraction(9, 10), True),
        ("0.91", Fraction(921, 1000), False),
        ("0.910000001", Fraction(9100005, 10**7), True),
        ("0.91000000", Fraction(91001, 10**5), False),
    ],
)
def test_a_written_value_is_rounded_cut_off_or_summed_in_single_precision(
    written: str,
    computed: Fraction,
    agreed: bool,  # noqa: FBT001 - one column of the table
) -> None:
    assert agrees(Decimal(written), computed) is agreed
