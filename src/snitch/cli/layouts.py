"""`snitch layouts`: the shapes of repositories that Snitch reads, and what one reads of yours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli.output import say

if TYPE_CHECKING:
    from snitch.policy.model import Policy
    from snitch.registry.layout import Layout


@click.group(invoke_without_command=True)
@click.pass_context
def layouts(ctx: click.Context) -> None:
    """List the layouts; print one; see what one reads of this repository."""
    if ctx.invoked_subcommand is not None:
        return
    from snitch.registry.layout import built_in  # noqa: PLC0415 - `--help` need not load it
    from snitch.registry.layout import load_built_in  # noqa: PLC0415

    longest = max(map(len, built_in()))
    for name in built_in():
        say(f"{name:<{longest}}  {load_built_in(name).description}")


@layouts.command()
@click.argument("name")
def show(name: str) -> None:
    """Print the layout NAME, to start one of your own from."""
    from snitch.registry.layout import text_of_built_in  # noqa: PLC0415 - `--help` need not load it

    say(text_of_built_in(name).rstrip("\n"))


@layouts.command()
@click.argument("layout")
@click.argument("path", required=False)
def test(layout: str, path: str | None) -> None:
    """Show what LAYOUT (a name, one of the policy's, or a YAML file) reads of each model.

    PATH is a glob of the models' directories; without one, those that the policy names for the
    layout, or else `models/*` and then the root.
    """
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it
    from snitch.policy.effective import limits_of  # noqa: PLC0415
    from snitch.registry.inspection import inspect  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415
    from snitch.snapshots import Repository  # noqa: PLC0415

    with Repository.discover(Path.cwd()) as repository:
        policy = _policy(Path(repository.root))
        found, name = _layout(layout, policy)
        limits, named = limits_of(policy), policy.models
        models = inspect(repository.worktree(), found, name, path, limits, policy=named)
        if not models:
            where = f"`{path}`" if path else "the policy's `models`, `models/*` nor at the root"
            message = f"the layout `{name}` finds no model in {where}"
            remedy = "name the models' directories: snitch layouts test LAYOUT 'GLOB'"
            raise CannotJudgeError(message, remedy)
        for model in models:
            say(plain(f"{model.name} ({model.path or '.'})"))
            for read in model.found:
                place = read.place
                where = f"{place.path}:{place.line}" if place.line else place.path
                say(plain(f"  {read.what}: {read.value}  [{where}]"))
            for missing in model.missing:
                say(plain(f"  not found: {missing}"))
            for fault in model.faults:
                say(plain(f"  wrong: {fault}"))


def _policy(root: Path) -> Policy:
    """The working tree's policy, or the defaults."""
    from snitch.policy import POLICY_FILE  # noqa: PLC0415 - `--help` need not load it
    from snitch.policy.load import defaults  # noqa: PLC0415
    from snitch.policy.load import load_file  # noqa: PLC0415

    file = root / POLICY_FILE
    return (load_file(file) if file.is_file() else defaults()).policy


def _layout(word: str, policy: Policy) -> tuple[Layout, str]:
    """The layout that a word means: a file, one of the policy's, or a built-in one; its name."""
    from snitch.registry.layout import load_built_in  # noqa: PLC0415 - `--help` need not load it
    from snitch.registry.layout import parse_layout  # noqa: PLC0415

    file = Path(word)
    if file.suffix in {".yaml", ".yml"} and file.is_file():
        return parse_layout(word, file.read_bytes()), file.stem
    return policy.layouts.get(word) or load_built_in(word), word
