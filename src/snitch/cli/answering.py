"""What the commands that ask the registry share: their options, and how they print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from snitch.cli import COULD_NOT_JUDGE
from snitch.cli.options import color_option
from snitch.cli.options import today
from snitch.cli.options import wants_color
from snitch.cli.options import width
from snitch.cli.output import say
from snitch.reports.ledger import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from snitch.engine.ledger.book import Book
    from snitch.findings import Failure

model_argument = click.argument("model", callback=lambda _context, _parameter, word: named(word))


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--format` and `--color`."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the answer.",
    )(color_option(command))


def named(word: str) -> str:
    """A model's name as it was given.

    Raises:
        CannotJudgeError: it is empty, as a variable is that nobody set: that names no model, not
            even the one at the root.
    """
    if not word.strip():
        from snitch.engine.wanted import empty  # noqa: PLC0415 - only for that

        raise empty()
    return word


def opened(as_of: date | None = None) -> Book:
    """The registry around the current directory."""
    from snitch.engine.ledger.book import open_book  # noqa: PLC0415 - `--help` need not load it

    book = open_book(Path.cwd(), as_of or today(), jobs=0)
    if book.repository.is_shallow():
        note = "note: this clone is shallow, so the past ends where it does: git fetch --unshallow"
        click.echo(note, err=True)
    return book


def note_absence(book: Book) -> None:
    """Say that nothing here is a model, and where to say what is."""
    mend = "`snitch init` says which are"
    if book.session.loaded.path is not None:
        mend = "correct `models` in the policy: `snitch init --dry-run` tells what is there"
    click.echo(f"note: no directory here is a model; {mend}", err=True)


def note_unread(past: Failure) -> None:
    """Say why of some models nobody can tell since when they are deployed."""
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415 - only for that

    note = f"note: `since` is open where the past cannot be read: {past.message}; {past.remedy}"
    click.echo(plain(note), err=True)


def answer(
    kind: str, value: object, format_: str, color: str, *, failures: Iterable[Failure] = ()
) -> None:
    """Print an answer; where something that it is about cannot be read, the exit status says so."""
    from snitch.reports import RenderOptions  # noqa: PLC0415 - `--help` need not load it
    from snitch.reports.ledger import render  # noqa: PLC0415

    options = RenderOptions(color=wants_color(color), width=width())
    say(render(kind, value, format_, options))
    if any(failures):
        click.get_current_context().exit(COULD_NOT_JUDGE)
