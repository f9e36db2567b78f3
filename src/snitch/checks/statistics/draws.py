"""Sums over resampled units: the one loop that is worth NumPy, and the same without it.

The indices come from Python's own generator in both cases, and the sums are of integers, so that
the two agree to the last bit.
"""

from __future__ import annotations

import random
import sys
from array import array
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from types import ModuleType

    from numpy import intp
    from numpy.typing import NDArray

    Columns = Sequence[Sequence[int]]
    """Integers of every unit: one sequence a quantity."""

LANE = 64
INDEX_BITS = 32
MAX_BITS = 62
"""Sums stay below 2**62, so that a signed 64-bit integer holds them."""
BATCH = 1 << 18
"""Draws that are made at once for NumPy."""
KEPT = 2
"""Slices of many items are drawn alike, so the draws of one serve all: that many are kept."""


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
    units = len(columns[0])
    if np is not None:
        drawn = _matrix(seed, units, times, np)
        table = (np.array(column, dtype=np.int64) for column in columns)
        totals = [column[drawn].sum(axis=1).tolist() for column in table]
        return list(zip(*totals, strict=True))
    packed, lowest = _pack(columns)
    mask = (1 << LANE) - 1
    lanes = [(LANE * k, units * least) for k, least in enumerate(lowest)]
    return [
        tuple([(total >> shift & mask) + base for shift, base in lanes])
        for total in (sum(take(packed)) for take in _takes(seed, units, times))
    ]


@lru_cache(maxsize=KEPT)
def _takes(seed: int, units: int, times: int) -> list[Callable[[list[int]], Sequence[int]]]:
    """What picks the units of each resample."""
    if units == 1:
        return [list] * times
    generator = random.Random(seed)  # noqa: S311 - a bootstrap is no secret
    numbers = list(range(units))
    found: list[Callable[[list[int]], Sequence[int]]] = []
    for _ in range(times):
        drawn = array("I", _indices(generator, units, units))
        if sys.byteorder == "big":
            drawn.byteswap()
        # The very numbers of one list: millions of their own would fill the memory.
        found.append(itemgetter(*itemgetter(*drawn[1::2])(numbers)))
    return found


@lru_cache(maxsize=KEPT)
def _matrix(seed: int, units: int, times: int, np: ModuleType) -> NDArray[intp]:
    """The units of each resample, a row each."""
    generator = random.Random(seed)  # noqa: S311 - a bootstrap is no secret
    found = []
    for rows in _batches(times, max(1, BATCH // units)):
        lanes = np.frombuffer(_indices(generator, units, rows * units), dtype="<u8")
        drawn = (lanes >> np.uint64(INDEX_BITS)).astype(np.intp)
        found.append(drawn.reshape(rows, units))
    whole: NDArray[intp] = np.concatenate(found)
    return whole


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


def _batches(total: int, size: int) -> Iterator[int]:
    while total > 0:
        yield min(size, total)
        total -= size
