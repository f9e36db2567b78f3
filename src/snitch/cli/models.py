"""`snitch models`: every model with its version in each environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from snitch.cli.answering import answer
from snitch.cli.answering import format_option
from snitch.cli.answering import note_absence
from snitch.cli.answering import note_unread
from snitch.cli.answering import opened
from snitch.cli.options import day_option

if TYPE_CHECKING:
    from datetime import date


@click.command()
@day_option
@format_option
def models(*, as_of: date | None, format_: str, color: str) -> None:
    """List the models: versions, age of data, benchmark, and what `check --all` says."""
    from snitch.engine.ledger.models import overview  # noqa: PLC0415 - `--help` need not load it

    with opened(as_of) as book:
        found = overview(book)
    if not found.models:
        note_absence(book)
    if found.unread is not None:
        note_unread(found.unread)
    answer("models", found, format_, color, failures=found.failures)
