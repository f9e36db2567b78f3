"""BEN205 for slices that production was measured on and the candidate no longer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from measured import at
from measured import compared
from measured import findings
from measured import measured

from snitch.checks.evaluation import CHECK

if TYPE_CHECKING:
    from snitch.findings import Finding

STANDARD = """\
benchmarks:
  churn-standard:
    current: "2026.2"
    models: [churn]
    required_slices: ["country=*", "plan=*"]
  fairness:
    current: "1"
    models: [churn]
    required_slices: ["plan=*", "age=*"]
"""


def block(name: str = "churn-standard", version: str = "2026.2") -> str:
    return f'"benchmark": {{"name": "{name}", "version": "{version}"}}'


def slices(*names: str) -> str:
    return ", ".join(f'"{name}": {{"auc": 1}}' for name in names)


def lost(new: str, old: str | None, before: str | None = None) -> list[Finding]:
    """What is said of slices that are separated by blanks."""
    candidate = measured('"auc": 1', slices(*new.split()), benchmark=block())
    production = (
        None
        if old is None
        else measured('"auc": 1', slices(*old.split()), benchmark=before or block())
    )
    found = findings(compared(CHECK, candidate, production, STANDARD))
    return [one for one in found if one.rule.code == "BEN205"]


WHOLE = "country=de plan=free age=young"


@pytest.mark.parametrize(
    ("new", "old", "told"),
    [
        (WHOLE, WHOLE, []),
        (WHOLE, f"{WHOLE} plan=pro plan=big", ["plan=big", "plan=pro"]),
        (WHOLE, f"{WHOLE} region=north", []),
        (f"{WHOLE} plan=pro", WHOLE, []),
        ("country=de plan=free", f"{WHOLE} plan=pro", ["age=*", "plan=pro"]),
        ("plan=free age=young", f"{WHOLE} plan=pro", ["country=*", "plan=pro"]),
        (WHOLE, f"{WHOLE} age=old country=fr", ["age=old", "country=fr"]),
        (WHOLE, "", []),
    ],
)
def test_each_slice_that_is_asked_for_and_gone_is_told_once(
    new: str, old: str, told: list[str]
) -> None:
    found = lost(new, old)
    assert sorted(one.slice or "" for one in found) == told
    assert {at(one) for one in found} <= {("BEN205", 4, 1)}


def test_a_slice_that_is_gone_is_told_in_full() -> None:
    [found] = lost(WHOLE, f"{WHOLE} plan=pro")
    assert found.message == (
        "`churn-standard` requires slices `plan=*`; the deployed release has `plan=pro`, and the "
        "metrics have none"
    )
    assert found.remedy == "measure `plan=pro` and write its metrics under `slices`"


@pytest.mark.parametrize(
    "before", [block(version="2026.1"), block("fairness", "2026.2"), '"x": 1', None]
)
def test_slices_of_another_benchmark_are_no_measure(before: str | None) -> None:
    old = None if before is None else f"{WHOLE} plan=pro"
    assert lost(WHOLE, old, before) == []
