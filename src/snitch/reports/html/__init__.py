"""The whole report as one page: no script, no request to anywhere, for a browser and an archive."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from snitch.reports.html.page import page
from snitch.reports.html.style import STYLE
from snitch.reports.neutral.html import html
from snitch.reports.neutral.plain import quoted
from snitch.reports.wording import summary

if TYPE_CHECKING:
    from snitch.findings import Report
    from snitch.reports import RenderOptions

_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
CONTENT_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
)
"""What a browser may do with the page: show it with this very style sheet, and no more."""


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a format's shape
    """Return the report as a self-contained HTML page."""
    title = html(f"Snitch: {report.verdict}, {summary(report, quoted)}")
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            *page(report),
            "</body>\n</html>\n",
        )
    )
