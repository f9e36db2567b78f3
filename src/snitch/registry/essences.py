"""What a file says of one model: a digest that mirrors, spellings and other models do not move."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from snitch.registry.globs import takes_name
from snitch.registry.inputs import canonical
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route
    from snitch.registry.pointers import Pointer
    from snitch.registry.reading import Reading
    from snitch.registry.release import Metric


def essences(
    reading: Reading, metrics: Mapping[tuple[str | None, str], Metric], pointers: Iterable[Pointer]
) -> dict[str, str]:
    """By path relative to the model's directory; only structured files."""
    replaced: dict[tuple[str, Route], Data] = {}
    for pointer in pointers:
        digest = pointer.weights.digest
        if digest is not None:
            replaced[pointer.document.path, pointer.route] = digest
    ignored = [glob for glob, rule in reading.layout.standards.items() if rule.ignore]
    for metric in metrics.values():
        if any(takes_name(glob, metric.name) for glob in ignored):
            replaced[metric.written.source.path, metric.written.route] = None
    skip = len(prefix(reading.directory))
    return {
        path[skip:]: _essence(reading, document, replaced)
        for path, document in reading.documents.items()
        if isinstance(document.data, (dict, list)) and not path.endswith(".md")
    }


def _essence(
    reading: Reading, document: Document, replaced: Mapping[tuple[str, Route], Data]
) -> str:
    scope = reading.scope(document)
    here = {route: value for (path, route), value in replaced.items() if path == document.path}
    data = _with(scope.data, scope.route, here) if here else scope.data
    return "essence:" + hashlib.sha256(canonical(data).encode("utf-8", "replace")).hexdigest()


def _with(data: Data, route: Route, replaced: Mapping[Route, Data]) -> Data:
    if route in replaced:
        return replaced[route]
    match data:
        case dict():
            return {key: _with(value, (*route, key), replaced) for key, value in data.items()}
        case list():
            return [_with(value, (*route, i), replaced) for i, value in enumerate(data)]
        case _:
            return data
