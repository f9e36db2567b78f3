"""The past of critical metrics at a terminal: one line of blocks each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.paint import flowing
from snitch.reports.trend import drawn
from snitch.reports.trend import points
from snitch.reports.trend import reading
from snitch.reports.trend import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Report
    from snitch.reports.terminal.line import Line

_MOST = 10


def trend_lines(report: Report, width: int) -> Iterator[Line]:
    """Yield a heading and a line for each trend, at most ten; nothing where there is none."""
    trends = list(drawn(report))
    if not trends:
        return
    yield ()
    yield (("Trends", "bold"),)
    for model, trend in trends[:_MOST]:
        first, *_, last = points(trend)
        parts = [
            (f"  {quoted(model.name)} {quoted(trend.name)}", ""),
            (sparkline(trend), "cyan"),
            (f"{quoted(first.value)} to {quoted(last.value)}", ""),
            (reading(trend), "dim"),
        ]
        yield from flowing(parts, width, indent="    ")
    if len(trends) > _MOST:
        yield ((f"  and {len(trends) - _MOST} more", "dim"),)
