"""`snitch policy`: the standard itself: its schema, what is in force, whether it is valid."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli.options import day_option
from snitch.cli.options import today
from snitch.cli.output import say
from snitch.policy import POLICY_FILE

if TYPE_CHECKING:
    from datetime import date


@click.group()
def policy() -> None:
    """Look at the policy: its schema, its effect on one model, its validity."""


@policy.command()
@click.option("--report", is_flag=True, help="The schema of the JSON report instead.")
def schema(*, report: bool) -> None:
    """Print the JSON Schema of snitch.yaml."""
    if report:
        from snitch.reports.json_document import report_schema  # noqa: PLC0415 - only one is needed

        say(json.dumps(report_schema(), indent=2))
    else:
        from snitch.policy.schema import policy_schema  # noqa: PLC0415 - only one is needed

        say(json.dumps(policy_schema(), indent=2))


@policy.command()
@click.argument("model", required=False)
@click.option("--policy", "file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--policy-from", "revision", metavar="REV", help="The snitch.yaml of a revision.")
def show(model: str | None, file: Path | None, revision: str | None) -> None:
    """Print the policy in force, for one MODEL with its overrides applied.

    MODEL is a name or a path.
    """
    from snitch.engine.request import Request  # noqa: PLC0415 - `--help` need not load it
    from snitch.engine.standard import in_force  # noqa: PLC0415
    from snitch.policy.render import render  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    names = () if model is None else (model,)
    request = Request(
        Path.cwd(),
        today(),
        names=names,
        policy_file=file,
        policy_from=revision,
        environ=dict(os.environ),
    )
    found = in_force(request)
    if found.note is not None:
        click.echo(f"note: {plain(found.note)}", err=True)
    say(f"# {plain(found.source.source)}, sha256 {found.source.sha256}\n{render(found.policy)}")


@policy.command("check")
@click.argument("file", default=POLICY_FILE, type=click.Path(path_type=Path))
def check_(file: Path) -> None:
    """Say whether FILE (snitch.yaml) is a valid policy."""
    from snitch.engine.standard import problems_of  # noqa: PLC0415 - `--help` need not load it
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    problems = problems_of(file)
    for message, remedy in problems:
        click.echo(f"{plain(message)}\n  fix: {plain(remedy)}", err=True)
    if problems:
        click.get_current_context().exit(2)
    say(f"{plain(str(file))} is a valid policy")


@policy.command()
@click.argument("old", metavar="REV")
@click.argument("new", metavar="REV")
@day_option
def diff(old: str, new: str, as_of: date | None) -> None:
    """Compare the policies of two revisions, and the second one's models under both."""
    from snitch.checks.wording import count  # noqa: PLC0415 - `--help` need not load it
    from snitch.engine.policy_diff import policy_diff  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    found = policy_diff(Path.cwd(), as_of or today(), dict(os.environ), old, new)
    if not found.differences:
        say(f"the policies of {plain(old)} and {plain(new)} are the same")
        return
    lines = [f"{plain(old)} to {plain(new)}:"]
    lines += [f"  {plain(line)}" for line in found.differences]
    lines += ["", "what would newly pass:" if found.loosened else "nothing is loosened"]
    lines += [f"  {plain(line)}" for line in found.loosened]
    lines.append("")
    for verb, names in (("fail", found.failing), ("pass", found.passing)):
        listed = f": {', '.join(plain(name) for name in names)}" if names else ""
        lines.append(f"{len(names)} of {count(found.models, 'model')} would newly {verb}{listed}")
    say("\n".join(lines))
