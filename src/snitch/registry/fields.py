"""From documents to a release's fields, and from fields to typed metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from pydantic import ValidationError

from snitch.documents import Located
from snitch.documents import Number
from snitch.documents import TextDocument
from snitch.findings import Fault
from snitch.findings import Severity
from snitch.registry.ambiguity import VERSIONS
from snitch.registry.ambiguity import as_text
from snitch.registry.keypath import fill
from snitch.registry.keypath import text_of
from snitch.registry.keypath import walk
from snitch.registry.metadata import Metadata
from snitch.registry.metrics import kind_of
from snitch.registry.patterns import groups_of
from snitch.registry.patterns import matching_lines
from snitch.registry.values import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route
    from snitch.registry.keypath import Match
    from snitch.registry.layout import Layout
    from snitch.registry.sources import Source

MAX_NAME = 200
TAG = "tag"
"""The piece that is no file: the tags on the commit, which captures hold under this name."""


class Scoped(NamedTuple):
    """A document, and the part of it that is the model's: all of it, or one element."""

    document: Document
    data: Data
    route: Route = ()

    def matches(self, path: str, captures: Mapping[str, str]) -> Iterator[Match]:
        """Every value that a path leads to; one that begins with `$` starts at the file's root."""
        if path == "$" or path.startswith("$."):
            return walk(self.document.data, path[2:], (), captures)
        return walk(self.data, path, self.route, captures)


def extract(
    layout: Layout,
    scopes: Mapping[str, Scoped],
    captures: Mapping[str, str],
    names: Iterable[str] | None = None,
) -> dict[str, Located[Data]]:
    """Every field of the layout that the documents (by piece) hold, as written; or only `names`."""
    found: dict[str, Located[Data]] = {}
    routes, sources = layout.routes, layout.sources
    if names is not None:
        routes = {name: routes[name] for name in names if name in routes}
        sources = {name: sources[name] for name in names if name in sources}
    for name, (piece, route) in routes.items():
        scope = scopes.get(piece)
        if scope is None or scope.data is None:
            continue
        data: Data = scope.data
        for key in route:
            if not isinstance(data, dict) or key not in data:
                break
            data = data[key]
        else:
            found[name] = Located(data, scope.document, (*scope.route, *route))
    for name, source in sources.items():
        located = _sought(source, scopes, captures)
        if located is not None:
            found[name] = located
    return found


def _sought(
    source: Source, scopes: Mapping[str, Scoped], captures: Mapping[str, str]
) -> Located[Data] | None:
    """A field that stands at more than a plain key path."""
    scope = scopes.get(source.piece)
    if source.piece == TAG:
        return _tag(source, captures.get(TAG, "").split())
    if source.text:
        text = fill(source.text, captures)
        path = scope.document.path if scope is not None else captures.get("file", "")
        return Located(text, TextDocument(path, "")) if text else None
    if scope is None or not (source.path or source.pattern):
        return None
    return _at_path(source, scope, captures) if source.path else _in_text(source, scope.document)


def _at_path(source: Source, scope: Scoped, captures: Mapping[str, str]) -> Located[Data] | None:
    """What the path leads to; several values become a list."""
    found = [
        Located(_value(match.value, source, scope), scope.document, match.route)
        for match in scope.matches(source.path, captures)
    ]
    found = [located for located in found if located.value is not None or len(found) == 1]
    if not found:
        return None
    if len(found) == 1 or not ({"*", "{", "["} & set(source.path)):
        return found[0]
    from snitch.registry.conversions import convert  # noqa: PLC0415 - of few layouts

    several: Data = [located.value for located in found]
    if source.convert == "join":
        several = convert(several, "join")
    return Located(several, scope.document, found[0].route)


def _tag(source: Source, tags: list[str]) -> Located[Data] | None:
    """What the first tag that matches says; a working tree has none."""
    for tag in tags:
        groups = groups_of(source.pattern, tag) if source.pattern else {"value": tag}
        if groups and "value" in groups:
            return Located(groups["value"], TextDocument(f"refs/tags/{tag}", ""))
    return None


def _value(value: Data, source: Source, scope: Scoped) -> Data:
    from snitch.registry.conversions import convert  # noqa: PLC0415 - of few layouts
    from snitch.registry.conversions import dates_in  # noqa: PLC0415 - as above

    if source.pattern:
        text = text_of(value)
        groups = groups_of(source.pattern, text) if text is not None else None
        value = groups.get("value") if groups else None
    others = dates_in(leaves(scope.document.data)) if source.convert == "date" else ()
    return convert(value, source.convert, others)


