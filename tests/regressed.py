"""What the regression check says of a candidate's metrics beside the deployed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measured import compared
from measured import measured

from snitch.checks.regression import CHECK

if TYPE_CHECKING:
    from snitch.findings import Outcome


def judged(new: str, old: str | None, policy: str = "", **facts: str) -> list[Outcome]:
    """The outcomes of `metrics` or `metrics | slices`; None is a model without production."""
    base = None if old is None else measured(*old.split(" | "))
    return compared(CHECK, measured(*new.split(" | ")), base, policy, **facts)
