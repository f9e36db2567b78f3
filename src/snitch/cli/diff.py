"""`snitch diff`: what lies between two releases."""

from __future__ import annotations

import click

from snitch.cli.answering import answer
from snitch.cli.answering import format_option
from snitch.cli.answering import named
from snitch.cli.answering import note_absence
from snitch.cli.answering import opened

MOST = 3


@click.command()
@click.argument("words", nargs=-1, metavar="[MODEL] [A B]")
@click.option("--all", "everything", is_flag=True, help="Tell also what is equal.")
@format_option
def diff(*, words: tuple[str, ...], everything: bool, format_: str, color: str) -> None:
    """Compare MODEL, or all models that differ, between A and B.

    A and B are environments (production, staging, worktree), versions of MODEL or revisions; by
    default production and the working tree.
    """
    if len(words) > MOST:
        message = "expected at most a model and two releases of it"
        raise click.UsageError(message)
    match words:
        case (model, before, after):
            asked: tuple[str | None, ...] = (named(model), before, after)
        case (before, after):
            asked = (None, before, after)
        case (model,):
            asked = (named(model), None, None)
        case _:
            asked = (None, None, None)
    from snitch.engine.ledger.difference import differences  # noqa: PLC0415 - `--help` need not load it

    with opened() as book:
        found = differences(book, *asked, everything=everything)
        if not found and not any(one.places for one in book.environments):
            note_absence(book)
    failures = [failure for one in found for failure in one.failures]
    answer("difference", found, format_, color, failures=failures)
