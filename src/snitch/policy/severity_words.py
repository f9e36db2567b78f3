"""Severities as spelt: `off`, `no` and `false` are one value to YAML, and only one is a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.policy.problem import Problem
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.documents import Route
    from snitch.findings import Place


def misspelt(data: Data, place: Callable[[Route], Place]) -> Iterator[Problem]:
    """The severities of a policy that YAML reads as `off` and that say something else.

    `place` is asked only for severities without quotes.
    """
    for route in _switched_off(data):
        word = _word(place(route))
        if word.lower() != "off":
            message = f"{quoted(str(route[-1]))} is {quoted(word)}"
            expected = "expected off, info, warning or error"
            yield Problem(f"{message}; {expected}", "write `off`, if that is what is meant", route)


def _switched_off(data: Data) -> Iterator[Route]:
    match data:
        case {"rules": dict(rules)}:
            yield from (("rules", rule) for rule, value in rules.items() if value is False)
    match data:
        case {"overrides": list(overrides)}:
            for index, override in enumerate(overrides):
                yield from (("overrides", index, *route) for route in _switched_off(override))


def _word(place: Place) -> str:
    start = (place.column or 1) - 1
    return (place.excerpt or "")[start : start + place.width]
