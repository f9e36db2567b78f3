"""Releases with per-item results, and what the comparison of two of them says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measured import BENCHMARK
from measured import measured
from measured import model

from snitch.checks.regression import CHECK
from snitch.testing import judge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from snitch.findings import Outcome

SIGNIFICANCE = "regression: {mode: significance}"
ITEMS = '"items": {"path": "items.csv", "id": "id", "scores": {"accuracy": "correct"}}'


def names(count: int) -> list[str]:
    """Ids of so many items."""
    return [f"item-{number:05}" for number in range(count)]


def csv(**columns: Iterable[object]) -> str:
    """A CSV file of columns."""
    rows = zip(*columns.values(), strict=True)
    return "\n".join([",".join(columns), *(",".join(map(str, row)) for row in rows), ""])


def correct(both: int, worse: int, better: int, neither: int) -> tuple[list[int], list[int]]:
    """What two models get right, deployed and candidate, from the counts of a paired table."""
    old = [1] * (both + worse) + [0] * (better + neither)
    new = [1] * both + [0] * worse + [1] * better + [0] * neither
    return old, new


def evaluated(
    metrics: str, items: str, block: str = ITEMS, slices: str = "", path: str = "items.csv"
) -> dict[str, str]:
    """A release of these metrics and items."""
    return {**model(measured(metrics, slices, block, benchmark=BENCHMARK)), path: items}


def accurate(right: Sequence[int], ids: Sequence[str] | None = None) -> dict[str, str]:
    """A release whose items are right or wrong, in a file of their own."""
    value = sum(right) / len(right)
    return evaluated(f'"accuracy": {value:.6f}', csv(id=ids or names(len(right)), correct=right))


def compared(
    new: dict[str, str], old: dict[str, str] | None, policy: str = SIGNIFICANCE
) -> list[Outcome]:
    """What the comparison says."""
    return judge(CHECK, new, old, policy=f"version: 1\n{policy}\n", as_of="2026-10-05")


def of_table(table: tuple[int, int, int, int], policy: str = SIGNIFICANCE) -> list[Outcome]:
    """What the comparison says of a paired table."""
    old, new = correct(*table)
    return compared(accurate(new), accurate(old), policy)
