"""`snitch rules`: every rule, with plugins'."""

from __future__ import annotations

import click

from snitch.cli.output import say


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def rules(form: str) -> None:
    """List all rules."""
    from snitch.checks.catalog import installed  # noqa: PLC0415 - `--help` need not load it

    found = installed().rules
    if form == "json":
        import json  # noqa: PLC0415 - only for this format

        from snitch.cli.explain import as_mapping  # noqa: PLC0415

        say(json.dumps([as_mapping(rule) for rule in found], indent=2))
        return
    longest = max(len(rule.name) for rule in found)
    for rule in found:
        say(f"{rule.code}  {rule.name:<{longest}}  {rule.severity.value:<7}  {rule.summary}")
