from __future__ import annotations

import os
import subprocess
import sys

import click

from snitch.cli import COMMANDS
from snitch.cli import commands

HEAVY = ("git", "pydantic", "rich", "yaml")


def test_every_line_of_the_help_belongs_to_a_command_that_loads() -> None:
    context = click.Context(commands)

    assert all(isinstance(commands.get_command(context, name), click.Command) for name in COMMANDS)
    assert all(line.endswith(".") and len(line) <= 65 for line in COMMANDS.values())


def test_the_help_loads_no_command() -> None:
    code = "import sys; sys.argv[1:] = ['--help']; from snitch.cli import run\n"
    code += "run()\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "Judge models" in done.stdout
    for module in (*HEAVY, *(f"snitch.cli.{name}" for name in COMMANDS)):
        assert f"'{module}'" not in done.stdout


def test_a_shell_completes_commands_and_is_told_so() -> None:
    environ = {"_SNITCH_COMPLETE": "bash_complete", "COMP_WORDS": "snitch che", "COMP_CWORD": "1"}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv = ['snitch']; from snitch.cli import main; main()",
        ],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "plain,check\n"
