"""`snitch demo`: a small model repository with good and bad changes, and the check of it."""

from __future__ import annotations

import os
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli.options import today
from snitch.policy import POLICY_FILE

if TYPE_CHECKING:
    from datetime import date

BRANCH = "new-releases"


@click.command()
@click.argument(
    "directory", default="snitch-demo", type=click.Path(file_okay=False, path_type=Path)
)
@click.pass_context
def demo(context: click.Context, directory: Path) -> None:
    """Make a model repository in DIRECTORY (snitch-demo) and judge its pull request."""
    if directory.exists() and any(directory.iterdir()):
        message = f"`{directory}` is not empty; name a new directory: snitch demo DIRECTORY"
        raise click.UsageError(message)
    write(directory, today())
    click.echo(
        f"In {directory}: `main` holds seven models in production, the branch `{BRANCH}`\n"
        f"changes six of them. This is what `snitch check` says there:\n",
        err=True,
    )
    os.chdir(directory)
    from snitch.cli.check import check  # noqa: PLC0415 - `--help` need not load it

    context.invoke(check)


def write(directory: Path, day: date) -> None:
    """The repository, with its dates counted back from `day`."""
    from snitch.registry.example import PRODUCTION  # noqa: PLC0415 - `--help` need not load it
    from snitch.registry.example import PULL_REQUEST  # noqa: PLC0415
    from snitch.registry.example import files  # noqa: PLC0415
    from snitch.registry.example import policy  # noqa: PLC0415
    from snitch.registry.example import weights  # noqa: PLC0415
    from snitch.snapshots.authoring import Commit  # noqa: PLC0415
    from snitch.snapshots.authoring import write_repository  # noqa: PLC0415

    def at(days: int) -> datetime:
        return datetime.combine(day - timedelta(days), time(12), timezone.utc)

    production = {POLICY_FILE: policy(day)}
    production[".gitattributes"] = "models/*/weights/** filter=lfs diff=lfs merge=lfs -text\n"
    for model in PRODUCTION:
        production |= files(model, day)
    commits = [Commit("main", "Models in production", "ben@example.com", at(19), production)]
    commits += [
        Commit(
            BRANCH,
            f"{model.name} {model.version}: {model.note}",
            model.author,
            at(4),
            files(model, day),
        )
        for model in PULL_REQUEST
    ]
    write_repository(directory, commits, map(weights, (*PRODUCTION, *PULL_REQUEST)))
