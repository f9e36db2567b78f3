"""Key paths: where in a document something stands, as a layout spells it.

metrics.auc                     keys of mappings, separated by dots
metrics."symprec=1e-5".rmsd     a key that holds dots, brackets or blanks, in quotes
metrics.*.rmsd                  any key
metrics.{task}.rmsd             any key, kept as `task`
Models[*]                       every element of a list
Models[0]                       one element; [-1] is the last one
Models[Name]                    every element that has `Name`, kept as `Name`
results[dataset.name,type]      by several fields, each a path of plain keys
models.(best).auc               the key that was kept as `best`
runs[name,is_best=true]         only elements whose field matches a glob
sections[title=v*,-1]           the last one of those
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from snitch.documents import Number
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from decimal import Decimal

    from snitch.documents import Data
    from snitch.documents import Route

SPECIAL = frozenset('[]{}()*"')
"""What makes of a key more than itself."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping, or any (None), kept under a name."""

    name: str | None
    capture: str = ""
    kept: str = ""
    """The key is what was kept under this name."""


@dataclass(frozen=True, slots=True)
class Elements:
    """Elements of a list: those with these fields, or one of them by its index."""

    index: int | None = None
    fields: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()


Step = Key | Elements


@dataclass(frozen=True, slots=True)
class Match:
    """One value that a path leads to."""

    value: Data
    route: Route
    captures: Mapping[str, str]


@cache
def _grammar() -> re.Pattern[str]:
    """One step; compiled where a path is more than keys."""
    return re.compile(
        r"""(?P<sep>\.|^|(?=\[))(?:
        "(?P<quoted>[^"]*)"
        |(?P<wild>\*)
        |\{(?P<name>[A-Za-z_][\w]*)\}
        |\((?P<kept>[\w. -]{1,64})\)
        |\[(?P<brackets>[^\[\]]*)\]
        |(?P<key>[^.\[\]{}()"*]+)
        )""",
        re.VERBOSE,
    )


@cache
def parse(path: str) -> tuple[Step, ...]:
    """The steps of a path; none for an empty one.

    Raises:
        ValueError: The path is not spelt as above.
    """
    keys = path.split(".")
    if all(keys) and not SPECIAL & set(path):
        return tuple(map(Key, keys))
    steps: list[Step] = []
    at = 0
    while at < len(path):
        found = _grammar().match(path, at)
        if found is None or found.end() == at:
            message = f"a key path, which `{path}` is not from `{path[at:][:20]}` on"
            raise ValueError(message)
        steps.append(_step(found))
        at = found.end()
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["quoted"] is not None:
        return Key(found["quoted"])
    if found["wild"] is not None:
        return Key(None)
    if found["name"] is not None:
        return Key(None, found["name"])
    if found["kept"] is not None:
        return Key(None, kept=found["kept"])
    if found["brackets"] is not None:
        return _elements(found["brackets"])
    return Key(found["key"])


def _elements(text: str) -> Elements:
    if text in ("*", ""):
        return Elements()
    parts = [part.strip() for part in text.split(",")]
    last = parts[-1].removeprefix("-")
    index = int(parts.pop()[:9]) if last.isdecimal() and last.isascii() else None
    where = tuple((name, glob) for name, sep, glob in (p.partition("=") for p in parts) if sep)
    return Elements(index, tuple(part for part in parts if "=" not in part), where)


def walk(
    data: Data, path: str, route: Route = (), captures: Mapping[str, str] | None = None
) -> Iterator[Match]:
    """Every value that a path leads to, from `data` (which stands at `route`), in order."""
    found = [Match(data, route, captures or {})]
    for step in parse(path):
        found = [below for match in found for below in _below(match, step)]
    yield from found


def _below(match: Match, step: Step) -> Iterator[Match]:
    value = match.value
    match step:
        case Key(name, capture, kept_as):
            if not isinstance(value, dict):
                return
            name = match.captures.get(kept_as, "") if kept_as else name
            for key in value if name is None else (name,) if name in value else ():
                known = {**match.captures, capture: key} if capture else match.captures
                yield Match(value[key], (*match.route, key), known)
        case Elements():
            taken = [
                Match(item, (*match.route, *route), {**match.captures, **kept})
                for route, item in _items(value, step)
                if (kept := _kept(item, step)) is not None
            ]
            if step.index is None:
                yield from taken
            elif -len(taken) <= step.index < len(taken):
                yield taken[step.index]


def _items(value: Data, step: Elements) -> Iterable[tuple[Route, Data]]:
    """What may stand for a list: a mapping for a list of one, or else for that of its values."""
    match value:
        case list():
            return (((index,), item) for index, item in enumerate(value))
        case dict() if step.fields and _kept(value, step) is not None:
            return [((), value)]
        case dict() if step.fields:
            return (((key,), item) for key, item in value.items())
        case _:
            return ()


def _kept(item: Data, step: Elements) -> dict[str, str] | None:
    """The identifying fields of an element; None for one that the step does not take."""
    for name, glob in step.where:
        found = text_of(dig(item, name))
        if found is None or not fnmatchcase(found, glob):
            return None
    kept = {name: text_of(dig(item, name)) for name in step.fields}
    if step.fields and all(text is None for text in kept.values()):
        return None
    return {name: text or "" for name, text in kept.items()}


def dig(data: Data, dotted: str) -> Data:
    """The value under a dotted path of plain keys; a key that holds the dots itself comes first."""
    if isinstance(data, dict) and dotted in data:
        return data[dotted]
    for key in dotted.split("."):
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]
    return data


def at_route(data: Data, route: Route) -> Data:
    """The value at a route; None where nothing stands there."""
    for key in route:
        match data, key:
            case (dict(), str()):
                data = data.get(key)
            case (list(), int()) if key < len(data):
                data = data[key]
            case _:
                return None
    return data


def decimal_of(value: Data) -> Decimal | None:
    """A number's exact value; None for anything else, and for a number in no plain form."""
    return value.decimal() if isinstance(value, Number) else None


def text_of(value: Data) -> str | None:
    """A scalar as it is spelt; None for what is no scalar."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Number(text):
            return text
        case _:
            return None


def fill(template: str, captures: Mapping[str, str]) -> str:
    """A template's text: `{Dataset}` is what was kept under that name, or nothing."""
    if "{" not in template:
        return template
    return re.sub(r"\{([^{}]{1,64})\}", lambda found: captures.get(found[1], ""), template)
