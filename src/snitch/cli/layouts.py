"""`snitch layouts`: the shapes of repositories that Snitch reads, and what one reads of yours."""

from __future__ import annotations

from pathlib import Path

import click

from snitch.cli.output import say


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

    PATH is a glob of the models' directories; without one, `models/*` and then the root.
    """
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it
    from snitch.registry.inspection import inspect  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415
    from snitch.snapshots import Repository  # noqa: PLC0415

    with Repository.discover(Path.cwd()) as repository:
        found, name, limits = _layout(layout, Path(repository.root))
        models = inspect(repository.worktree(), found, name, path, limits)
        if not models:
            where = f"`{path}`" if path else "`models/*` nor at the root"
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


def _layout(word: str, root: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 - lazy types
    """The layout that a word means: a file, one of the policy's, or a built-in one."""
    from snitch.documents import Limits  # noqa: PLC0415 - `--help` need not load it
    from snitch.policy.effective import limits_of  # noqa: PLC0415
    from snitch.policy.load import load_file  # noqa: PLC0415
    from snitch.registry.layout import load_built_in  # noqa: PLC0415
    from snitch.registry.layout import parse_layout  # noqa: PLC0415

    file = Path(word)
    if file.suffix in {".yaml", ".yml"} and file.is_file():
        return parse_layout(word, file.read_bytes()), file.stem, Limits()
    policy = root / "snitch.yaml"
    if policy.is_file():
        loaded = load_file(policy).policy
        if word in loaded.layouts:
            return loaded.layouts[word], word, limits_of(loaded)
    return load_built_in(word), word, Limits()
