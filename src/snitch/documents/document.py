"""A file as data that remembers where every value stands and how it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Generic
from typing import NamedTuple
from typing import Protocol
from typing import TypeVar
from typing import Union

from snitch.documents.page import Page
from snitch.findings import Place
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.findings import Fault

T_co = TypeVar("T_co", covariant=True)

Route = tuple[str | int, ...]
"""The keys and indices that lead from a document's root to a value; in text formats
(Markdown, requirement files) `(line, column, width)`, 1-based."""

PLAIN_DECIMAL = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", re.ASCII
)
MAX_NUMBER_CHARS = 40
MAX_EXPONENT = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the page spells it: `1.10` and `1.1` are two spellings of one value."""

    text: str

    def decimal(self) -> Decimal | None:
        """The exact value; None for NaN, infinities, hexadecimal, over-long and other shapes.

        Plain decimals of at most 40 characters with an exponent within ±60 keep every
        operation that Snitch does exact and cheap.
        """
        if len(self.text) > MAX_NUMBER_CHARS or PLAIN_DECIMAL.fullmatch(self.text) is None:
            return None
        value = Decimal(self.text)
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(value.adjusted()) > MAX_EXPONENT:
            return None
        return value

    def __str__(self) -> str:
        return self.text


Data = Union[None, bool, str, Number, "list[Data]", "dict[str, Data]"]
"""What any structured file becomes. Dates stay text; numbers keep their spelling."""


class Extent(NamedTuple):
    """Where a value and its key stand, as offsets into the text; no key is -1, -1."""

    start: int
    end: int
    key_start: int = -1
    key_end: int = -1


Extents = Mapping[Route, Extent]
"""The extent of every value of a document; mappings and lists are one character wide."""


def _nowhere(_text: str) -> Extents:
    return {}


class Source(Protocol):
    """Anything that can say where its values stand."""

    @property
    def path(self) -> str:
        """The file, relative to the repository's root."""

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Where the value at `route` stands (or its key, or the nearest parent there is)."""


@dataclass(frozen=True)
class Document:
    """One file as data, each value with its place.

    Places cost nothing until the first one is asked for; that one scans the file once, and
    every further one is a look-up.
    """

    path: str
    data: Data
    text: str = ""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the file as such; `data` is None where nothing could be read."""
    broken: bool = False
    """True when the file could not be read as what it claims to be."""
    spans: Callable[[str], Extents] = field(default=_nowhere, repr=False, compare=False)
    """From the text to where each value stands; called at most once."""

    @cached_property
    def _page(self) -> Page:
        return Page(self.path, self.text)

    @cached_property
    def _extents(self) -> Extents:
        return self.spans(self.text)

    def place(self, route: Route = (), *, key: bool = False) -> Place:
        """Where the value at `route` stands, or its key; falls back to the nearest parent."""
        for length in range(len(route), -1, -1):
            found = self._extents.get(route[:length])
            if found is not None:
                # A parent's key points better than the whole block below it.
                if found.key_start >= 0 and (key or length < len(route)):
                    return self._page.at(found.key_start, found.key_end)
                return self._page.at(found.start, found.end)
        return Place(self.path)

    def get(self, dotted: str) -> Data:
        """The value under a dotted key path of mappings, or None where there is none."""
        data: Data = self.data
        for part in dotted.split("."):
            if not isinstance(data, dict):
                return None
            data = data.get(part)
        return data


@dataclass(frozen=True)
class TextDocument:
    """One line-based file (Markdown, requirement files): routes are (line, column, width)."""

    path: str
    text: str
    faults: tuple[Fault, ...] = ()
    broken: bool = False

    @cached_property
    def _page(self) -> Page:
        return Page(self.path, self.text)

    def place(self, route: Route = (), *, key: bool = False) -> Place:  # noqa: ARG002 - Source's shape
        """The place of a (line, column, width) route; the whole file for an empty one."""
        numbers = [part for part in route if isinstance(part, int)]
        return self._page.span(*numbers[:3]) if numbers else Place(self.path)


@dataclass(frozen=True, slots=True)
class Located(Generic[T_co]):
    """A value that knows where it was read."""

    value: T_co
    source: Source
    route: Route = ()

    @property
    def place(self) -> Place:
        """Where the value stands; costs a scan of the file, so ask only for findings."""
        return self.source.place(self.route)

    @property
    def key_place(self) -> Place:
        """Where the value's key stands."""
        return self.source.place(self.route, key=True)
