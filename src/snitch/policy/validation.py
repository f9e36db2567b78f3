"""From a merged mapping to a policy, and from pydantic's errors to sentences.

Sentences are built from where an error is and of which type, never from the input as a whole:
what they repeat of it is short and printable.
"""

from __future__ import annotations

from dataclasses import replace
from types import UnionType
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any
from typing import Union
from typing import get_args
from typing import get_origin

from pydantic import BaseModel
from pydantic import ValidationError

from snitch.policy.model import Policy
from snitch.policy.nearest import nearest
from snitch.policy.nearest import suggestion
from snitch.policy.problem import Problem
from snitch.policy.wording import quoted
from snitch.registry.used_fields import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from snitch.documents import Data
    from snitch.documents import Route

REMEDY = "mend this line; `snitch policy schema` prints every key and what it takes"
EXPLAINED = 100
"""Problems that are put into words; who writes more of them wants to keep a gate busy."""


def validated(data: Data) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The policy that a mapping spells, or everything that is wrong with it."""
    try:
        return validate(Policy, data), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems = [_problem(detail, data) for detail in details[:EXPLAINED]]
        if len(details) > EXPLAINED:
            last = _problem(details[EXPLAINED], data)
            more = f"{last.message}; {len(details) - EXPLAINED - 1} more are not listed"
            problems.append(replace(last, message=more))
        return None, tuple(problems)


def _problem(detail: ErrorDetails, data: Data) -> Problem:
    route = _route(detail["loc"], data)
    where = _dotted(route)
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(route)
        case "missing" if isinstance(detail["loc"][-1], str):
            above = _dotted(route[:-1])
            message = f"key {quoted(str(route[-1]))} is missing in {above}"
            return Problem(message, "add the key", route[:-1], key=True)
        case _:
            message = f"{where}: {_expected(detail)}"
            return Problem(message, REMEDY, route)


def _unknown_key(route: Route) -> Problem:
    word, known = str(route[-1]), sorted(known_keys(route[:-1]))
    hint = suggestion(word, known, what="key")
    message = f"unknown key {quoted(word)} in {_dotted(route[:-1])}; {hint}"
    found = nearest(word, known)
    remedy = f"write `{found}`" if found else "remove the key, or write one of the known ones"
    return Problem(message, remedy, route, key=True)


def _expected(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "value_error":
        return str(context.get("error"))
    shape = EXPECTED.get(kind, f"expected another value ({kind})")
    return shape.format_map({name: str(value) for name, value in context.items()})


EXPECTED = {
    "greater_than_equal": "expected at least {ge}",
    "literal_error": "expected {expected}",
    "model_type": "expected a mapping",
    "dict_type": "expected a mapping",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "too_short": "expected at least {min_length} in the list",
    "too_long": "expected at most {max_length} in the list",
    "missing": "expected more values in the list",
    "string_pattern_mismatch": "expected a SHA-256, 64 digits of 0-9 and a-f",
    "string_type": "expected text",
}
"""From pydantic's types of error to what was expected."""


def _route(location: tuple[int | str, ...], data: Data) -> Route:
    """Pydantic's location without the names of alternatives that it puts between keys."""
    route: list[str | int] = []
    here: Data = data
    for index, part in enumerate(location):
        match here, part:
            case dict(), str() if part in here:
                here = here[part]
            case list(), int() if part < len(here):
                here = here[part]
            case _ if index + 1 < len(location) or part == "[key]":
                continue
            case dict(), str():
                pass
            case _:
                continue
        route.append(part)
    return tuple(route)


def _dotted(route: Route) -> str:
    if not route:
        return "the policy"
    text = ""
    for part in route:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return quoted(text.removeprefix("."))


def known_keys(route: Route) -> frozenset[str]:
    """The keys that a policy takes at a route; empty where names are the author's own."""
    kinds = list(_models(Policy))
    for part in route:
        kinds = [found for kind in kinds for found in _members(kind, part)]
    return frozenset(
        field.alias or name
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
    )


def _members(kind: Any, part: str | int) -> Iterator[Any]:  # noqa: ANN401 - an annotation
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part in {name, field.alias}:
                yield from _models(field.annotation)
    elif origin is dict and isinstance(part, str):
        yield from _models(arguments[1])
    elif origin in (tuple, list) and isinstance(part, int):
        yield from _models(arguments[0])


def _models(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - an annotation
    match get_origin(annotation):
        case origin if origin is Annotated:
            yield from _models(get_args(annotation)[0])
        case origin if origin in (Union, UnionType):
            for argument in get_args(annotation):
                yield from _models(argument)
        case _:
            yield annotation