def _in_text(source: Source, document: Document) -> Located[Data] | None:
    from snitch.registry.conversions import convert  # noqa: PLC0415 - of few layouts

    for line in matching_lines(source.pattern, document.text):
        if "value" in line.groups:
            start, end = line.spans["value"]
            text = TextDocument(document.path, document.text)
            value = convert(line.groups["value"], source.convert)
            return Located(value, text, (line.number, start + 1, end - start))
    return None


def leaves(data: Data) -> Iterator[Data]:
    """Every scalar of a document."""
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
        else:
            yield value


def interpret(
    fields: Mapping[str, Located[Data]], *, free: bool = False
) -> tuple[Metadata, list[Fault]]:
    """Typed values of all fields; what is of the wrong type is a fault and left out.

    A name that is `free` may be any text of one line.
    """
    if free and "name" in fields:
        others = {name: located for name, located in fields.items() if name != "name"}
        metadata, faults = interpret(others)
        return metadata.model_copy(update={"name": _free_name(fields["name"].value)}), faults
    faults = [fault for name in VERSIONS for fault in _numeric_version(name, fields.get(name))]
    wrong: set[str] = set()
    while True:
        try:
            return Metadata.model_validate(_tree(fields, wrong)), faults
        except ValidationError as error:  # noqa: PERF203 - few fields are ever wrong
            for problem in error.errors(include_url=False, include_input=False):
                name = _field_of(problem["loc"], fields)
                if name in wrong:
                    continue
                word = as_text(fields[name]) if _expected(problem) == "text" else None
                if word is not None:
                    fields = {**fields, name: word}
                    continue
                wrong.add(name)
                faults.append(_invalid(name, fields[name], problem))


def name_of(value: Data, *, free: bool) -> str | None:
    """The name that `interpret` would make of a field, and nothing else of it."""
    if free:
        return _free_name(value)
    return value if isinstance(value, str) and NAME.fullmatch(value) else None


def _free_name(value: Data) -> str | None:
    text = text_of(value)
    if text is None or not text.strip() or not text.isprintable():
        return None
    return text.strip()[:MAX_NAME]


def _tree(fields: Mapping[str, Located[Data]], without: set[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {
        name: located.value
        for name, located in fields.items()
        if located.value is not None and "." not in name and name not in without
    }
    copies: dict[str, dict[str, Any]] = {}
    for name, located in fields.items():
        parent, _, leaf = name.rpartition(".") if "." in name else ("", "", "")
        if not parent or parent in without:
            continue
        if parent not in copies:
            if not isinstance(tree.get(parent, {}), dict):
                continue
            copies[parent] = tree[parent] = {**tree.get(parent, {})}
        branch = copies[parent]
        branch.pop(leaf, None)
        if located.value is not None and name not in without:
            branch[leaf] = located.value
    return tree


def _field_of(location: tuple[int | str, ...], fields: Mapping[str, Located[Data]]) -> str:
    for length in range(len(location), 0, -1):
        name = ".".join(str(part) for part in location[:length])
        if name in fields:
            return name
    return str(location[0])


def _expected(problem: Any) -> str:  # noqa: ANN401 - pydantic's
    cause = problem.get("ctx", {}).get("error")
    return str(cause) if cause is not None else "a mapping"


def _invalid(name: str, located: Located[Data], problem: Any) -> Fault:  # noqa: ANN401 - pydantic's
    expected = _expected(problem)
    return Fault(
        "SNT004",
        located.place,
        f"`{name}` is {_shown(located.value)}, expected {expected}",
        f"write `{name}` as {expected}",
    )


def _numeric_version(name: str, located: Located[Data] | None) -> list[Fault]:
    """A version without quotes: YAML makes 1.1 of 1.10, and JSON readers do too."""
    if located is None or not isinstance(located.value, Number):
        return []
    text = located.value.text
    yaml = located.source.path.endswith((".yaml", ".yml"))
    return [
        Fault(
            "SNT006" if yaml else "SNT004",
            located.place,
            f"`{name}: {text}` has no quotes, so other readers take it for the number "
            f"{_as_number(located.value)}; expected text",
            f'write `{name}` as "{text}", with quotes',
            Severity.ERROR,
        )
    ]


def _as_number(number: Number) -> str:
    decimal = number.decimal() if "." in number.text else None
    return number.text if decimal is None else str(float(decimal))


def _shown(value: Data) -> str:
    match value:
        case str():
            return f"`{value[:60]}`"
        case bool():
            return f"the boolean `{str(value).lower()}`"
        case Number():
            return f"the number `{value.text[:60]}`"
        case _:
            return kind_of(value)
