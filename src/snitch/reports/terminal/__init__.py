"""The report for a person at a terminal: the verdict first, then what to change and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.terminal.links import linked
from snitch.reports.terminal.page import page
from snitch.reports.terminal.paint import painted

if TYPE_CHECKING:
    from snitch.findings import Report
    from snitch.reports import RenderOptions

_LEAST = 40


def render(report: Report, options: RenderOptions) -> str:
    """Return the report as lines of at most `options.width` columns.

    Nothing is cut to fit: text wraps, and a path longer than a line stays whole, so that it can
    be copied.
    """
    lines = page(report, max(options.width, _LEAST), statistics=options.statistics)
    if options.color and options.rules_url:
        lines = linked(lines, options.rules_url)
    return painted(lines, color=options.color)
