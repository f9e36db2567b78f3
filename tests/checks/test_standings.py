"""What the policy says of one metric, key by key."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from measured import measured
from measured import model

from snitch.checks.standings import label
from snitch.checks.standings import lookup
from snitch.checks.standings import order
from snitch.checks.standings import sample_size
from snitch.checks.standings import standing
from snitch.policy.model import Policy
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.checks.standings import Key

UNIT = (Decimal(0), Decimal(1))
POLICY = Policy.model_validate(
    {
        "metrics": {
            "gap": {"direction": "lower", "tolerance": Decimal(1), "range": UNIT},
            "free": {"ignore": True},
            "least": {"min": Decimal(0)},
            "most": {"max": Decimal(0)},
            "slices.plan=*.gap": {"min_n": 5},
            "slices.plan=pro.gap": {"direction": "higher"},
            "slices.plan=*.free": {"ignore": False},
        }
    }
)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ((None, "gap"), {"key": "gap", "direction": "lower", "gates": True}),
        ((None, "auc"), {"key": "auc", "direction": "higher", "gates": True}),
        ((None, "odd"), {"key": "odd", "direction": None, "gates": True}),
        ((None, "free"), {"ignored": True, "gates": True}),
        ((None, "least"), {"bounded": True, "ignored": False}),
        ((None, "most"), {"bounded": True}),
        ((None, "gap (2)"), {"key": "gap", "direction": "lower", "bounded": False}),
        (
            ("plan=x", "gap"),
            {"key": "slices.plan=*.gap", "direction": "lower", "gates": True},
        ),
        (
            ("plan=x", "gap (3)"),
            {"key": "slices.plan=*.gap", "direction": "lower", "gates": True},
        ),
        (("plan=pro", "gap"), {"key": "slices.plan=pro.gap", "direction": "higher"}),
        (("plan=x", "free"), {"ignored": False, "gates": True}),
        (("age", "free"), {"ignored": True, "gates": False}),
        (("age", "gap"), {"key": "gap", "direction": "lower", "gates": False}),
        (("age", "auc"), {"key": "auc", "direction": "higher", "gates": False}),
    ],
)
def test_a_metric_stands_as_the_policy_has_it(key: Key, expected: dict[str, Any]) -> None:
    found = lookup(POLICY)(key)
    assert {name: getattr(found, name) for name in expected} == expected
    assert found == standing(POLICY, key)


def test_a_slice_that_nobody_names_shares_its_metrics_range_and_nothing_else() -> None:
    found = standing(POLICY, ("age", "gap"))
    assert found.standard.range == UNIT
    assert found.standard.tolerance is None
    assert standing(POLICY, ("plan=x", "gap")).standard.range == UNIT
    assert standing(POLICY, ("age", "auc")).standard.range is None


@pytest.mark.parametrize(("size", "small"), [(None, False), (4, True), (5, False), (6, False)])
def test_a_sample_below_the_least_is_too_small(size: int | None, *, small: bool) -> None:
    assert standing(POLICY, ("plan=x", "gap")).too_small(size) is small
    assert not standing(POLICY, (None, "gap")).too_small(size)


def test_an_answer_is_remembered() -> None:
    find = lookup(POLICY)
    assert find((None, "gap")) is find((None, "gap"))


def test_metrics_of_the_whole_come_before_those_of_slices_each_by_name() -> None:
    keys: list[Key] = [("b", "a"), ("a", "z"), (None, "z"), ("a", "b"), (None, "a"), ("", "c")]
    assert sorted(keys, key=order) == [
        *((None, "a"), (None, "z"), ("", "c")),
        *(("a", "b"), ("a", "z"), ("b", "a")),
    ]


def test_a_metric_is_called_by_its_name_and_slice() -> None:
    assert label((None, "auc")) == "`auc`"
    assert label(("plan=a", "auc")) == "`auc` of slice `plan=a`"


def test_a_sample_is_that_of_the_value_or_of_its_slice() -> None:
    text = measured(
        '"auc": {"value": 1, "n": 3}, "f1": 1',
        '"a": {"n": 7, "auc": 1, "f1": {"value": 1, "n": 2}}, "b": {"auc": 1}',
    )
    one = release(model(text))
    sizes = {key: sample_size(one, metric) for key, metric in one.metrics.items()}
    assert sizes == {
        (None, "auc"): 3,
        (None, "f1"): None,
        ("a", "auc"): 7,
        ("a", "f1"): 2,
        ("b", "auc"): None,
    }
