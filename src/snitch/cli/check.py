"""`snitch check`: judge models."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli import EXIT_STATUS
from snitch.cli.destinations import destinations
from snitch.cli.destinations import write
from snitch.cli.options import color_option
from snitch.cli.options import day_option
from snitch.cli.options import is_terminal
from snitch.cli.options import today
from snitch.reports import FORMATS
from snitch.reports import RenderOptions

if TYPE_CHECKING:
    from datetime import date

    from snitch.engine.request import Request
    from snitch.findings import Report

FOR_PEOPLE = frozenset({"terminal", "concise", "markdown", "github"})
"""Formats of which `--quiet` leaves out what passes; a program needs its document all the same."""


@click.command()
@click.argument("names", nargs=-1, metavar="[MODEL_OR_PATH]...")
@click.option("--staged", is_flag=True, help="Judge what is staged for the next commit.")
@click.option("--ref", metavar="REV", help="Judge a commit instead of the working tree.")
@click.option(
    "--baseline",
    metavar="REV",
    help="Compare with this revision. [default: the tip of the production branch]",
)
@click.option("--changed-since", metavar="REV", help="Judge the models that differ from REV.")
@click.option("--all", "everything", is_flag=True, help="Judge every model.")
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Judge by this policy. [default: the baseline's snitch.yaml]",
)
@click.option("--policy-from", metavar="REV", help="Judge by the snitch.yaml of this revision.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=lambda _context, _parameter, typed: [
        name for name in FORMATS if name.startswith(typed)
    ],
    help=f"One of {', '.join(FORMATS)}; repeatable. [default: terminal]",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Only these rules: REG, REG3 or REG301,FRS."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="All but these rules.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least severity that fails.",
)
@day_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes for audits. [default: one a processor]",
)
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    metavar="N",
    help="The longest Markdown report, in UTF-16 units. [default: 60000]",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end.")
@click.option("--quiet", is_flag=True, help="Say nothing when there is nothing to mend.")
@color_option
@click.option("--no-ignores", is_flag=True, help="Judge as if there were no waivers.")
@click.pass_context
def check(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    names: tuple[str, ...],
    *,
    staged: bool,
    ref: str | None,
    baseline: str | None,
    changed_since: str | None,
    everything: bool,
    policy_file: Path | None,
    policy_from: str | None,
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    as_of: date | None,
    jobs: int | None,
    max_chars: int | None,
    statistics: bool,
    quiet: bool,
    color: str,
    no_ignores: bool,
) -> None:
    """Judge models: those that this change touches, or those named.

    Exit status: 0 nothing to mend, 1 findings, 2 Snitch could not judge.
    """
    _exclusive(("--staged", staged), ("--ref", ref))
    _exclusive(("--all", everything), ("--changed-since", changed_since), ("names", names))
    _exclusive(("--policy", policy_file), ("--policy-from", policy_from))
    outputs = destinations(formats)
    _meant(outputs, "--max-chars", max_chars, ("markdown",))
    _meant(outputs, "--statistics", statistics, ("terminal", "concise"))
    from snitch.engine.request import Request  # noqa: PLC0415 - `--help` need not load it

    request = Request(
        start=Path.cwd(),
        as_of=as_of or today(),
        candidate="index" if staged else "worktree" if ref is None else "commit",
        ref=ref,
        baseline=baseline,
        changed_since=changed_since,
        everything=everything,
        names=names,
        policy_file=policy_file,
        policy_from=policy_from,
        select=_codes(select),
        ignore=_codes(ignore),
        fail_on=fail_on,
        jobs=jobs or 0,
        ignores=not no_ignores,
        trends=_draws(outputs, staged=staged),
        environ=dict(os.environ),
        deviations=_deviations(context),
    )
    report = _judge(request, failed_to_standard_error=outputs == [("terminal", None)])
    if quiet and report.verdict == "pass" and not report.findings:
        outputs = [one for one in outputs if one[1] is not None or one[0] not in FOR_PEOPLE]
    write(report, outputs, color, RenderOptions(max_chars=max_chars, statistics=statistics))
    context.exit(EXIT_STATUS[report.verdict])


def _judge(request: Request, *, failed_to_standard_error: bool) -> Report:
    """Return the report.

    Where nothing could be judged, formats for programs and pull requests get a report that says
    so, a person at a terminal the bare reason.
    """
    from snitch.cli.progress import progress  # noqa: PLC0415 - loads rich only when it draws
    from snitch.engine.opening import open_candidate  # noqa: PLC0415 - `--help` need not load it
    from snitch.findings import CannotJudgeError  # noqa: PLC0415

    try:
        # What a plugin prints must not end up in the report.
        with redirect_stdout(sys.stderr), progress() as show:
            opened = open_candidate(request)
            from snitch.engine.checking import check as run  # noqa: PLC0415 - while Git reads

            return run(request, show, _give_up, opened)
    except CannotJudgeError as error:
        if failed_to_standard_error:
            raise
        from snitch.engine.checking import could_not_judge  # noqa: PLC0415
        from snitch.reports.neutral.plain import plain  # noqa: PLC0415

        click.echo(f"snitch: {plain(error.message)}\n  fix: {plain(error.remedy)}", err=True)
        return could_not_judge(request, error)


def _give_up(seconds: int) -> None:
    """End a run that hangs: no report, no green check."""
    message = f"snitch: the run passed its limit of {seconds} seconds, and nothing is judged\n"
    os.write(2, f"{message}  fix: judge fewer models at once, or report what hangs\n".encode())
    os._exit(EXIT_STATUS["error"])


def _draws(outputs: list[tuple[str, str | None]], *, staged: bool) -> bool:
    """Whether a report will show the past: one that is kept, or a person's who waits for it."""
    names = {name for name, _ in outputs}
    if names & {"markdown", "html", "json"}:
        return True
    return "terminal" in names and not staged and is_terminal()


def _meant(
    outputs: list[tuple[str, str | None]], option: str, value: object, formats: tuple[str, ...]
) -> None:
    """Refuse an option that no report of this run would heed."""
    if value and not any(name in formats for name, _ in outputs):
        message = f"{option} is for --format {' or '.join(formats)}"
        raise click.UsageError(message)


def _exclusive(*options: tuple[str, object]) -> None:
    given = [name for name, value in options if value not in {None, False, ()}]
    if len(given) > 1:
        message = f"{given[0]} and {given[1]} exclude each other"
        raise click.UsageError(message)


def _codes(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(",".join(texts).replace(",", " ").split())


def _deviations(context: click.Context) -> tuple[str, ...]:
    """The flags that change what is judged or how, as typed; not those of mere presentation."""
    silent = {"formats", "color", "quiet", "jobs", "max_chars", "statistics"}
    found = []
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name in silent or source is not click.core.ParameterSource.COMMANDLINE:
            continue
        value = context.params[name]
        if name == "names":
            found += list(value)
        elif isinstance(value, tuple):
            found.append(f"{parameter.opts[0]} {','.join(value)}")
        elif value is True:
            found.append(parameter.opts[0])
        elif value is not False and value is not None:
            found.append(f"{parameter.opts[0]} {value}")
    return tuple(found)
