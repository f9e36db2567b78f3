"""TOML as data whose numbers and dates are text, with the guards that `tomllib` lacks."""

from __future__ import annotations

import re
import sys
from datetime import date
from datetime import datetime
from datetime import time
from typing import TYPE_CHECKING
from typing import Any
from unicodedata import normalize

from snitch.documents.document import Document
from snitch.documents.document import Number
from snitch.documents.encoding import KIB
from snitch.documents.nesting import deeper
from snitch.documents.refusal import UnreadableError
from snitch.documents.refusal import beyond
from snitch.documents.refusal import duplicate
from snitch.documents.refusal import invalid
from snitch.documents.refusal import shown
from snitch.documents.refusal import unreadable
from snitch.documents.toml_scan import STRING
from snitch.documents.toml_scan import extents
from snitch.findings import Fault

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents.document import Data
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits
    from snitch.documents.page import Page

__all__ = ["extents", "read"]

MAX_DOTS = 32
MAX_BITS = 1024
QUOTED_OR_COMMENT = re.compile(rf"{STRING}|#[^\n]*", re.DOTALL)
MANY_DOTS = re.compile(rf"(?<![\w-])(?:[\w-]+[ \t]*\.[ \t]*){{{MAX_DOTS + 1}}}")
BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
STANDS = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)")
TWICE = re.compile("overwrite|twice|[Dd]uplicate|immutable|redefine")


def read(page: Page, limits: Limits, _max_aliases: int = 0) -> tuple[Data, tuple[Fault, ...]]:
    """The data; a file of nothing but blanks is None.

    Raises:
        UnreadableError: The text is no TOML, holds a key twice, or passes a limit.
    """
    if not page.text or page.text.isspace():
        return None, ()
    _guard(page, limits)
    try:
        tree: dict[str, Any] = tomllib.loads(page.text, parse_float=Number)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(page, str(error)) from None
    except ValueError:
        raise unreadable(
            page.whole,
            "the file holds a number of thousands of digits, or a date that does not exist",
            "correct the number or the date, or quote it",
        ) from None
    faults = tuple(_tidy(page, limits, tree))
    return tree, faults


def _guard(page: Page, limits: Limits) -> None:
    """Refuse what `tomllib` would take seconds, gigabytes or its stack for."""
    for number, line in enumerate(page.lines, 1):
        if len(line) > limits.max_text_kib * KIB:
            raise beyond(page.span(number, 1), "the line is longer", limits, "max_text_kib")
    bare = QUOTED_OR_COMMENT.sub(_blanked, page.text)
    dotted = MANY_DOTS.search(bare)
    if dotted is not None:
        raise unreadable(
            page.at(*dotted.span()),
            f"the key has more than {MAX_DOTS} dots",
            "write tables of their own, or shorter keys",
        )
    if deeper(bare.encode().translate(None, BRACKETS), limits.max_depth):
        raise beyond(page.whole, "values nest deeper", limits, "max_depth")


def _blanked(match: re.Match[str]) -> str:
    """As many characters as were there: a word for a string, blanks for a comment."""
    return ("_" if match[0][0] in "\"'" else " ") * len(match[0])


def _tidy(page: Page, limits: Limits, tree: dict[str, Any]) -> Iterator[Fault]:
    """Turn whole numbers into Numbers and dates into text, in place; hold every limit."""
    document = Document(page.path, None, page.text, spans=extents)
    nodes = 1
    rest: list[tuple[Any, Route]] = [(tree, ())]
    while rest:
        parent, route = rest.pop()
        keyed = isinstance(parent, dict)
        nodes += len(parent) * (2 if keyed else 1)
        if len(route) >= limits.max_depth:
            raise beyond(document.place(route), "values nest deeper", limits, "max_depth")
        if nodes > limits.max_nodes:
            raise beyond(document.place(route), "the file holds more values", limits, "max_nodes")
        if keyed:
            yield from _check_keys(document, limits, parent, route)
        for key, value in parent.items() if keyed else enumerate(parent):
            match value:
                case dict() | list():
                    rest.append((value, (*route, key)))
                case str() if len(value) > limits.max_text_kib * KIB:
                    place = document.place((*route, key))
                    raise beyond(place, "the text is longer", limits, "max_text_kib")
                case bool() | str() | Number():
                    pass
                case _:
                    parent[key] = _scalar(value)


def _scalar(value: object) -> Data:
    match value:
        case int() if value.bit_length() > MAX_BITS:
            return Number(hex(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return Number(str(value))


def _check_keys(
    document: Document, limits: Limits, table: dict[str, Any], route: Route
) -> Iterator[Fault]:
    joined = "".join(table)
    if len(joined) > limits.max_key_chars:
        for key in table:
            if len(key) > limits.max_key_chars:
                place = document.place((*route, key), key=True)
                raise beyond(place, "the key is longer", limits, "max_key_chars")
    if joined.isascii():
        return
    seen: dict[str, str] = {}
    for key in table:
        first = seen.setdefault(normalize("NFC", key), key)
        if first != key:
            above = document.place((*route, first), key=True)
            yield duplicate(document.place((*route, key), key=True), key, above.line or 1)


def _not_toml(page: Page, reason: str) -> UnreadableError:
    stands = STANDS.search(reason)
    found = STANDS.sub("", reason).rstrip(".")
    line = int(stands[1]) if stands and stands[1] else len(page.text.rstrip("\n").split("\n"))
    if TWICE.search(found):
        written = page.lines[line - 1]
        indent = len(written) - len(written.lstrip())
        fault = Fault(
            "SNT003",
            page.span(line, indent + 1, len(written.strip())),
            "a key or table stands here that the file has already",
            "remove or rename one of the two",
        )
        return UnreadableError(fault)
    column = int(stands[2]) if stands and stands[2] else len(page.lines[line - 1]) + 1
    return invalid(
        page.span(line, column),
        f"the file is not valid TOML: {found[:1].lower()}{shown(found[1:])}",
        "mend the syntax here; text needs quotes in TOML",
    )
