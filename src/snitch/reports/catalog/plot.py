"""A metric over all releases of production; where the benchmark changed, the line breaks."""

from __future__ import annotations

from decimal import Decimal
from decimal import InvalidOperation
from itertools import groupby
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.history import History

_WIDTH, _HEIGHT, _EDGE = 480.0, 140.0, 12.0
MOST = 60
"""How many releases a picture shows."""
_WIDEST = 60


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
        text = dict(one.metrics).get(name)
        try:
            value = Decimal(text or "")
        except InvalidOperation:
            continue
        if text and value.is_finite() and abs(value.adjusted()) <= _WIDEST:
            found.append(_Point(one.version or "?", one.benchmark or "none", text, value))
    return found[::-1]


def _figure(name: str, points: Sequence[_Point]) -> Iterator[str]:
    low, high = min(it.value for it in points), max(it.value for it in points)
    step = (_WIDTH - 2 * _EDGE) / (len(points) - 1)
    room = _HEIGHT - 2 * _EDGE - 14
    places = [
        (
            round(_EDGE + index * step, 1),
            round(
                _EDGE
                + 14
                + (1 - float((it.value - low) / (high - low)) if high > low else 0.5) * room,
                1,
            ),
        )
        for index, it in enumerate(points)
    ]
    said = "; ".join(f"{it.text} in {it.version} on {it.benchmark}" for it in points)
    yield f"<figure><figcaption><b>{html(name)}</b>"
    yield f'<span class="soft">{html(points[0].text)} → {html(points[-1].text)}</span></figcaption>'
    yield f'\n<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
    yield f'aria-label="{html(name)}: {html(said)}">'
    yield f'<path class="base" d="M0 {_HEIGHT:g}H{_WIDTH:g}"/>'
    stretches = groupby(range(len(points)), key=lambda index: points[index].benchmark)
    for number, (benchmark, indices) in enumerate(stretches):
        held = list(indices)
        x = places[held[0]][0]
        if number:
            yield f'<path class="mark" d="M{x:g} 0V{_HEIGHT:g}"/>'
        anchor = "end" if x > _WIDTH / 2 else "start"
        yield f'<text x="{x:g}" y="9" text-anchor="{anchor}">{html(benchmark[:40])}</text>'
        line = "L".join(f"{places[index][0]:g} {places[index][1]:g}" for index in held)
        yield f'<path d="M{line}"/>'
    for x, y in places:
        yield f'<circle cx="{x:g}" cy="{y:g}" r="4"/>'
    yield f"</svg>\n<p>{html(points[0].version)} to {html(points[-1].version)}</p></figure>\n"
