"""The command line: parse options, call one function, set the exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from snitch import __version__
from snitch.cli.import_path import drop_repository
from snitch.cli.no_plugins import keep_plugins_out

drop_repository()
# Modules are no garbage: looking for some while they load takes a tenth of a hook's time.
gc.set_threshold(100_000)

import click  # noqa: E402 - only now is it certain to be the installed one

COMMANDS = {
    "check": "Judge models: those that this change touches, or those named.",
    "explain": "Explain a rule by its code or its name.",
    "rules": "List all rules.",
    "policy": "Look at the policy: its schema, its effect, its validity.",
    "layouts": "List the layouts, print one, or see what one reads here.",
    "waive": "Except a model from a rule until a date.",
    "init": "Write snitch.yaml, the hook and the CI job.",
    "baseline": "Write the findings of every model to snitch-baseline.json.",
    "models": "List the models and how they stand.",
    "history": "Tell which releases of a model production held.",
    "show": "Tell everything about a release.",
    "diff": "Compare models between two revisions.",
    "blame": "Tell which merges moved a metric in production.",
    "promote": "Prepare a branch that brings releases to production.",
    "rollback": "Prepare a branch that brings an earlier release back.",
    "catalog": "Write a static site of all models.",
    "demo": "Make a small model repository and judge its pull request.",
    "comment": "Post a report as the one comment of a pull request.",
}
"""What `--help` says of each; a function of its name in a module of its name, imported when it is
wanted."""

JUDGED = 0
FOUND = 1
COULD_NOT_JUDGE = 2
INTERRUPTED = 130
EXIT_STATUS = {"pass": JUDGED, "fail": FOUND, "error": COULD_NOT_JUDGE}
"""By a report's verdict."""


class Commands(click.Group):
    """The commands, loaded by name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a command, help and exit status 2: before click 8.2 it would be 0, a pass."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(COULD_NOT_JUDGE)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        """All of them, in the order that a newcomer meets them."""
        return list(COMMANDS)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's shape
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of `--help` without loading a single command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """One of them."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"snitch.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from snitch.policy.nearest import nearest  # noqa: PLC0415 - only for a typo

            hint = nearest(args[0], COMMANDS)
            ctx.fail(f"no command `{args[0]}`" + (f"; the nearest is `{hint}`" if hint else ""))
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", message="snitch %(version)s")
def commands() -> None:
    """Tell on machine-learning models that break the deployment standard."""


def main() -> NoReturn:
    """The console script: a run, and the end of the process."""
    status = run()
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.flush()
    # To take a thousand modules apart again takes a sixth of a hook's time, and nobody sees it.
    os._exit(status)


def run() -> int:
    """The exit status of a run: every way out has one, and none shows a traceback."""
    keep_plugins_out()
    try:
        status = commands.main(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        status = exit_.exit_code
    except click.Abort:
        status = INTERRUPTED
    except KeyboardInterrupt:
        status = INTERRUPTED
    except click.ClickException as error:
        _show(error)
        status = COULD_NOT_JUDGE
    except (BrokenPipeError, SystemExit) as error:
        if isinstance(error, SystemExit) and not error.code:
            return _flushed(JUDGED)  # so click's shell completion ends
        # The reader went away, which click makes an exit of 1: that would read as findings.
        # Nothing can be said, and the interpreter must not try again.
        _abandon_output()
        status = COULD_NOT_JUDGE
    except Exception as error:  # noqa: BLE001 - the last wall before a traceback
        status = _explain(error)
    return _flushed(status if isinstance(status, int) else JUDGED)


def _flushed(status: int) -> int:
    """The status, once standard output has taken everything; else the one of a run in vain."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _abandon_output()
        return COULD_NOT_JUDGE
    return status


def _abandon_output() -> None:
    """What could not be written must not be tried again when the interpreter ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show(error: click.ClickException) -> None:
    """The usage error; what it quotes may be a branch's or a file's name from anywhere."""
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415 - only on the way out

    text = "\n".join(plain(line) for line in error.format_message().split("\n"))
    if type(error).__name__ == "NoArgsIsHelpError":  # click has it since 8.2
        click.echo(text, err=True)
    elif isinstance(error, click.UsageError):
        click.UsageError(text, error.ctx).show()
    else:
        click.ClickException(text).show()


def _explain(error: Exception) -> int:
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - only on the way out
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415 - only on the way out

    if isinstance(error, CannotJudgeError):
        click.echo(f"snitch: {plain(error.message)}\n  fix: {plain(error.remedy)}", err=True)
        return COULD_NOT_JUDGE
    if os.environ.get("SNITCH_DEBUG"):
        import traceback  # noqa: PLC0415 - only for whoever asks for it

        traceback.print_exception(error)
    click.echo(
        f"snitch: internal error, nothing was judged: {type(error).__name__}: "
        f"{plain(str(error))[:300]}; run again with SNITCH_DEBUG=1 and report the traceback",
        err=True,
    )
    return COULD_NOT_JUDGE
