"""Holm's correction: many tests at once, and still one false alarm in twenty families.

S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
Statistics 6, 65-70 (1979).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Each p-value as the family's level at which its test would reject, in the order given."""
    ranked = sorted(range(len(p_values)), key=p_values.__getitem__)
    found = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(ranked):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - rank)))
        found[index] = highest
    return found
