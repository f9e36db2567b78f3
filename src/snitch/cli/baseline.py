"""`snitch baseline`: write today's findings down, so that from then on only new ones fail."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli.options import day_option
from snitch.cli.options import today
from snitch.cli.output import save

if TYPE_CHECKING:
    from datetime import date

    from snitch.engine.recording import Recording


@click.command()
@click.option("--prune", is_flag=True, help="Only drop what is gone from the file; add nothing.")
@day_option
def baseline(*, prune: bool, as_of: date | None) -> None:
    """Write the findings of every model to snitch-baseline.json.

    From then on `snitch check` fails on new findings only, and tells how many it left out.
    Findings about a change, such as a regression, are none of them.
    """
    from snitch.cli.progress import progress  # noqa: PLC0415 - `--help` need not load it
    from snitch.engine.recording import record  # noqa: PLC0415
    from snitch.engine.request import Request  # noqa: PLC0415

    request = Request(start=Path.cwd(), as_of=as_of or today(), environ=dict(os.environ))
    with progress() as show:
        found = record(request, prune=prune, progress=show)
    if prune and not found.existed:
        message = f"there is no {found.path.name} to prune; `snitch baseline` writes one"
        raise click.UsageError(message)
    save(found.text, str(found.path))
    for line in _told(found):
        click.echo(line, err=True)


def _told(found: Recording) -> list[str]:
    from snitch.checks.wording import count  # noqa: PLC0415 - `--help` need not load it

    listed = count(found.total, "finding")
    lines = [f"{found.path.name}: {listed} ({found.added} added, {found.gone} gone)"]
    if found.uncovered:
        left = count(found.uncovered, "finding")
        lines.append(f"not covered, because nobody may switch their rules off: {left}")
    lines.append("commit it: it is in force once the production branch holds it")
    return lines
