"""`snitch rollback`: prepare a branch that brings an earlier release back."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - click passes it

import click

from snitch.cli.answering import model_argument
from snitch.cli.answering import opened
from snitch.cli.options import day_option
from snitch.cli.promote import conclude


@click.command()
@model_argument
@click.option(
    "--to", "version", required=True, metavar="VERSION|COMMIT", help="The release to go back to."
)
@click.option("--branch", metavar="NAME", help="The branch to make. [default: one that tells]")
@day_option
@click.pass_context
def rollback(
    context: click.Context, model: str, *, version: str, branch: str | None, as_of: date | None
) -> None:
    """Prepare a branch that brings back a release of MODEL that production once held.

    The gate judges it first. Nothing is pushed, and neither the working tree nor the index is
    touched.
    """
    from snitch.engine.ledger.promotion import plan_rollback  # noqa: PLC0415 - `--help` need not

    with opened(as_of) as book:
        context.exit(conclude(book, plan_rollback(book, model, version), branch))
