"""The whole report as one page: no script, no request to anywhere, for a browser and an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.html.document import document
from snitch.reports.html.page import page
from snitch.reports.html.style import STYLE
from snitch.reports.neutral.plain import quoted
from snitch.reports.wording import summary

if TYPE_CHECKING:
    from snitch.findings import Report
    from snitch.reports import RenderOptions


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a format's shape
    """Return the report as a self-contained HTML page."""
    title = f"Snitch: {report.verdict}, {summary(report, quoted)}"
    return document(title, page(report), STYLE)
