"""A metric over all releases of production; where the benchmark changed, the line breaks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.reports.html.chart import placed
from snitch.reports.neutral.html import html
from snitch.reports.trend import drawable
from snitch.reports.trend import scaled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from snitch.engine.ledger.history import History

_WIDTH, _HEIGHT, _EDGE, _HEAD = 480.0, 146.0, 12.0, 20.0
_NAMED = 4
"""How many benchmarks are named below a picture."""
_LETTER = 7.5
"""About the width of a letter in the picture."""
MOST = 60
"""How many releases a picture shows."""


class _Point(NamedTuple):
    version: str
    benchmark: str
    text: str
    value: Decimal


def plots(history: History) -> Iterator[str]:
    """Yield a figure for each leading metric with two values at least."""
    names = next((one.metrics for one in history.deployments if one.metrics), ())
    for name, _ in names:
        points = _points(history, name)
        if len(points) > 1:
            yield from _figure(name, points)


def _points(history: History, name: str) -> list[_Point]:
    """The newest values, the oldest first."""
    found = []
    for one in history.deployments[:MOST]:
        text = dict(one.metrics).get(name) or ""
        value = drawable(text)
        if value is not None:
            found.append(_Point(one.version or "?", one.benchmark or "", text, value))
    return found[::-1]


def _figure(name: str, points: Sequence[_Point]) -> Iterator[str]:
    heights = scaled([it.value for it in points])
    places = placed(heights, (_WIDTH, _HEIGHT), (_EDGE, _EDGE + _HEAD))
    said = "; ".join(f"{it.text} in {it.version}{_on(it.benchmark)}" for it in points)
    yield f"<figure><figcaption><b>{html(name)}</b>"
    yield f'<span class="soft">{html(points[0].text)} → {html(points[-1].text)}</span></figcaption>'
    yield f'\n<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
    yield f'aria-label="{html(name)}: {html(said)}">'
    yield f'<path class="base" d="M0 {_HEIGHT:g}H{_WIDTH:g}"/>'
    yield from _stretches(points, places)
    for x, y in places:
        yield f'<circle cx="{x:g}" cy="{y:g}" r="4"/>'
    yield f"</svg>\n<p>{html(_told(points))}</p></figure>\n"


def _told(points: Sequence[_Point]) -> str:
    """What the picture shows, in words: its two axes, and what was measured on."""
    low, high = min(it.value for it in points), max(it.value for it in points)
    scale = f"between {low:f} and {high:f}" if high > low else f"always {low:f}"
    named = [benchmark or "none" for benchmark, _ in groupby(it.benchmark for it in points)]
    left_out = f"{len(named) - _NAMED} earlier, then " if len(named) > _NAMED else ""
    on = f"; on {left_out}{', then '.join(named[-_NAMED:])}" if len(named) > 1 else ""
    return f"{points[0].version} to {points[-1].version}, {scale}{on}"


def _stretches(points: Sequence[_Point], places: Sequence[tuple[float, float]]) -> Iterator[str]:
    """A line for each benchmark, with its name where there is room for it."""
    by_benchmark = groupby(range(len(points)), key=lambda index: points[index].benchmark)
    stretches = [(benchmark, list(indices)) for benchmark, indices in by_benchmark]
    ends = [places[indices[0]][0] for _, indices in stretches[1:]]
    for (benchmark, held), end in zip(stretches, (*ends, _WIDTH), strict=True):
        x = places[held[0]][0]
        if held[0]:
            yield f'<path class="mark" d="M{x:g} 0V{_HEIGHT:g}"/>'
        if x + 8 + len(benchmark) * _LETTER < end:
            yield f'<text x="{x + 4:g}" y="13">{html(benchmark)}</text>'
        line = "L".join(f"{places[index][0]:g} {places[index][1]:g}" for index in held)
        yield f'<path d="M{line}"/>'


def _on(benchmark: str) -> str:
    return f" on {benchmark}" if benchmark else ""
