"""Where every value of a JSON text stands: one pass over its tokens, without recursion."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.documents.document import Extent
from snitch.documents.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents.document import Route

# The closing quote is optional so that a text of broken strings is still read in one pass.
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}:,]|[^\s"\[\]{}:,]+', re.DOTALL)


class Member(NamedTuple):
    """One value, with its key where it has one."""

    route: Route
    extent: Extent
    parent: int
    """The offset of the mapping or list that holds it, -1 for the root."""


def members(text: str) -> Iterator[Member]:
    """Every value in the order of the text; anything but JSON gives some values and no error."""
    levels: list[Level] = []
    for token in TOKEN.finditer(text):
        start, end = token.span()
        top = levels[-1] if levels else None
        match text[start]:
            case ":":
                continue
            case ",":
                if top is not None:
                    top.next()
            case "]" | "}":
                if levels:
                    levels.pop()
            case '"' if top is not None and top.wants_key:
                top.name(unquoted(text[start:end]), start, end)
            case first:
                route: Route = () if top is None else top.member
                if top is None:
                    yield Member(route, Extent(start, end), -1)
                else:
                    yield Member(route, top.extent(start, end), top.start)
                if first in "[{":
                    levels.append(Level(route, keyed=first == "{", start=start))


def unquoted(token: str) -> str:
    """The text that a string token means; a broken one as it stands."""
    if "\\" not in token:
        return token.strip('"')
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token
