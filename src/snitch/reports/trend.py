"""What formats that draw trends share: the points as heights, and as a line of text."""

from __future__ import annotations

from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import ModelReport
    from snitch.findings import Report
    from snitch.findings import Trend
    from snitch.findings import TrendPoint

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDEST = 60
"""The largest power of ten that is drawn, either way."""


def drawn(report: Report) -> Iterator[tuple[ModelReport, Trend]]:
    """Yield each trend that can be drawn, with its model: two points at least, numbers all."""
    for model in report.models:
        for trend in model.trends:
            if heights(trend) is not None:
                yield model, trend


def points(trend: Trend) -> tuple[TrendPoint, ...]:
    """The releases that production held, the oldest first, and the candidate where it compares."""
    return trend.points if trend.candidate is None else (*trend.points, trend.candidate)


def numbers(trend: Trend) -> list[Decimal] | None:
    """The values of `points`; None where one of them is no plain finite number."""
    found = [drawable(point.value) for point in points(trend)]
    numbers = [number for number in found if number is not None]
    return numbers if len(numbers) == len(found) else None


def drawable(text: str) -> Decimal | None:
    """The number that a picture can show; None for a text that is none, and for one far out."""
    try:
        number = Decimal(text)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _WIDEST else None


def heights(trend: Trend) -> list[float] | None:
    """How high each point stands between the lowest, 0, and the highest, 1; None for no picture."""
    values = numbers(trend)
    if values is None or len(values) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    return scaled(values)


def scaled(values: Sequence[Decimal]) -> list[float]:
    """How high each value stands between the lowest, 0, and the highest, 1; all alike, halfway."""
    low, high = min(values), max(values)
    return [float((value - low) / (high - low)) if high > low else 0.5 for value in values]


def sparkline(trend: Trend) -> str:
    """One block a point, `▁▃█`; empty where there is no picture."""
    top = len(_BLOCKS) - 1
    return "".join(_BLOCKS[round(height * top)] for height in heights(trend) or ())


def reading(trend: Trend) -> str:
    """What a better value looks like, in words."""
    if trend.direction not in ("higher", "lower"):
        return "over past releases"
    return f"{trend.direction} is better"
