"""A metric's past as a line: the releases of production, and the candidate as a ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.neutral.html import html
from snitch.reports.trend import heights
from snitch.reports.trend import points
from snitch.reports.trend import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import Trend

_WIDTH, _HEIGHT, _EDGE = 320.0, 84.0, 8.0


def chart(trend: Trend) -> Iterator[str]:
    """Yield the figure of a trend that can be drawn; every value is in its text too."""
    places = placed(heights(trend) or [], (_WIDTH, _HEIGHT), (_EDGE, _EDGE))
    held = places if trend.candidate is None else places[:-1]
    yield f"<figure><figcaption><b>{html(trend.name)}</b>"
    yield f'<span class="soft">{reading(trend)}</span></figcaption>\n'
    yield f'<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{html(_told(trend))}">'
    yield f'<path class="base" d="M0 {_HEIGHT:g}H{_WIDTH:g}"/><path d="{_line(held)}"/>'
    if trend.candidate is not None:
        yield f'<path class="next" d="{_line(places[-2:])}"/>'
    for x, y in held:
        yield f'<circle cx="{x:g}" cy="{y:g}" r="4"/>'
    if trend.candidate is not None:
        x, y = places[-1]
        yield f'<circle class="now" cx="{x:g}" cy="{y:g}" r="5"/>'
    yield f"</svg>\n<p>{html(_ends(trend))}</p></figure>\n"


def _line(places: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in places)


def _told(trend: Trend) -> str:
    values = [
        f"{point.value} in {point.version or 'an unnamed version'}" for point in points(trend)
    ]
    if trend.candidate is not None:
        values[-1] += ", the candidate"
    return f"{trend.name}, {reading(trend)}: {'; '.join(values)}"


def _ends(trend: Trend) -> str:
    first, last = trend.points[0], trend.points[-1]
    ends = [first] if len(trend.points) == 1 else [first, last]
    said = " → ".join(f"{point.value} ({point.version or '?'})" for point in ends)
    return said if trend.candidate is None else f"{said} → {trend.candidate.value} (candidate)"


def placed(
    heights: Sequence[float], size: tuple[float, float], corner: tuple[float, float]
) -> list[tuple[float, float]]:
    """Where the points of a line stand in a picture, from left to right.

    Heights go from 0, the lowest, to 1. The corner is what stays free left and right, and above;
    below it is as much as at the sides.
    """
    (width, height), (side, above) = size, corner
    step = (width - 2 * side) / max(len(heights) - 1, 1)
    room = height - side - above
    return [
        (round(side + index * step, 1), round(above + (1 - one) * room, 1))
        for index, one in enumerate(heights)
    ]
