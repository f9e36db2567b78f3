"""`snitch init`: the policy, the hook and the CI job of a repository, from what it holds."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch import __version__
from snitch.cli.output import keep_inside
from snitch.cli.output import replace_file
from snitch.cli.output import say

if TYPE_CHECKING:
    from snitch.engine.adoption import Found
    from snitch.engine.gate_files import GateFile

MAX_HINTS = 5
"""Kinds of files told where there is no model."""
MAX_QUESTIONS = 10
"""Metrics that a person is asked about; the others stay questions in the file."""


@click.command()
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option(
    "--owners", metavar="WHO", help="Who owns the standard, for CODEOWNERS: @acme/platform."
)
def init(*, yes: bool, dry_run: bool, owners: str | None) -> None:
    """Write snitch.yaml, the hook and the CI job for this repository, from what it holds.

    Asks first where a person is at the terminal. Files that are there already stay as they are:
    what they lack is printed.
    """
    from snitch.engine.adoption import ignored  # noqa: PLC0415 - `--help` need not load it
    from snitch.engine.adoption import look  # noqa: PLC0415
    from snitch.engine.gate_files import gate_files  # noqa: PLC0415

    asks = not yes and not dry_run and sys.stdin is not None and sys.stdin.isatty()
    found = look(Path.cwd())
    _tell(found)
    directions = _directions(found) if asks and not _has_policy(found) else {}
    if asks and owners is None:
        owners = click.prompt(
            "Who owns the standard, as CODEOWNERS spells it (@acme/platform)? Empty for later",
            default="",
            show_default=False,
            err=True,
        )
    files = gate_files(found, __version__, owners=owners or None, directions=directions)
    for file in files:
        _write(found, file, asks=asks, dry_run=dry_run)
    if not dry_run:
        _next_steps(found, ignored(found.root, [file.path for file in files]))


def _has_policy(found: Found) -> bool:
    from snitch.policy import POLICY_FILE  # noqa: PLC0415 - `--help` need not load it

    return (found.root / POLICY_FILE).exists()


def _tell(found: Found) -> None:
    from snitch.checks.wording import count  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415 - `--help` need not load it

    known = found.recognised
    if known is None:
        click.echo("No model was found: the policy starts with one directory a model.", err=True)
        _hint(found)
        return
    number, metrics = count(found.models, "model"), count(len(found.metrics), "metric")
    where = ", ".join(pattern.path for pattern in known.patterns)
    click.echo(
        plain(f"Found {number} in {where}, layout {known.layout} ({known.sign}), {metrics}."),
        err=True,
    )
    if not found.metrics:
        there = "write `metrics.json` there; " if found.hints else ""
        click.echo(
            f"Without a metric nothing is compared with production: {there}`snitch layouts show "
            f"{known.layout}` tells where metrics are looked for.",
            err=True,
        )
        _hint(found)


def _hint(found: Found) -> None:
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415 - `--help` need not load it

    for seen in found.hints[:MAX_HINTS]:
        more = f" and {seen.more} more" if seen.more else ""
        # What to write is for the first layout that reads it, and here one is known already.
        write = f"; {seen.write}" if found.recognised is None else ""
        click.echo(plain(f"  {seen.path}{more}: {seen.saw}{write}"), err=True)


def _directions(found: Found) -> dict[str, str]:
    from snitch.engine.first_policy import open_questions  # noqa: PLC0415 - as above
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    answers = {}
    for name in open_questions(found)[:MAX_QUESTIONS]:
        answer = click.prompt(
            f"Which way is `{plain(name)}` better",
            type=click.Choice(["higher", "lower", "ignore", "later"]),
            default="later",
            err=True,
        )
        if answer != "later":
            answers[name] = answer
    return answers


def _write(found: Found, file: GateFile, *, asks: bool, dry_run: bool) -> None:
    if file.complete:
        click.echo(f"{file.path} is there already and lacks nothing of {file.purpose}.", err=True)
        return
    if file.exists:
        click.echo(f"\n{file.path} is there already and stays as it is. {_lacks(file)}", err=True)
        say(file.snippet)
        return
    if dry_run or asks:
        click.echo(f"\n{file.path}, {file.purpose}:", err=True)
        say(file.text)
    if dry_run or (asks and not click.confirm(f"Write {file.path}?", default=True, err=True)):
        return
    path = found.root / file.path
    keep_inside(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file.text.encode(), path, "run it where the repository may be written to")
    click.echo(f"wrote {file.path}: {file.purpose}", err=True)


def _lacks(file: GateFile) -> str:
    return f"Take over by hand what it lacks of {file.purpose}:"


def _next_steps(found: Found, ignored: tuple[str, ...]) -> None:
    if found.recognised is None:
        steps = [
            'write metrics.json   # at the root: what was measured, as {"accuracy": 0.91}',
            "snitch init          # again: the standard is then read off the model",
        ]
    else:
        steps = [
            "snitch check --all   # what the standard says of every model today",
            "snitch baseline      # keep today's findings out of tomorrow's changes",
            "git add -A && git commit   # in force once the production branch holds it",
        ]
    if ignored:
        steps.insert(0, f"git add -f {shlex.join(ignored)}   # Git ignores it otherwise")
    click.echo("\nNext:\n" + "\n".join(f"  {step}" for step in steps), err=True)
