"""Reports: one room a format, each a function from a Report to text and nothing else.

The table is the whole registration: a new format is one module with a `render` and one line here.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import Protocol
from typing import cast

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.findings import Report


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a rendering may know of the place where it will be read."""

    color: bool = False
    """Whether the terminal report carries colours."""
    width: int = 80
    """Columns of the terminal; less than 40 counts as 40."""
    max_chars: int | None = None
    """The budget, in UTF-16 units, of formats that have one; None for the format's own."""
    statistics: bool = False
    """Whether the terminal and concise reports count the findings of each rule at the end."""
    rules_url: str = ""
    """Where a rule's page is, with `{code}` in it; empty where nobody knows, and then there are
    no hyperlinks to it."""


class Format(Protocol):
    """What a format's module holds."""

    def render(self, report: Report, options: RenderOptions) -> str:
        """Return the whole report as text that ends in a line break."""


FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "terminal": "snitch.reports.terminal",
        "concise": "snitch.reports.concise",
        "markdown": "snitch.reports.markdown",
        "json": "snitch.reports.json_report",
        "sarif": "snitch.reports.sarif",
        "junit": "snitch.reports.junit",
        "html": "snitch.reports.html",
        "github": "snitch.reports.github",
        "gitlab": "snitch.reports.gitlab",
    }
)
"""The formats by name, each with the module that renders it."""


def render(report: Report, format: str, options: RenderOptions) -> str:  # noqa: A002 - the user's word
    """Return `report` as text in `format`, importing that format's module alone.

    Raises:
        KeyError: `format` is none of FORMATS.
    """
    return cast("Format", import_module(FORMATS[format])).render(report, options)
