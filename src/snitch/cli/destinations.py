"""Which report of a run goes where: `--format json=report.json`, or standard output."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from snitch.cli.options import rules_url
from snitch.cli.options import wants_color
from snitch.cli.options import width
from snitch.cli.output import save
from snitch.cli.output import say
from snitch.reports import FORMATS
from snitch.reports import render

if TYPE_CHECKING:
    from snitch.findings import Report
    from snitch.reports import RenderOptions

Destination = tuple[str, str | None]
"""A format, and the file that it is written to; None for standard output."""


def destinations(texts: tuple[str, ...]) -> list[Destination]:
    """What `--format` asks for, each time that it is given.

    Raises:
        click.UsageError: a format is unknown, or two reports would go to one place.
    """
    found = [_destination(text) for text in texts] or [("terminal", None)]
    _apart(found)
    return found


def _destination(text: str) -> Destination:
    name, equals, path = text.partition("=")
    if equals and not path:
        message = f"--format {name}= names no file"
        raise click.UsageError(message)
    if name not in FORMATS:
        from snitch.policy.nearest import nearest_or  # noqa: PLC0415 - only for a typo

        hint = nearest_or(name, FORMATS, f"use one of {', '.join(FORMATS)}")
        message = f"unknown format `{name}`; {hint}"
        raise click.UsageError(message)
    return name, path or None


def _apart(found: list[Destination]) -> None:
    """Refuse two reports in one place, where the second would spoil the first."""
    places = [path for _, path in found]
    for place in places:
        if places.count(place) > 1:
            where = f"`{place}`" if place else "standard output; write one as FORMAT=FILE"
            message = f"two reports go to {where}"
            raise click.UsageError(message)


def write(report: Report, outputs: list[Destination], color: str, options: RenderOptions) -> None:
    """Every report, also where another one cannot be written.

    Raises:
        CannotJudgeError: the first of those that could not.
    """
    from snitch.findings import CannotJudgeError  # noqa: PLC0415 - `--help` need not load it

    failed = []
    for destination in outputs:
        try:
            _render(report, destination, color, options)
        except CannotJudgeError as error:  # noqa: PERF203 - few reports
            failed.append(error)
    if failed:
        raise failed[0]


def _render(report: Report, destination: Destination, color: str, options: RenderOptions) -> None:
    name, path = destination
    text = render(
        report,
        name,
        replace(
            options,
            color=wants_color(color) if path is None else color == "always",
            width=width(),
            rules_url=rules_url(to_file=path is not None or name == "sarif"),
        ),
    )
    if path is None:
        say(text)
    else:
        save(text, path)
