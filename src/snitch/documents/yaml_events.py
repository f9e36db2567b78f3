"""A YAML text as a stream of events, and the places of its values by a second pass over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

import yaml

from snitch.documents.document import Extent
from snitch.documents.level import Level
from snitch.documents.limits import Limits
from snitch.documents.page import Page
from snitch.documents.refusal import beyond
from snitch.documents.refusal import invalid
from snitch.documents.refusal import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents.document import Extents
    from snitch.documents.document import Route
    from snitch.documents.refusal import UnreadableError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOREIGN_BREAK = "[\r\x85\u2028\u2029]"
UNPRINTABLE = "[^\t\n -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"


def events(page: Page, limits: Limits) -> Iterator[Any]:
    """The events of PyYAML's parser, libyaml's where it is there.

    Raises:
        UnreadableError: The text is no YAML, breaks lines where other formats do not, or nests
            deeper than the parser itself allows.
    """
    refuse_foreign_breaks(page)
    try:
        loader = LOADER(page.text)
        try:
            while loader.check_event():
                yield loader.get_event()
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise _refusal(page, limits, error) from None


def extents(text: str) -> Extents:
    """Where every value stands, by its route; what an alias repeats stands at the alias."""
    found: dict[Route, Extent] = {}
    levels: list[Level] = []
    for event in events(Page("", text), Limits()):
        start, end = event.start_mark.index, event.end_mark.index
        match event:
            case yaml.ScalarEvent() if levels and levels[-1].wants_key:
                levels[-1].name(event.value, start, end)
            case yaml.ScalarEvent() | yaml.AliasEvent():
                _enter(found, levels, start, end)
                _leave(levels)
            case yaml.CollectionStartEvent():
                route = _enter(found, levels, start, start + 1)
                levels.append(Level(route, isinstance(event, yaml.MappingStartEvent)))
            case yaml.CollectionEndEvent():
                levels.pop()
                _leave(levels)
    return found


def _enter(found: dict[Route, Extent], levels: list[Level], start: int, end: int) -> Route:
    route = levels[-1].member if levels else ()
    found[route] = levels[-1].extent(start, end) if levels else Extent(start, end)
    return route


def _leave(levels: list[Level]) -> None:
    if levels:
        levels[-1].next()


def refuse_foreign_breaks(page: Page) -> None:
    """Refuse a text that not every reader of YAML breaks into the same lines.

    Raises:
        UnreadableError: It is one.
    """
    text = page.text
    if text.isascii() and "\r" not in text:
        return
    found = re.search(FOREIGN_BREAK, text)
    if found is not None:
        raise unreadable(
            page.at(found.start()),
            f"U+{ord(found[0]):04X} breaks the line for some readers of YAML, not for all",
            "end lines with a line feed; in quotes, write the character as an escape",
        )


def _refusal(page: Page, limits: Limits, error: Exception) -> UnreadableError:
    remedy = "mend the syntax here: indent with blanks, quote text that holds `: ` or ` #`"
    match error:
        case yaml.MarkedYAMLError(problem=problem, problem_mark=mark) if mark is not None:
            # libyaml allows 1,000 levels since 0.2.6, and reads brackets ahead of its events.
            if problem == "exceeded maximum nesting depth":
                return beyond(page.at(mark.index), "values nest deeper", limits, "max_depth")
            reason = f"{problem}{_context(error)}"
            return invalid(page.at(mark.index), f"the file is not valid YAML: {reason}", remedy)
        case yaml.reader.ReaderError() if (bad := re.search(UNPRINTABLE, page.text)) is not None:
            message = f"the control character U+{ord(bad[0]):04X} stands here; text is expected"
            remedy = "remove it; in double quotes, an escape can write it"
            return invalid(page.at(bad.start()), message, remedy)
        case _:
            return invalid(page.whole, "the file is not valid YAML", remedy)


def _context(error: yaml.MarkedYAMLError) -> str:
    if error.context is None or error.context_mark is None:
        return ""
    return f" {error.context} that starts on line {error.context_mark.line + 1}"
