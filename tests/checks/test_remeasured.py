"""ART608: other numbers of the same weights, and no new evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import OID
from example import OLD_OID
from measured import codes
from measured import measured
from measured import model
from measured import only

from snitch.checks.weights import CHECK
from snitch.testing import judge

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
