"""From documents to a release's fields, and from fields to typed metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from pydantic import ValidationError

from snitch.documents import Located
from snitch.documents import Number
from snitch.findings import Fault
from snitch.findings import Severity
from snitch.registry.metadata import Metadata
from snitch.registry.metrics import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.registry.layout import Layout

VERSIONS = ("version", "data.version", "benchmark.version")


def extract(layout: Layout, documents: Mapping[str, Document]) -> dict[str, Located[Data]]:
    """Every field of the layout that the documents (by piece) hold, as written."""
    found: dict[str, Located[Data]] = {}
    for name, (piece, route) in layout.routes.items():
        document = documents.get(piece)
        if document is None or document.data is None:
            continue
        data: Data = document.data
        for key in route:
            if not isinstance(data, dict) or key not in data:
                break
            data = data[key]
        else:
            found[name] = Located(data, document, route)
    return found


def interpret(fields: Mapping[str, Located[Data]]) -> tuple[Metadata, list[Fault]]:
    """Typed values of all fields; what is of the wrong type is a fault and left out."""
    faults = [fault for name in VERSIONS for fault in _numeric_version(name, fields.get(name))]
    wrong: set[str] = set()
    while True:
        try:
            return Metadata.model_validate(_tree(fields, wrong)), faults
        except ValidationError as error:  # noqa: PERF203 - few fields are ever wrong
            for problem in error.errors(include_url=False, include_input=False):
                name = _field_of(problem["loc"], fields)
                if name not in wrong:
                    wrong.add(name)
                    faults.append(_invalid(name, fields[name], problem))


def _tree(fields: Mapping[str, Located[Data]], without: set[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name in Metadata.model_fields:
        located = fields.get(name)
        if located is not None and located.value is not None and name not in without:
            tree[name] = located.value
    for name, located in fields.items():
        parent, _, leaf = name.rpartition(".")
        if not parent or parent in without:
            continue
        if not isinstance(tree.get(parent, {}), dict):
            continue
        branch = tree[parent] = {**tree.get(parent, {})}
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


def _invalid(name: str, located: Located[Data], problem: Any) -> Fault:  # noqa: ANN401 - pydantic's
    cause = problem.get("ctx", {}).get("error")
    expected = str(cause) if cause is not None else "a mapping"
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
    decimal = number.decimal()
    return (
        number.text
        if decimal is None
        else str(float(decimal))
        if "." in number.text
        else number.text
    )


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
