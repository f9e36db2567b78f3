"""The table of metrics: one row for each value that was compared, or could not be."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from snitch.checks.comparison import EXACT
from snitch.checks.comparison import plain
from snitch.checks.comparison import shortest
from snitch.findings import MetricChange

if TYPE_CHECKING:
    from decimal import Decimal

    from snitch.checks.comparison import Comparison
    from snitch.checks.standings import Key
    from snitch.checks.standings import Standing


def compared(
    key: Key,
    values: tuple[Decimal, Decimal],
    standing: Standing,
    weighed: Comparison,
    verdict: str | None = None,
) -> MetricChange:
    """A row for two values that were weighed; the verdict is the comparison's unless given."""
    candidate, deployed = values
    # Thousands of models repeat a few texts: each is kept, and handed between processes, once.
    return MetricChange(
        name=key[1],
        slice=key[0],
        candidate=intern(plain(candidate)),
        deployed=intern(plain(deployed)),
        delta=intern(shortest(weighed.delta)),
        direction=standing.direction,
        tolerance=intern(shortest(weighed.tolerance)),
        verdict=verdict or weighed.verdict,
        critical=standing.standard.critical,
    )


def uncompared(
    key: Key, candidate: Decimal | None, deployed: Decimal | None, standing: Standing, verdict: str
) -> MetricChange:
    """A row for a value with nothing to weigh it against."""
    delta = None
    if candidate is not None and deployed is not None:
        delta = shortest(EXACT.subtract(candidate, deployed))
    return MetricChange(
        name=key[1],
        slice=key[0],
        candidate=None if candidate is None else plain(candidate),
        deployed=None if deployed is None else plain(deployed),
        delta=delta,
        direction=standing.direction,
        tolerance=None,
        verdict=verdict,
        critical=standing.standard.critical,
    )
