"""`snitch promote` and what it shares with `snitch rollback`."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - click passes it
from typing import TYPE_CHECKING

import click

from snitch.cli import EXIT_STATUS
from snitch.cli.answering import named
from snitch.cli.answering import opened
from snitch.cli.options import day_option
from snitch.cli.options import wants_color
from snitch.cli.options import width
from snitch.cli.output import say

if TYPE_CHECKING:
    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.promotion import Plan


@click.command()
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@click.option("--from", "source", default="staging", show_default=True, metavar="ENVIRONMENT")
@click.option("--to", "target", default="production", show_default=True, metavar="ENVIRONMENT")
@click.option("--branch", metavar="NAME", help="The branch to make. [default: one that tells]")
@day_option
@click.pass_context
def promote(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    models: tuple[str, ...],
    *,
    source: str,
    target: str,
    branch: str | None,
    as_of: date | None,
) -> None:
    """Prepare a branch that brings MODELs, or all that are ahead, from staging to production.

    The gate judges it first. Nothing is pushed, and neither the working tree nor the index is
    touched.
    """
    from snitch.engine.ledger.promotion import plan_promotion  # noqa: PLC0415 - `--help` need not

    with opened(as_of) as book:
        plan = plan_promotion(book, source, target, tuple(map(named, models)))
        context.exit(conclude(book, plan, branch))


def conclude(book: Book, plan: Plan, branch: str | None) -> int:
    """Prepare, print what became of it, and return the exit status."""
    from snitch.engine.ledger.promotion import commands  # noqa: PLC0415 - `--help` need not
    from snitch.engine.ledger.promotion import prepare  # noqa: PLC0415
    from snitch.reports import RenderOptions  # noqa: PLC0415
    from snitch.reports import render  # noqa: PLC0415
    from snitch.reports.ledger import promotion  # noqa: PLC0415

    options = RenderOptions(color=wants_color("auto"), width=width())
    prepared = prepare(book, plan, promotion.message, branch)
    if prepared.branch is None:
        say(render(prepared.report, "terminal", options))
        click.echo("snitch: the gate does not pass, so no branch was made", err=True)
    else:
        say(promotion.render(prepared, commands(book, prepared), options))
    return EXIT_STATUS[prepared.report.verdict]
