"""The ratios as bars of an SVG, each beside the bar that it must stay under."""

from __future__ import annotations

from html import escape
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.bars import Row

LEFT, WIDTH, LINE = 420, 400, 28
DECADES = 3.0
"""From a tenth to a hundred times."""


def plot(rows: Sequence[Row]) -> str:
    """The picture as text; ratios on a logarithmic axis."""
    height = LINE * (len(rows) + 1)
    size = f'width="{LEFT + WIDTH + 80}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for number, row in enumerate(rows):
        top = LINE * number + 8
        ratio, bar = row.ratio, row.most
        color = "#2e7d32" if row.holds else "#c62828"
        label = escape(f"{row.work} / {row.beside}")
        lines += [
            f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{label}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{_at(ratio):.0f}" height="18" fill="{color}"/>',
            f'<path d="M{LEFT + _at(bar):.0f} {top - 3}v24" stroke="black" stroke-width="2"/>',
            f'<text x="{LEFT + _at(ratio) + 6:.0f}" y="{top + 14}">{ratio:.2f}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def _at(ratio: float) -> float:
    return max(0.0, min(1.0, (log10(max(ratio, 1e-9)) + 1) / DECADES)) * WIDTH
