"""What tells models from each other where several have one name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable


def twice(sides: Iterable[Iterable[str]]) -> frozenset[str]:
    """The names that more than one model of one side has."""
    times = (Counter(names) for names in sides)
    return frozenset(name for counted in times for name, times in counted.items() if times > 1)


def title(name: str, path: str, twice: Collection[str]) -> str:
    """What tells a model from all others: its name, or its address where others share that."""
    return (path or ".") if name in twice else name
