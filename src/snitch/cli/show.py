"""`snitch show`: one release whole, as it stood."""

from __future__ import annotations

import click

from snitch.cli.answering import answer
from snitch.cli.answering import format_option
from snitch.cli.answering import named
from snitch.cli.answering import opened


@click.command()
@click.argument("release", metavar="MODEL[@REV|@VERSION|@ENVIRONMENT]")
@format_option
def show(*, release: str, format_: str, color: str) -> None:
    """Tell everything about a release, by default production's, and how to have its weights."""
    from snitch.engine.ledger.shown import show as read  # noqa: PLC0415 - `--help` need not load it

    model, at, where = release.partition("@")
    with opened() as book:
        found = read(book, named(model), where if at else None)
    answer("release", found, format_, color, failures=found.failures)
