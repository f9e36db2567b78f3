"""`snitch blame`: which merge moved a metric."""

from __future__ import annotations

import click

from snitch.cli.answering import answer
from snitch.cli.answering import format_option
from snitch.cli.answering import model_argument
from snitch.cli.answering import opened


@click.command()
@model_argument
@click.argument("metric")
@click.option("--slice", "slice_", metavar="NAME", help="The metric of this slice.")
@format_option
def blame(*, model: str, metric: str, slice_: str | None, format_: str, color: str) -> None:
    """Tell which merges moved METRIC of MODEL in production, by how much, and since when."""
    from snitch.engine.ledger.blame import blame as find  # noqa: PLC0415 - `--help` need not load it

    with opened() as book:
        found = find(book, model, metric, slice_)
    answer("blame", found, format_, color, failures=found.failures)
