from __future__ import annotations

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
