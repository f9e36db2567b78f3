"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from datetime import date
from datetime import datetime
from datetime import timezone

import click

DEFAULT_WIDTH = 80
"""What a reader has who is no terminal: pre-commit's log, a CI job's."""


def day(value: str) -> date:
    """An option's calendar day, written YYYY-MM-DD.

    Raises:
        click.BadParameter: it is none, or beyond the years that Snitch knows.
    """
    try:
        found = datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=timezone.utc).date()
    except ValueError:
        raise click.BadParameter(f"expected a day as YYYY-MM-DD, not {value!r}") from None
    from snitch.documents.days import YEARS  # noqa: PLC0415 - most runs name no day

    if found.year not in YEARS:
        raise click.BadParameter(f"expected a day between the years 2000 and 2100, not {value}")
    return found


day_option = click.option(
    "--as-of", type=day, metavar="DATE", help="Judge as on this day. [default: today]"
)
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)


def today() -> date:
    """The day in UTC, so that every machine judges alike."""
    return datetime.now(timezone.utc).date()


def wants_color(choice: str) -> bool:
    """Whether to colour standard output: `always`, `never`, or as terminal and variables say."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def rules_url(*, to_file: bool) -> str:
    """Where rules have their pages, as `SNITCH_RULES_URL` says, for those who can follow links."""
    return os.environ.get("SNITCH_RULES_URL", "") if to_file or is_terminal() else ""


def width() -> int:
    """The columns that standard output has."""
    if is_terminal() or os.environ.get("COLUMNS", "").isdigit():
        import shutil  # noqa: PLC0415 - loads four compressors

        return max(20, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns)
    return DEFAULT_WIDTH


def is_terminal() -> bool:
    """Whether standard output is one; it may be closed."""
    stream = sys.stdout
    return stream is not None and stream.isatty()
