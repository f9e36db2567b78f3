"""REG309: a smaller sample than production's, or a far greater uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from measured import at
from measured import compared
from measured import findings
from measured import measured

from snitch.checks.regression import CHECK
from snitch.findings import Severity

if TYPE_CHECKING:
    from snitch.findings import Finding

NOISY = 'regression: {mode: significance}\nmetrics: {"slices.*.auc": {}}'
EXACT = 'metrics: {"slices.*.auc": {}}'


def told(new: str, old: str, policy: str = EXACT) -> list[Finding]:
    """REG309 of values, or of `value | value in a slice`."""

    def text(values: str) -> str:
        whole, _, part = values.partition(" | ")
        return measured(f'"auc": {whole}', f'"a": {{"auc": {part}}}' if part else "")

    found = findings(compared(CHECK, text(new), text(old), policy))
    return [one for one in found if one.rule.code == "REG309"]


def sized(count: int) -> str:
    return f'{{"value": 0.9, "n": {count}}}'


@pytest.mark.parametrize(
    ("new", "old", "policy", "expected"),
    [
        (sized(100), sized(100), EXACT, []),
        (sized(101), sized(100), EXACT, []),
        (sized(99), sized(100), EXACT, [Severity.WARNING]),
        (sized(1), sized(100), EXACT, [Severity.WARNING]),
        (sized(99), sized(100), NOISY, [Severity.ERROR]),
        (f"1 | {sized(99)}", f"1 | {sized(100)}", EXACT, [Severity.WARNING]),
        (f"1 | {sized(50)}", f"1 | {sized(100)}", EXACT, [Severity.WARNING]),
        (f"1 | {sized(49)}", f"1 | {sized(100)}", EXACT, [Severity.ERROR]),
        (f"1 | {sized(50)}", f"1 | {sized(101)}", EXACT, [Severity.ERROR]),
        (f"1 | {sized(50)}", f"1 | {sized(100)}", NOISY, [Severity.ERROR]),
        (f"1 | {sized(49)}", f"1 | {sized(100)}", "", []),
        ("0.9", sized(100), EXACT, []),
        (sized(99), "0.9", EXACT, []),
    ],
)
def test_a_smaller_sample_is_an_error_where_noise_excuses_or_half_of_a_slice_is_gone(
    new: str, old: str, policy: str, expected: list[Severity]
) -> None:
    assert [one.level for one in told(new, old, policy)] == expected


def test_a_smaller_sample_is_told_in_full() -> None:
    [found] = told(f"1 | {sized(1_900)}", f"1 | {sized(2_000)}")
    assert found.message == (
        "`auc` of slice `a` was measured on 1,900 items, in the deployed release on 2,000"
    )
    assert found.remedy == "measure it on the whole benchmark, as the deployed release was"
    assert (found.metric, found.slice) == ("auc", "a")
    assert at(found) == ("REG309", 4, 35)


ERROR = '{"value": 0.9, "stderr": %s}'
RANGE = '{"value": 0.9, "ci": [%s, %s]}'


@pytest.mark.parametrize(
    ("new", "old", "policy", "count"),
    [
        (ERROR % "0.02", ERROR % "0.01", NOISY, 0),
        (ERROR % "0.0201", ERROR % "0.01", NOISY, 1),
        (ERROR % "0.0201", ERROR % "0.01", EXACT, 0),
        (ERROR % "0.9", "0.9", NOISY, 0),
        ("0.9", ERROR % "0.01", NOISY, 0),
        (RANGE % ("0.80", "1.00"), RANGE % ("0.85", "0.95"), NOISY, 0),
        (RANGE % ("0.79", "1.00"), RANGE % ("0.85", "0.95"), NOISY, 1),
        (ERROR % "0.05", RANGE % ("0.85", "0.95"), NOISY, 0),
        (ERROR % "0.06", RANGE % ("0.85", "0.95"), NOISY, 1),
        (RANGE % ("0.861", "0.939"), ERROR % "0.01", NOISY, 0),
        (RANGE % ("0.860", "0.940"), ERROR % "0.01", NOISY, 1),
    ],
)
def test_an_uncertainty_may_be_twice_the_deployed_one_and_no_more(
    new: str, old: str, policy: str, count: int
) -> None:
    assert [one.level for one in told(new, old, policy)] == [Severity.ERROR] * count


def test_a_greater_uncertainty_is_told_in_full() -> None:
    [found] = told(RANGE % ("0.7", "1.1"), RANGE % ("0.85", "0.95"), NOISY)
    assert found.message == (
        "`auc` has an uncertainty of 0.2, the deployed release one of 0.05; at most 2 times as "
        "much is expected"
    )


def test_a_smaller_sample_speaks_for_its_uncertainty() -> None:
    new = '{"value": 0.9, "n": 9, "stderr": 0.5}'
    [found] = told(new, '{"value": 0.9, "n": 10, "stderr": 0.1}', NOISY)
    assert "was measured on 9 items" in found.message
