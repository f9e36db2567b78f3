"""How sure a damage is: what a test of significance says, whatever it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.statistics.holm import adjusted
from snitch.checks.statistics.normal import LEVEL
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST = 0.0001
"""P-values below it are shown as such: nobody decides by the difference."""
LEAST_SHOWN = 1e-10
"""Amounts below it are rounding, and shown as none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A one-sided test of "the candidate is no worse"."""

    p: float
    """How often equal models show at least this damage; corrected where a family is tested."""
    interval: tuple[float, float]
    """The 95 % interval of the damage."""
    detectable: float
    """The smallest damage that this sample shows at 80 % power."""
    sample: str
    """What was measured: `2,000 items, 84 worse and 51 better`."""
    family: int = 1
    """How many tests `p` is corrected for."""

    @property
    def significant(self) -> bool:
        """Whether the damage can be told from none."""
        return self.p < LEVEL

    def told(self) -> str:
        """The whole of it, for a message."""
        low, high = self.interval
        many = f" (Holm's correction for {self.family} slices)" if self.family > 1 else ""
        return (
            f"{self.sample}; {probability(self.p)}{many}, 95 % interval of the loss from "
            f"{amount(low)} to {amount(high)}; this sample shows losses from "
            f"{amount(self.detectable)} on"
        )


def corrected(family: Sequence[Evidence], others: int) -> list[Evidence]:
    """The members of a family of tests with Holm's p-values.

    The family are those that show a damage; so many `others` show none, and have the greatest
    p-values.
    """
    size = len(family) + others
    p_values = adjusted([*(one.p for one in family), *([1.0] * others)])
    return [replace(one, p=p, family=size) for one, p in zip(family, p_values, strict=False)]


def probability(p: float) -> str:
    """A p-value in a message."""
    return f"p < {SMALLEST}" if p < SMALLEST else f"p = {p:.2g}"


def amount(value: float) -> str:
    """A computed difference in a message: two digits that count are enough to decide."""
    if abs(value) < LEAST_SHOWN:
        return "0"
    return f"{float(f'{value:.2g}'):.10f}".rstrip("0").rstrip(".")
