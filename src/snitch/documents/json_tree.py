"""JSON as data that keeps its numbers' spelling, with the guards that `json` lacks.

The guards look at the text's brackets, commas and colons alone, in a few passes in C; the
slow walk over every token runs only where something is wrong, or a place is asked for.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from snitch.documents.document import Number
from snitch.documents.json_scan import members
from snitch.documents.json_scan import unquoted
from snitch.documents.nesting import deeper
from snitch.documents.refusal import beyond
from snitch.documents.refusal import duplicate
from snitch.documents.refusal import invalid

if TYPE_CHECKING:
    from snitch.documents.document import Data
    from snitch.documents.document import Extents
    from snitch.documents.limits import Limits
    from snitch.documents.page import Page
    from snitch.findings import Fault

KIB = 1024
WINDOW = 32 * KIB
NOT_STRUCTURE = bytes(set(range(256)) - set(b'[]{}:,"'))
STRING = re.compile(rb'"[^"]*"?')
HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def read(page: Page, limits: Limits) -> tuple[Data, tuple[Fault, ...]]:
    """The data, and what is wrong with single keys.

    Raises:
        UnreadableError: The text is no JSON, or passes a limit.
    """
    text = page.text
    if not text or text.isspace():
        return None, ()
    if _suspicious(text, limits):
        _inspect(page, limits)
    try:
        return _decoder(limits.max_key_chars).decode(text), ()
    except _DoubtError:
        return _read_slowly(page, limits)
    except json.JSONDecodeError as error:
        raise _not_json(page, error) from None


def extents(text: str) -> Extents:
    """Where every value stands, by its route; of doubled keys the last counts, as in the data."""
    return {member.route: member.extent for member in members(text)}


class _DoubtError(Exception):
    """A mapping's keys want a closer look."""


@cache
def _decoder(max_key_chars: int) -> json.JSONDecoder:
    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        keys = "".join(result)
        if len(result) != len(pairs) or not keys.isascii():
            raise _DoubtError
        if len(keys) > max_key_chars and max(map(len, result)) > max_key_chars:
            raise _DoubtError
        return result

    return json.JSONDecoder(
        object_pairs_hook=mapping, parse_float=Number, parse_int=Number, parse_constant=Number
    )


LENIENT = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number)


def _read_slowly(page: Page, limits: Limits) -> tuple[Data, tuple[Fault, ...]]:
    try:
        data = LENIENT.decode(page.text)
    except json.JSONDecodeError as error:
        raise _not_json(page, error) from None
    return data, _inspect(page, limits)


def _suspicious(text: str, limits: Limits) -> bool:
    """Whether some limit may be passed; a string's brackets and commas do not count."""
    plain = text.replace("\\\\", "__").replace('\\"', "__") if "\\" in text else text
    marks = plain.encode().translate(None, NOT_STRUCTURE).replace(b'""', b"")
    if b'"' in marks:
        marks = STRING.sub(b"", marks)
    return (
        len(marks) >= limits.max_nodes
        or deeper(marks.translate(None, b":,"), limits.max_depth)
        or _has_long_string(plain, limits.max_text_kib * KIB)
        or ("\\u" in text and HALF_CHARACTER.search(text) is not None)
    )


def _has_long_string(text: str, most: int) -> bool:
    """Whether some stretch of `most` characters may hold no quote: it then fills a window."""
    window = max(1, min(WINDOW, most // 2))
    return len(text) > most and any(
        text.find('"', start, start + window) < 0
        for start in range(0, len(text) - window + 1, window)
    )


def _inspect(page: Page, limits: Limits) -> tuple[Fault, ...]:
    """Every member of the text against every limit; the duplicate keys."""
    nodes = 0
    faults = []
    seen: dict[tuple[int, str], int] = {}
    for route, (start, end, key_start, key_end), parent in members(page.text):
        nodes += 1 if key_start < 0 else 2
        if nodes > limits.max_nodes:
            raise beyond(page.at(start, end), "The file holds more values", limits, "max_nodes")
        if page.text[start] in "[{" and len(route) >= limits.max_depth:
            raise beyond(page.at(start, end), "Values nest deeper", limits, "max_depth")
        if page.text[start] == '"':
            _inspect_text(page, limits, start, end)
        if key_start < 0:
            continue
        key = _inspect_key(page, limits, key_start, key_end)
        first = seen.setdefault((parent, key), key_start)
        if first != key_start:
            at = page.at(key_start, key_end)
            faults.append(duplicate(at, key, page.position(first)[0]))
    return tuple(faults)


def _inspect_key(page: Page, limits: Limits, start: int, end: int) -> str:
    key = _inspect_text(page, limits, start, end)
    if len(key) > limits.max_key_chars:
        raise beyond(page.at(start, end), "The key is longer", limits, "max_key_chars")
    return normalize("NFC", key)


def _inspect_text(page: Page, limits: Limits, start: int, end: int) -> str:
    text = unquoted(page.text[start:end])
    if len(text) > limits.max_text_kib * KIB:
        raise beyond(page.at(start, end), "The text is longer", limits, "max_text_kib")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise invalid(
            page.at(start, end),
            "An escape names half of a character (U+D800 to U+DFFF).",
            "Write the character itself, or both halves of it.",
        )
    return text


def _not_json(page: Page, error: json.JSONDecodeError) -> Exception:
    reason = error.msg[:1].lower() + error.msg[1:]
    return invalid(
        page.at(error.pos),
        f"The file is not valid JSON: {reason}.",
        "Mend the syntax here; JSON has no comments and no comma after the last value.",
    )
