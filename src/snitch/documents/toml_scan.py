"""Where every value of a TOML text stands: one pass over a text that `tomllib` accepted."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.documents.document import Extent

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from snitch.documents.document import Extents
    from snitch.documents.document import Route

# Every closing quote is optional, so that broken strings are read in one pass as well.
LONG = r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*(?:"{3,5})?'
LONG_LITERAL = r"'''[^']*(?:'{1,2}(?!')[^']*)*(?:'{3,5})?"
SHORT = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
SHORT_LITERAL = r"'[^'\n]*'?"
STRING = f"{LONG}|{LONG_LITERAL}|{SHORT}|{SHORT_LITERAL}"

BLANKS = re.compile(r"[ \t]*")
VOID = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
PART = re.compile(rf"[A-Za-z0-9_-]+|{SHORT}|{SHORT_LITERAL}", re.DOTALL)
SCALAR = re.compile(rf"{STRING}|[^,\]}}#\n]*[^,\]}}#\n \t]", re.DOTALL)


def extents(text: str) -> Extents:
    """Where every value stands, by its route; a table stands where it is named first."""
    scan = _Scan(text)
    with suppress(_LostError):
        scan.read()
    return scan.found


class _LostError(Exception):
    """The text is no TOML here."""


class _Part(NamedTuple):
    """One part of a dotted key."""

    name: str
    start: int
    end: int

    @property
    def extent(self) -> Extent:
        return Extent(self.start, self.end, self.start, self.end)


class _Scan:
    """A position in the text, moved over one statement after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.found: dict[Route, Extent] = {(): Extent(0, 1)}
        self.counts: dict[Route, int] = {}
        """The index of the newest table of each array of tables."""

    def read(self) -> None:
        table: Route = ()
        self.skip(VOID)
        while self.pos < len(self.text):
            if self.text[self.pos] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(VOID)

    def skip(self, pattern: re.Pattern[str]) -> tuple[int, int]:
        match = pattern.match(self.text, self.pos)
        if match is None:
            raise _LostError
        self.pos = match.end()
        return match.span()

    def peek(self, mark: str) -> bool:
        return self.text.startswith(mark, self.pos)

    def expect(self, mark: str) -> None:
        if not self.peek(mark):
            raise _LostError
        self.pos += len(mark)

    def key(self) -> list[_Part]:
        parts: list[_Part] = []
        while not parts or self.peek("."):
            self.pos += 1 if parts else 0
            self.skip(BLANKS)
            start, end = self.skip(PART)
            parts.append(_Part(_unquoted(self.text[start:end]), start, end))
            self.skip(BLANKS)
        return parts

    def header(self) -> Route:
        brackets = 2 if self.peek("[[") else 1
        self.pos += brackets
        *above, last = self.key()
        self.expect("]" * brackets)
        route: Route = ()
        for part in above:
            route = self.newest(self.enter(route, part))
        if brackets == 1:
            route = self.newest((*route, last.name))
            self.found[route] = last.extent
            return route
        route = self.enter(route, last)
        self.counts[route] = index = self.counts.get(route, -1) + 1
        table = (*route, index)
        self.found[table] = last.extent
        return table

    def newest(self, route: Route) -> Route:
        return (*route, self.counts[route]) if route in self.counts else route

    def enter(self, route: Route, part: _Part) -> Route:
        route = (*route, part.name)
        self.found.setdefault(route, part.extent)
        return route

    def pair(self, table: Route) -> None:
        *above, last = self.key()
        self.expect("=")
        self.skip(BLANKS)
        for part in above:
            table = self.enter(table, part)
        self.value((*table, last.name), last.start, last.end)

    def value(self, route: Route, key_start: int = -1, key_end: int = -1) -> None:
        start = self.pos
        if self.peek("[") or self.peek("{"):
            self.found[route] = Extent(start, start + 1, key_start, key_end)
            self.members(route, "]" if self.peek("[") else "}")
        else:
            start, end = self.skip(SCALAR)
            self.found[route] = Extent(start, end, key_start, key_end)

    def members(self, route: Route, closing: str) -> None:
        self.pos += 1
        self.skip(VOID)
        index = 0
        while not self.peek(closing):
            if closing == "]":
                self.value((*route, index))
            else:
                self.pair(route)
            index += 1
            self.skip(VOID)
            if not self.peek(closing):
                self.expect(",")
                self.skip(VOID)
        self.pos += 1


def _unquoted(part: str) -> str:
    if "\\" not in part or part[0] == "'":
        return part.strip(part[0]) if part[0] in "\"'" else part
    try:
        return next(iter(tomllib.loads(f"{part}=0")))
    except tomllib.TOMLDecodeError:
        return part
