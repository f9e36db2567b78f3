"""The past of critical metrics in the comment: a line of blocks for all, a chart where drawn."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from snitch.checks.wording import count
from snitch.reports.markdown.budget import Section
from snitch.reports.neutral.markdown import quoted
from snitch.reports.neutral.mermaid import label
from snitch.reports.neutral.mermaid import number
from snitch.reports.trend import drawn
from snitch.reports.trend import numbers
from snitch.reports.trend import points
from snitch.reports.trend import reading
from snitch.reports.trend import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import ModelReport
    from snitch.findings import Report
    from snitch.findings import Trend

_LEAST = 3
"""Points of a chart; what moved between two, the table of metrics says better."""
_MOST = 12
"""The largest power of ten, either way, that a chart's axis can show."""
_OPEN = 3
"""Charts that are shown at once; more are folded away."""
_COLOR = '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#4a7fc1"}}}}%%'
"""A line that is seen on light and dark pages; the default one is nearly white."""
_PADDING = Decimal("0.1")


def trend_sections(report: Report) -> Iterator[Section]:
    """Yield a line for each trend, and the charts, which go first where space is short."""
    trends = list(drawn(report))
    lines = tuple(_line(model, trend) for model, trend in trends)
    yield Section("### Trends\n\n", lines, noun="trends", shed=9)
    charts = tuple(_chart(model, trend) for model, trend in trends if _chartable(trend))
    opened = " open" if len(charts) <= _OPEN else ""
    summary = f"<details{opened}><summary>{count(len(charts), 'chart')}</summary>\n\n"
    yield Section(summary, charts, "\n</details>", noun="charts", shed=12)


def _line(model: ModelReport, trend: Trend) -> str:
    first, *_, last = points(trend)
    ends = f"{quoted(first.value)} to {quoted(last.value)}"
    what = f"{quoted(model.name)} {quoted(trend.name)}"
    return f"- {what} {sparkline(trend)} {ends} over {_span(trend)}, {reading(trend)}"


def _span(trend: Trend) -> str:
    releases = count(len(trend.points), "release")
    return releases if trend.candidate is None else f"{releases} and the candidate"


def _chartable(trend: Trend) -> bool:
    values = numbers(trend) or []
    return len(values) >= _LEAST and all(abs(value.adjusted()) <= _MOST for value in values)


def _chart(model: ModelReport, trend: Trend) -> str:
    values = numbers(trend) or []
    low, high = min(values), max(values)
    padding = (high - low) * _PADDING or abs(high) * _PADDING or Decimal(1)
    return "\n".join(
        (
            "```mermaid",
            _COLOR,
            "xychart-beta",
            f"  title {label(f'{model.name} {trend.name}')}",
            f"  x-axis [{', '.join(_ticks(trend))}]",
            f"  y-axis {number(low - padding)} --> {number(high + padding)}",
            f"  line [{', '.join(map(number, values))}]",
            "```",
            "",
        )
    )


def _ticks(trend: Trend) -> list[str]:
    """A label a point, no two alike: a chart puts points of one label on top of each other."""
    versions = [point.version or "unnamed" for point in trend.points]
    if trend.candidate is not None:
        versions.append(f"{trend.candidate.version or ''} candidate".strip())
    found: list[str] = []
    for version in versions:
        tick, number = label(version), 1
        while tick in found:
            number += 1
            tick = label(f"{number} {version}")
        found.append(tick)
    return found
