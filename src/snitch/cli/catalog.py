"""`snitch catalog`: the registry as a static site."""

from __future__ import annotations

import json
import re
from datetime import date  # noqa: TC003 - click passes it
from pathlib import Path

import click

from snitch.cli import COULD_NOT_JUDGE
from snitch.cli.answering import opened
from snitch.cli.options import day_option
from snitch.cli.output import keep_inside
from snitch.cli.output import replace_file

MANIFEST = "catalog.json"
"""What was written the last time, so that pages of models that are gone can go too."""
REMEDY = "name a directory that can be written after --html"
PAGE = re.compile(r"(index-[0-9]+|models/[a-z0-9_.-]+)\.html")


@click.command()
@click.option(
    "--html",
    required=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where to write the site.",
)
@day_option
@click.pass_context
def catalog(context: click.Context, *, html: str, as_of: date | None) -> None:
    """Write a static site of all models to DIR; pages that say the same are not written anew."""
    if not html:  # as of a variable that nobody set: the site would stand among the models
        message = "no directory is named"
        raise click.BadParameter(message, param_hint="--html")
    directory = Path(html)
    from snitch.engine.ledger.catalog import catalog as read  # noqa: PLC0415 - `--help` need not
    from snitch.reports.catalog import pages  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    before = _known(directory)
    written, names = 0, []
    with opened(as_of) as book:
        found = read(book)
        for name, text in pages(found):
            names.append(name)
            written += _update(directory / name, text)
    for name in sorted(before - set(names)):
        (directory / name).unlink(missing_ok=True)
    _update(directory / MANIFEST, json.dumps(sorted(names), indent=1) + "\n")
    click.echo(f"{len(names)} pages in {directory}, {written} of them written", err=True)
    if found.failures:
        models = sorted({failure.model or "" for failure in found.failures})
        told = ", ".join(f"`{plain(name)}`" for name in models)
        click.echo(f"snitch: what the repository holds of {told} cannot be read in full", err=True)
        click.echo("  fix: mend what `snitch models` lists below its table", err=True)
        context.exit(COULD_NOT_JUDGE)


def _update(path: Path, text: str) -> bool:
    """Write a file unless it says the same already."""
    data = text.encode("utf-8", "backslashreplace")
    if path.is_file() and path.read_bytes() == data:
        return False
    keep_inside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it

        message = f"`{path.parent}` cannot be made: {error.strerror}"
        raise CannotJudgeError(message, REMEDY) from None
    replace_file(data, path, REMEDY)
    return True


def _known(directory: Path) -> set[str]:
    """The pages of the last time; only such names as a catalog writes."""
    manifest = directory / MANIFEST
    try:
        names = json.loads(manifest.read_bytes()) if manifest.is_file() else ()
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    return {name for name in names if isinstance(name, str) and PAGE.fullmatch(name)}
