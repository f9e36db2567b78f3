"""`snitch waive`: write one waiver into snitch.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli.options import day
from snitch.cli.options import today
from snitch.cli.output import replace_file
from snitch.cli.output import say

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("rule")
@click.argument("model")
@click.option("--reason", required=True, help="Why, for whoever reads it in a year.")
@click.option(
    "--expires", type=day, required=True, metavar="DATE", help="The last day on which it holds."
)
@click.option("--metric", metavar="NAME", help="Only findings of this metric.")
@click.option("--slice", "slice_", metavar="NAME", help="Only findings of this slice.")
@click.option(
    "--approved-by",
    metavar="WHO",
    default="whoever merges this change",
    show_default=True,
    help="Who agreed.",
)
def waive(  # noqa: PLR0913 - one parameter an option
    rule: str,
    model: str,
    *,
    reason: str,
    expires: date,
    metric: str | None,
    slice_: str | None,
    approved_by: str,
) -> None:
    """Except MODEL from RULE until a date: adds a waiver to snitch.yaml.

    It covers nothing before it is merged into production, in a change of its own.
    """
    from snitch.checks.catalog import installed  # noqa: PLC0415 - `--help` need not load it
    from snitch.engine.waiving import rule_of  # noqa: PLC0415
    from snitch.engine.waiving import waived  # noqa: PLC0415
    from snitch.policy.waiving import as_item  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    asked = {
        "rule": rule_of(installed(), rule),
        "model": model,
        "metric": metric,
        "slice": slice_,
        "reason": reason.strip(),
        "approved_by": approved_by.strip(),
        "expires": expires,
    }
    path, blob, waiver = waived(Path.cwd(), asked, today())
    replace_file(blob, path, "name a repository that may be written to")
    say("\n".join(plain(line) for line in as_item(waiver, "").splitlines()))
    click.echo(
        f"added to {plain(path.name)}; it covers nothing before it is merged into production, "
        "in a change of its own",
        err=True,
    )
