"""REG314: which values make a slide, which are passed over, and how it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from measured import at
from measured import deployed
from measured import findings
from measured import measured
from measured import model

from snitch.checks.check import Subject
from snitch.checks.slide import drifted
from snitch.checks.slide import slides
from snitch.policy.model import Policy
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Finding
    from snitch.registry.release import Release

ONE: dict[str, Any] = {"tolerance": Decimal(1)}
RANGED = {**ONE, "direction": "higher", "range": (Decimal(0), Decimal(100))}
POLICY = Policy.model_validate(
    {
        "metrics": {
            **dict.fromkeys(("auc", "mae", "gap", "slices.a.auc"), ONE),
            "free": {**ONE, "ignore": True, "direction": "higher"},
            "share": RANGED,
        }
    }
)


def texts(values: str) -> str:
    whole, _, part = values.partition(" | ")
    return measured(whole, part)


def subject(new: str, old: str, *past: str) -> Subject:
    """Values, or `values | slices`; the past from the newest to the oldest."""

    def of(values: str, number: int) -> Release:
        return release(model(texts(values), version=f"1.{number}.0"))

    return Subject(
        candidate=release(model(texts(new))),
        deployed=release(deployed(texts(old))),
        policy=POLICY,
        as_of=date(2026, 10, 5),
        past=tuple(of(values, number) for number, values in enumerate(past)),
    )


def told(new: str, old: str, *past: str) -> list[Finding]:
    return findings(drifted(subject(new, old, *past)))


@pytest.mark.parametrize(
    ("new", "old", "past"),
    [
        ('"auc": 10', '"auc": 10.5', '"auc": 13'),
        ('"auc": 10', '"auc": 11', '"auc": 13'),
        ('"auc": 10', '"auc": 20', '"auc": 20'),
        ('"auc": 10', '"auc": 10', '"auc": 20'),
        ('"auc": 10', '"auc": 9', '"auc": 20'),
        ('"auc": "x"', '"auc": 11', '"auc": 20'),
        ('"auc": 10', '"auc": "x"', '"auc": 20'),
        ('"auc": 10', '"auc": 11', '"auc": "x"'),
        ('"auc": 10', '"auc": 11', '"mae": 20'),
        ('"auc": 10', '"mae": 11', '"auc": 20'),
        ('"gap": 10', '"gap": 11', '"gap": 20'),
        ('"free": 10', '"free": 11', '"free": 20'),
        ('"f1": 10', '"f1": 11', '"f1": 20'),
        ('"share": 10', '"share": 11', '"share": 101'),
        ('"f1": 1 | "b": {"auc": 10}', '"f1": 1 | "b": {"auc": 11}', '"f1": 1 | "b": {"auc": 20}'),
    ],
    ids=[
        *("within three tolerances", "exactly three", "one fall only", "no loss", "a gain"),
        *("no number", "none deployed", "none before", "not measured before", "not deployed"),
        *("no direction", "ignored", "no tolerance", "outside its range", "a slice nobody names"),
    ],
)
def test_what_is_no_slide(new: str, old: str, past: str) -> None:
    assert told(new, old, past) == []


@pytest.mark.parametrize(
    ("new", "old", "past", "spot"),
    [
        ('"auc": 10', '"auc": 11', ['"auc": 13.1'], (3, 20)),
        ('"mae": 10', '"mae": 9', ['"mae": 6.9'], (3, 20)),
        ('"auc": 10', '"auc": 11', ['"auc": "x"', '"mae": 1', '"auc": 20'], (3, 20)),
        ('"share": 10', '"share": 11', ['"share": 101', '"share": 100'], (3, 22)),
        ('"f1": 1 | "a": {"auc": 10}', '"f1": 1 | "a": {"auc": 11}', ['"x": 1 | "a": {"auc": 20}'],
         (4, 25)),
        ('"f1": 1, "auc": 10', '"f1": 2, "auc": 11', ['"f1": 9, "auc": 20'], (3, 29)),
    ],
)  # fmt: skip
def test_what_is_a_slide_is_told_at_the_metric(
    new: str, old: str, past: list[str], spot: tuple[int, int]
) -> None:
    assert [at(one) for one in told(new, old, *past)] == [("REG314", *spot)]


def test_a_slide_is_told_against_the_newest_of_the_best() -> None:
    [found] = told('"auc": 10', '"auc": 11', '"auc": 19', '"auc": 20', '"auc": 20', '"auc": 12')
    assert found.message == (
        "`auc` is 10, and was 20 in release `1.1.0`, the best of the last 4: worse by 10, "
        "expected is at most 3 times the tolerance of 1"
    )
    assert found.remedy == (
        "train from what that release had; if the loss was decided, nothing must change"
    )
    assert (found.metric, found.slice) == ("auc", None)


def test_slides_are_told_of_every_metric_and_slice() -> None:
    low, high = '"auc": 10, "mae": 20 | "a": {"auc": 10}', '"auc": 20, "mae": 10 | "a": {"auc": 20}'
    found = told(low, '"auc": 11, "mae": 19 | "a": {"auc": 11}', high)
    assert [(one.metric, one.slice) for one in found] == [
        ("auc", None),
        ("mae", None),
        ("auc", "a"),
    ]


def test_without_a_past_or_a_deployed_release_nothing_slides() -> None:
    whole = subject('"auc": 10', '"auc": 11', '"auc": 20')
    assert list(drifted(whole)) != []
    alone = Subject(whole.candidate, None, whole.policy, whole.as_of, past=whole.past)
    assert list(drifted(alone)) == []
    assert told('"auc": 10', '"auc": 11') == []


@pytest.mark.parametrize(
    ("new", "old", "reads"),
    [
        ('"auc": 10', '"auc": 10.1', True),
        ('"f1": 1, "auc": 10', '"f1": 2, "auc": 11', True),
        ('"mae": 10', '"mae": 9', True),
        ('"mae": 10', '"mae": 11', False),
        ('"free": 10', '"free": 11', False),
        ('"gap": 10', '"gap": 11', False),
        ("", '"auc": 11', False),
        ('"f1": 1 | "a": {"auc": 10}', '"f1": 1 | "a": {"auc": 11}', True),
        ('"f1": 1 | "b": {"auc": 10}', '"f1": 1 | "b": {"auc": 11}', False),
    ],
)
def test_the_past_is_read_only_for_a_loss_that_may_be_one_of_many(
    new: str, old: str, *, reads: bool
) -> None:
    one = subject(new, old)
    assert slides(one.candidate, one.deployed, one.policy) is reads
