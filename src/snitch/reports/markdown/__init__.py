"""The report for a pull request: a comment that says in one screen what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.markdown.budget import fitted
from snitch.reports.markdown.sections import sections

if TYPE_CHECKING:
    from snitch.findings import Report
    from snitch.reports import RenderOptions

BUDGET = 60_000
"""UTF-16 units, below the 65,536 that GitHub takes for a comment."""


def render(report: Report, options: RenderOptions) -> str:
    """Return the report as Markdown of at most `options.max_chars` UTF-16 units.

    What goes first when it is too long are whole rows that nobody must act on. The verdict and
    the provenance always stay, even where the budget is too small for them.
    """
    budget = BUDGET if options.max_chars is None else options.max_chars
    return fitted(list(sections(report)), budget)
