"""Sums over resampled units: the one loop that is worth NumPy, and the same without it.

The indices come from Python's own generator in both cases, and the sums are of integers, so that
the two agree to the last bit.
"""

from __future__ import annotations

import random
import sys
from array import array
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from types import ModuleType

    Columns = Sequence[Sequence[int]]
    """Integers of every unit: one sequence a quantity."""

LANE = 64
INDEX_BITS = 32
MAX_BITS = 62
"""Sums stay below 2**62, so that a signed 64-bit integer holds them."""
BATCH = 1 << 18
"""Draws that NumPy holds at once."""


def find_numpy() -> ModuleType | None:
    """NumPy where it is installed: the extra `fast`."""
    try:
        import numpy as np  # noqa: PLC0415 - optional, and slow to import
    except ImportError:
        return None
    return np


def sums(columns: Columns, seed: int, times: int, np: ModuleType | None) -> list[tuple[int, ...]]:
    """Each column summed over as many units as there are, drawn with replacement.

    Args:
        columns: Integers, each column as long as there are units; see `MAX_BITS`.
        seed: Of the draws, which depend on it, the number of units and `times` only.
        times: How many resamples.
        np: NumPy, or None to do without.
    """
    generator = random.Random(seed)  # noqa: S311 - a bootstrap is no secret
    if np is not None:
        return _with_numpy(columns, generator, times, np)
    units = len(columns[0])
    packed, lowest = _pack(columns)
    mask = (1 << LANE) - 1
    found = []
    for _ in range(times):
        drawn = array("I", _indices(generator, units, units))
        if sys.byteorder == "big":
            drawn.byteswap()
        total = sum(itemgetter(*drawn[1::2])(packed)) if units > 1 else packed[0]
        found.append(
            tuple((total >> (LANE * k) & mask) + units * least for k, least in enumerate(lowest))
        )
    return found


def _indices(generator: random.Random, units: int, count: int) -> bytes:
    """Little-endian 64-bit lanes whose upper halves are indices from 0 to `units` - 1.

    A lane is 32 random bits times the number of units; for a million units no index is more
    than 0.03 % likelier than another.
    """
    low_halves = int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * count, "little")
    lanes = generator.getrandbits(LANE * count) & low_halves
    return (lanes * units).to_bytes(LANE // 8 * count, "little")


def _pack(columns: Columns) -> tuple[list[int], list[int]]:
    """All columns in one integer a unit, each in a lane of its own, and what was taken off."""
    lowest = [min(column) for column in columns]
    packed = [0] * len(columns[0])
    for k, (column, least) in enumerate(zip(columns, lowest, strict=True)):
        shift = LANE * k
        packed = [
            whole + ((value - least) << shift) for whole, value in zip(packed, column, strict=True)
        ]
    return packed, lowest


def _with_numpy(
    columns: Columns, generator: random.Random, times: int, np: ModuleType
) -> list[tuple[int, ...]]:
    table = [np.array(column, dtype=np.int64) for column in columns]
    units = len(columns[0])
    found: list[tuple[int, ...]] = []
    for rows in _batches(times, max(1, BATCH // units)):
        lanes = np.frombuffer(_indices(generator, units, rows * units), dtype="<u8")
        drawn = (lanes >> np.uint64(INDEX_BITS)).astype(np.int64).reshape(rows, units)
        totals = [column[drawn].sum(axis=1).tolist() for column in table]
        found += zip(*totals, strict=True)
    return found


def _batches(total: int, size: int) -> Iterator[int]:
    while total > 0:
        yield min(size, total)
        total -= size
