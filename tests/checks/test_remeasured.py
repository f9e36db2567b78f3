"""ART608: other numbers of the same weights, and no new evaluation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import OID
from example import OLD_OID
from measured import at
from measured import codes
from measured import measured
from measured import model
from measured import only

from snitch.checks.check import Subject
from snitch.checks.remeasured import remeasured
from snitch.checks.weights import CHECK
from snitch.policy.model import Policy
from snitch.registry.release import Weights
from snitch.testing import judge
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Outcome

DAY = '"evaluated_at": "2026-10-03T14:00:00Z"'
RULE = "ART608"


def judged(new: str, old: str, **facts: str) -> list[Outcome]:
    day, oid = facts.get("day", DAY), facts.get("oid", OID)

    def release(text: str, when: str, version: str, weights: str) -> dict[str, str]:
        where = f'"benchmark": {{"name": "b", "version": "{version}"}}'
        digest = f'"weights_sha256": "{weights}"'
        return model(measured(text, "", when, digest, benchmark=where), weights)

    return judge(
        CHECK,
        release(new, day, facts.get("benchmark", "2026.2"), OID),
        release(old, DAY, "2026.2", oid),
        rollback=facts.get("rollback"),
    )


def test_other_numbers_of_one_evaluation_are_told_at_the_first() -> None:
    found = judged('"auc": 0.915, "f1": 0.8', '"auc": 0.908, "f1": 0.7')
    assert codes(found) == [RULE]
    assert only(found).message == (
        "`auc` and 1 more metrics changed, from 0.908 to 0.915, and the weights, the benchmark "
        "and `evaluated_at` did not"
    )
    assert (only(found).metric, only(found).place is not None) == ("auc", True)
    alone = only(judged('"auc": 0.915', '"auc": 0.908'))
    assert alone.message.startswith("`auc` changed, from 0.908 to 0.915, and the weights")


def test_a_date_that_is_left_out_tells_of_no_new_evaluation() -> None:
    found = only(judged('"auc": 0.915', '"auc": 0.908', day='"evaluated_at": null'))
    assert found.rule.code == RULE
    assert found.message.endswith("did not, and `evaluated_at` is left out")


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        ('"auc": "x"', '"auc": 0.908', "`auc` changed, from 0.908 to no number, and"),
        ('"auc": 0.915', '"auc": "x"', "`auc` changed, from no number to 0.915, and"),
        ('"f1": 1, "auc": 2, "mae": 3', '"f1": 0, "auc": 0, "mae": 0', "`auc` and 2 more metrics "),
    ],
)
def test_what_changed_is_told_by_its_first_metric(new: str, old: str, said: str) -> None:
    assert only(judged(new, old)).message.startswith(said)


def test_a_slice_of_the_same_evaluation_is_told_where_it_stands() -> None:
    def files(value: str) -> dict[str, str]:
        block = '"benchmark": {"name": "b", "version": "2026.2"}'
        digest = f'"weights_sha256": "{OID}"'
        slices = f'"a": {{"auc": {value}}}'
        return model(measured('"auc": 1', slices, DAY, digest, benchmark=block), OID)

    found = only(judge(CHECK, files("0.5"), files("0.4")))
    assert at(found) == (RULE, 4, 25)
    assert (found.metric, found.slice) == ("auc", "a")


@pytest.mark.parametrize("digests", [(None, None), (None, "sha256:a"), ()])
def test_weights_that_nobody_knows_prove_nothing(digests: tuple[str | None, ...]) -> None:
    texts = (measured(f'"auc": {value}', "", DAY) for value in (1, 2))
    weights = tuple(Weights(f"w{number}", "external", one) for number, one in enumerate(digests))
    new, old = (replace(release(model(text)), weights=weights) for text in texts)
    subject = Subject(new, old, Policy(), date(2026, 11, 23))
    assert list(remeasured(subject)) == []
    known = Weights("w", "external", "sha256:a")
    new, old = (replace(one, weights=(known,)) for one in (new, old))
    assert len(list(remeasured(replace(subject, candidate=new, deployed=old)))) == 1


@pytest.mark.parametrize(
    ("new", "facts"),
    [
        ('"auc": 0.915', {"day": DAY.replace("03T", "09T")}),
        ('"auc": 0.915', {"oid": OLD_OID}),
        ('"auc": 0.915', {"benchmark": "2026.3"}),
        ('"auc": 0.915', {"rollback": "0" * 40}),
        ('"auc": 0.908', {}),
        ('"auc": 0.9080, "f1": 0.5', {}),
    ],
)
def test_what_explains_other_numbers_is_no_finding(new: str, facts: dict[str, str]) -> None:
    assert RULE not in codes(judged(new, '"auc": 0.908', **facts))
