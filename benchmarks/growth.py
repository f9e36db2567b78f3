"""How cost grows with one large file: twice the entries, slices or packages beside once as many.

Processor time of reading the file in this process, without starting one; the median of the runs,
taken in turns.
"""

from __future__ import annotations

import gc
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.bars import Row
from snitch.documents import read_changelog
from snitch.documents import read_dependencies
from snitch.documents.limits import CEILINGS
from snitch.registry.layout import load_built_in
from snitch.registry.location import Location
from snitch.registry.reader import read_release
from snitch.testing import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 2.2
"""Linear is 2; the rest is room for noise."""


def rows(runs: int) -> list[Row]:
    """One for each kind of file."""
    gc.set_threshold(100_000)  # as in the command
    return [_row(what, count, read, runs) for what, (count, read) in FILES.items()]


def _row(what: str, count: int, read: Callable[[int], Callable[[], None]], runs: int) -> Row:
    once, twice = read(count // 2), read(count)
    taken = [(_seconds(once), _seconds(twice)) for _ in range(runs + 1)][1:]
    ratio = median(two for _, two in taken) / median(one for one, _ in taken)
    return Row(f"{count:,} {what}", f"{count // 2:,} {what}", ratio, ratio, MOST)


def _seconds(work: Callable[[], None]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _entries(count: int) -> Callable[[], None]:
    text = "# Changelog\n" + "".join(
        f"\n## [1.{number}.0] - 2026-03-01\n\n- Author: ada@example.com\n- Retrained.\n"
        for number in range(count, 0, -1)
    )
    blob = text.encode()

    def read() -> None:
        assert len(read_changelog("CHANGELOG.md", blob, CEILINGS).entries) == count

    return read


def _slices(count: int) -> Callable[[], None]:
    slices = ", ".join(f'"shop={number}": {{"auc": 0.91}}' for number in range(count))
    text = f'{{"metrics": {{"auc": 0.9}}, "slices": {{{slices}}}}}'
    snapshot = MemorySnapshot({"models/a/metrics.json": text.encode()})
    layout = load_built_in("snitch")

    def read() -> None:
        found = read_release(snapshot, Location("models/a", "snitch"), layout, CEILINGS)
        assert len(found.metrics) == count + 1

    return read


def _packages(count: int) -> Callable[[], None]:
    text = "".join(
        f'[[package]]\nname = "package-{number}"\nversion = "1.{number}"\n\n'
        for number in range(count)
    )
    blob = f'{text}[metadata]\nlock-version = "2.1"\n'.encode()

    def read() -> None:
        found = read_dependencies("poetry.lock", {"poetry.lock": blob}.get, CEILINGS)
        assert len(found.requirements) == count

    return read


FILES = {
    "entries of a changelog": (5_000, _entries),
    "slices of a metrics file": (50_000, _slices),
    "packages of a lock file": (5_000, _packages),
}
