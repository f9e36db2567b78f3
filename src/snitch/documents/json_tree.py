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
from snitch.documents.encoding import KIB
from snitch.documents.json_scan import members
from snitch.documents.json_scan import unquoted
from snitch.documents.nesting import deeper
from snitch.documents.refusal import beyond
from snitch.documents.refusal import duplicate
from snitch.documents.refusal import invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.document import Data
    from snitch.documents.document import Extents
    from snitch.documents.limits import Limits
    from snitch.documents.page import Page
    from snitch.findings import Fault

WINDOW = 32 * KIB
NOT_STRUCTURE = bytes(set(range(256)) - set(b'[]{}:,"'))
STRING = re.compile(rb'"[^"]*"?')
HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def read(page: Page, limits: Limits, _max_aliases: int = 0) -> tuple[Data, tuple[Fault, ...]]:
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
        return _choose(text, limits.max_key_chars).decode(text), ()
    except _DoubtError:
        return _read_slowly(page, limits)
    except json.JSONDecodeError as error:
        raise _not_json(page, error) from None


def extents(text: str) -> Extents:
    """Where every value stands, by its route; of doubled keys the last counts, as in the data."""
    return {member.route: member.extent for member in members(text)}


class _DoubtError(Exception):
    """A mapping's keys want a closer look."""


def _mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _DoubtError
    return result


@cache
def _strict(max_key_chars: int) -> json.JSONDecoder:
    """For texts with long strings or letters beyond ASCII: its keys may be long, or alike."""

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = _mapping(pairs)
        keys = "".join(result)
        if not keys.isascii():
            raise _DoubtError
        if len(keys) > max_key_chars and max(map(len, result)) > max_key_chars:
            raise _DoubtError
        return result

    return _decoder(mapping)


def _decoder(hook: Callable[[list[tuple[str, object]]], object]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=hook, parse_float=Number, parse_int=Number, parse_constant=Number
    )


QUICK = _decoder(_mapping)
LENIENT = _decoder(dict)


def _choose(text: str, max_key_chars: int) -> json.JSONDecoder:
    # Single characters are looked for first: that is far quicker than looking for two.
    plain = text.isascii() and ("\\" not in text or "\\u" not in text)
    if plain and not _has_long_string(text, max_key_chars):
        return QUICK
    return _strict(max_key_chars)


def _read_slowly(page: Page, limits: Limits) -> tuple[Data, tuple[Fault, ...]]:
    try:
        data = LENIENT.decode(page.text)
    except json.JSONDecodeError as error:
        raise _not_json(page, error) from None
    return data, _inspect(page, limits)


def _suspicious(text: str, limits: Limits) -> bool:
    """Whether some limit may be passed."""
    if "\\" in text and HALF_CHARACTER.search(text):
        return True
    if len(text) < limits.max_nodes and text.count("[") + text.count("{") <= limits.max_depth:
        return len(text) > limits.max_text_kib * KIB
    marks = _structure(text)
    return (
        len(marks) >= limits.max_nodes
        or deeper(marks.translate(None, b":,"), limits.max_depth)
        or _has_long_string(text, limits.max_text_kib * KIB)
    )


def _structure(text: str) -> bytes:
    """The text's brackets, commas and colons, without those that stand in strings."""
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    # Two quotes in a row are a string that holds no marks, or the seam of two that do.
    marks = text.encode().translate(None, NOT_STRUCTURE).replace(b'""', b"")
    return STRING.sub(b"", marks) if b'"' in marks else marks


def _has_long_string(text: str, most: int) -> bool:
    """Whether a string may be longer than `most`: it then fills a window of half that.

    A quote behind a backslash ends no string, so a text with such quotes may always have one.
    """
    if len(text) <= most or ("\\" in text and '\\"' in text):
        return len(text) > most
    window = max(1, min(WINDOW, most // 2))
    for start in range(0, len(text) - window + 1, window):
        if text.find('"', start, start + window) < 0:
            return True
    return False


def _inspect(page: Page, limits: Limits) -> tuple[Fault, ...]:
    """Every member of the text against every limit; the duplicate keys."""
    nodes = 0
    faults = []
    seen: dict[tuple[int, str], int] = {}
    for route, (start, end, key_start, key_end), parent in members(page.text):
        nodes += 1 if key_start < 0 else 2
        if nodes > limits.max_nodes:
            raise beyond(page.at(start, end), "the file holds more values", limits, "max_nodes")
        if page.text[start] in "[{" and len(route) >= limits.max_depth:
            raise beyond(page.at(start, end), "values nest deeper", limits, "max_depth")
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
        raise beyond(page.at(start, end), "the key is longer", limits, "max_key_chars")
    return normalize("NFC", key)


def _inspect_text(page: Page, limits: Limits, start: int, end: int) -> str:
    text = unquoted(page.text[start:end])
    if len(text) > limits.max_text_kib * KIB:
        raise beyond(page.at(start, end), "the text is longer", limits, "max_text_kib")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise invalid(
            page.at(start, end),
            "an escape names half of a character (U+D800 to U+DFFF)",
            "write the character itself, or both halves of it",
        )
    return text


def _not_json(page: Page, error: json.JSONDecodeError) -> Exception:
    reason = error.msg[:1].lower() + error.msg[1:]
    return invalid(
        page.at(error.pos),
        f"the file is not valid JSON: {reason}",
        "mend the syntax here; JSON has no comments and no comma after the last value",
    )
