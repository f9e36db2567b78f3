"""A long list in rounds: what is read or judged in one go stays few, and memory flat."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

T = TypeVar("T")


def rounds(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in their order, `size` at a time; the last round may be shorter."""
    return (items[start : start + size] for start in range(0, len(items), size))
