"""`snitch history`: the releases of a model that production held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from snitch.cli.answering import answer
from snitch.cli.answering import format_option
from snitch.cli.answering import model_argument
from snitch.cli.answering import opened
from snitch.cli.options import day

if TYPE_CHECKING:
    from datetime import date


@click.command()
@model_argument
@click.option("--at", "day", type=day, metavar="DATE", help="Only what production held that day.")
@format_option
def history(*, model: str, day: date | None, format_: str, color: str) -> None:
    """Tell which releases of MODEL production held, and who brought them, the newest first."""
    from snitch.engine.ledger.history import at  # noqa: PLC0415 - `--help` need not load it
    from snitch.engine.ledger.history import history as read  # noqa: PLC0415
    from snitch.findings import CannotJudgeError  # noqa: PLC0415

    with opened() as book:
        found = read(book, model)
    if day is not None:
        then = at(found, day)
        if then is None:
            first = found.deployments[-1].effective.date().isoformat()
            message = f"production held no `{model}` on {day.isoformat()}"
            raise CannotJudgeError(message, f"its first release came on {first}")
        found = replace(found, deployments=(then,), trends=())
    answer("history", found, format_, color, failures=found.failures)
