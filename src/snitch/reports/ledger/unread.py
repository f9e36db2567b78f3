"""What could not be read of a release that an answer tells: where, why, and how to mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from snitch.reports.json_report import place_document
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import plain
from snitch.reports.terminal.paint import flowing
from snitch.reports.terminal.paint import paragraph
from snitch.reports.wording import position

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.findings import Failure
    from snitch.reports.terminal.line import Line

_TEXT = 400
_OBJECT = re.compile(r"Git object [0-9a-f]+ \([^)]*\)")
"""What tells failures apart that have one cause."""


def unread_lines(failures: Iterable[Failure], where: str, width: int) -> Iterator[Line]:
    """Yield each failure; `where` is the environment, the revision or the commit of the release."""
    for one, more in _grouped(failures):
        yield ()
        told = (f"{more}cannot be read in {plain(where)}", "bold red")
        yield from flowing(((plain(_at(one)), "bold"), told), width)
        yield from paragraph(plain(one.message), width)
        yield from paragraph(plain(one.remedy), width, label=("fix:", "green"))


def unread_markdown(failures: Iterable[Failure], where: str) -> Iterator[str]:
    """Yield the same as elements of a list."""
    for one, more in _grouped(failures):
        said = f"{code(one.message, _TEXT)}<br>Fix: {code(one.remedy, _TEXT)}"
        yield f"- {code(_at(one))} {more}cannot be read in {code(where)}: {said}\n"


def unread_document(failures: Iterable[Failure]) -> list[dict[str, Any]]:
    """Return the same as JSON shows it."""
    return [
        {**place_document(one.place), "message": one.message, "remedy": one.remedy}
        for one in failures
    ]


def _grouped(failures: Iterable[Failure]) -> Iterator[tuple[Failure, str]]:
    """Each once, and how many others fail alike: of a partial clone it may be every model."""
    found: dict[tuple[str, ...], list[Failure]] = {}
    for one in failures:
        alone = _at(one) if one.place is not None and one.place.line is not None else ""
        found.setdefault((_OBJECT.sub("", one.message), one.remedy, alone), []).append(one)
    for first, *others in found.values():
        yield first, f"and {len(others)} more " if others else ""


def _at(one: Failure) -> str:
    return (position(one.place) if one.place else "") or one.model or ""
