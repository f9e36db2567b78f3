"""Regular expressions that a layout may bring: bounded, so that no text can hold Snitch up.

A pattern is matched against one line at a time, from its beginning, lines of at most `MAX_LINE`
characters. Repetitions do not nest, and there are few of them: the work is polynomial of a low
degree in a short line.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

MAX_PATTERN = 500
MAX_LINE = 500
MAX_OPEN = 3
"""Repetitions that take any character: two beside each other cost the square of the line."""
MAX_REPEATS = 12

_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_FORBIDDEN = {
    "GROUPREF": "a back-reference",
    "GROUPREF_EXISTS": "a conditional group",
    "ASSERT": "a look-around",
    "ASSERT_NOT": "a look-around",
}


class Line(NamedTuple):
    """One line that a pattern matches: its 1-based number and its named groups."""

    number: int
    groups: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]
    """0-based start and end of each group in the line."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern.

    Raises:
        ValueError: It is none, or one that could take too long.
    """
    if len(pattern) > MAX_PATTERN:
        message = f"a pattern of at most {MAX_PATTERN} characters"
        raise ValueError(message)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python will read in another way one day
            found = re.compile(pattern)
            tree = _parse(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        message = f"a regular expression ({error})"
        raise ValueError(message) from None
    counts = {"repeats": 0, "open": 0}
    _judge(tree, counts, inside=False)
    if counts["repeats"] > MAX_REPEATS or counts["open"] > MAX_OPEN:
        message = f"at most {MAX_OPEN} repetitions of any character and {MAX_REPEATS} in all"
        raise ValueError(message)
    return found


def matching_lines(pattern: str, text: str) -> Iterator[Line]:
    """Every line that a pattern matches from its beginning on."""
    expression = compiled(pattern)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) <= MAX_LINE:
            found = expression.match(line)
            if found is not None:
                groups = {name: value for name, value in found.groupdict().items() if value}
                yield Line(number, groups, {name: found.span(name) for name in groups})


def groups_of(pattern: str, text: str) -> dict[str, str] | None:
    """The named groups of a pattern that matches a whole short text; None where it does not."""
    found = compiled(pattern).fullmatch(text) if len(text) <= MAX_LINE else None
    return None if found is None else {k: v for k, v in found.groupdict().items() if v is not None}


def _parse(pattern: str) -> Any:  # noqa: ANN401 - the standard library's tree is untyped
    # Python 3.10 keeps the parser in a module of its own.
    parser = getattr(re, "_parser", None) or import_module("sre_parse")
    return parser.parse(pattern)


def _judge(tree: Any, counts: dict[str, int], *, inside: bool) -> None:  # noqa: ANN401 - as above
    for operation, argument in tree:
        name = str(operation)
        if name in _FORBIDDEN:
            message = f"a pattern without {_FORBIDDEN[name]}"
            raise ValueError(message)
        if name in _REPEATS:
            _repeat(argument, counts, inside=inside)
            continue
        for part in _subtrees(name, argument):
            _judge(part, counts, inside=inside)


def _repeat(argument: Any, counts: dict[str, int], *, inside: bool) -> None:  # noqa: ANN401
    low, high, body = argument
    if int(high) > 1:
        if inside:
            message = "a pattern whose repetitions do not nest"
            raise ValueError(message)
        counts["repeats"] += 1
        counts["open"] += int(high) > MAX_LINE // 10 and _takes_anything(body)
    _judge(body, counts, inside=inside or (int(high) > 1 and int(low) != int(high)))


def _takes_anything(body: Any) -> bool:  # noqa: ANN401 - as above
    for operation, argument in body:
        name = str(operation)
        if name in ("ANY", "NOT_LITERAL"):
            return True
        if name == "IN" and any(str(kind) in ("NEGATE", "CATEGORY") for kind, _ in argument):
            return any(
                str(kind) == "NEGATE" or str(value).startswith("CATEGORY_NOT")
                for kind, value in argument
            )
        if any(_takes_anything(part) for part in _subtrees(name, argument)):
            return True
    return False


def _subtrees(name: str, argument: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    match name:
        case "SUBPATTERN":
            yield argument[3]
        case "BRANCH":
            yield from argument[1]
        case "ATOMIC_GROUP":
            yield argument
