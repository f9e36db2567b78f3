"""`snitch explain`: one rule, what, why and how to mend it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from snitch.cli.options import width
from snitch.cli.output import say

if TYPE_CHECKING:
    from snitch.findings import Rule

MAX_WIDTH = 88
"""Prose is easier to read in shorter lines than a wide terminal has."""


@click.command()
@click.argument("rule")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def explain(rule: str, form: str) -> None:
    """Explain a rule by its code or its name."""
    from snitch.checks.catalog import installed  # noqa: PLC0415 - `--help` need not load it

    catalog = installed()
    found = catalog.find(rule)
    if found is None:
        from snitch.policy.nearest import nearest_or  # noqa: PLC0415 - only for a typo

        known = [word for one in catalog.rules for word in (one.code, one.name)]
        message = f"no rule `{rule}`; {nearest_or(rule, known, '`snitch rules` lists them')}"
        raise click.UsageError(message)
    if form == "json":
        import json  # noqa: PLC0415 - only for this format

        say(json.dumps(as_mapping(found), indent=2))
    else:
        say(page(found, min(width(), MAX_WIDTH)))


def page(rule: Rule, columns: int) -> str:
    """The rule for a terminal of so many columns."""

    def prose(text: str) -> str:
        return "\n\n".join(
            textwrap.fill(paragraph, columns) for paragraph in text.strip().split("\n\n")
        )

    lock = "; always in force" if rule.fixed else ""
    parts = [
        f"{rule.code} {rule.name} ({rule.severity.value}{lock})",
        prose(rule.summary),
        "Why it matters\n" + prose(rule.why),
        "How to mend it\n" + prose(rule.remedy),
    ]
    for title, snippet in (("Breaks the rule", rule.bad), ("Mended", rule.good)):
        if snippet:
            parts.append(f"{title}\n" + textwrap.indent(snippet.strip("\n"), "    "))
    return "\n\n".join(parts)


def as_mapping(rule: Rule) -> dict[str, object]:
    """The rule for a program."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "fixed": rule.fixed,
        "summary": rule.summary,
        "why": rule.why,
        "remedy": rule.remedy,
        "bad": rule.bad,
        "good": rule.good,
    }
