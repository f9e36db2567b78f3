"""What a release says, flat: one key and one text a value, to lay two releases side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.documents import Number
from snitch.documents.shapes import canonical
from snitch.registry.keypath import at_route

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.documents import DependencyFile
    from snitch.documents import Route
    from snitch.registry.release import Release

SECTIONS = ("config", "features", "data", "dependencies", "weights", "evaluation", "files")
"""The parts of a release, in the order in which they are told."""

MEASURED = frozenset({"metrics", "slices", "items", "incumbent"})
"""Keys of a metrics file that the comparison of metrics tells."""

Facts = dict[tuple[str, str], str]
"""From (section, name) to a text."""


def facts_of(release: Release, without: Collection[str] = ()) -> Facts:
    """Everything about a release but its metrics.

    Of the files `without`, named from the model's directory, only the content's digest is told.
    """
    found: Facts = {}
    for path, (section, name), text in _documented(release):
        if release.inside(path) in without:
            continue
        # Two files may say the same key: then the second one's is told with its file.
        known = found.get((section, name), text) == text
        found[section, name if known else f"{name} in {release.inside(path)}"] = text
    for file in release.dependencies:
        if release.inside(file.path) not in without:
            found |= _required(release, file)
    for weights in release.weights:
        name = release.inside(weights.path)
        size = "" if weights.size is None else f", {weights.size} bytes"
        found["weights", name] = f"{weights.digest or weights.state}{size}"
    told = {
        *(release.inside(path) for path in release.documents),
        *(release.inside(weights.path) for weights in release.weights),
        *(release.inside(file.path) for file in release.dependencies),
    }
    for path, digest in release.digests.items():
        if path not in told or path in without:
            found["files", path] = head(digest)
    return found


def _documented(release: Release) -> Iterator[tuple[str, tuple[str, str], str]]:
    told = {(it.written.source.path, it.written.route) for it in release.metrics.values()}
    for path, document in release.documents.items():
        if document.broken:
            continue
        measured = release.pieces["metrics"].path == path and not _describes(release, path)
        part = release.routes.get(path, ())
        for key, route, text in _flat(at_route(document.data, part), "", part):
            top = key.partition(".")[0]
            if (path, route) in told or (measured and top in MEASURED):
                continue
            section = top if top in {"data", "features", "weights"} else "config"
            yield path, ("evaluation" if measured else section, key), text


def _describes(release: Release, path: str) -> bool:
    """Whether a file holds more of the model than its evaluation."""
    found = (release.fields.get(name) for name in ("name", "version"))
    named = any(located is not None and located.source.path == path for located in found)
    return named or path in release.routes


def _flat(data: Data, prefix: str, route: Route) -> Iterator[tuple[str, Route, str]]:
    """Leaves of mappings by dotted key, and of lists of mappings by their name or number."""
    match data:
        case dict() if data:
            for key, value in data.items():
                yield from _flat(value, f"{prefix}.{key}" if prefix else key, (*route, key))
        case list() if prefix == "features" or any(isinstance(item, dict) for item in data):
            times = Counter(map(_name, data))
            for index, item in enumerate(data):
                name = _name(item)
                known = name is not None and times[name] == 1
                label = f"{prefix}.{name if known else index}".removeprefix(".")
                yield from _flat(item, label, (*route, index))
        case _ if prefix:  # a whole file that is no mapping says nothing by name
            yield prefix, route, data if isinstance(data, str) else canonical(data)


def _name(item: Data) -> str | None:
    """What an element of a list is called."""
    match item.get("name") if isinstance(item, dict) else item:
        case str() as name:
            return name
        case Number() as number:
            return number.text
        case _:
            return None


def _required(release: Release, file: DependencyFile) -> Facts:
    where = release.inside(file.path)
    found: dict[str, set[str]] = {}
    for one in file.requirements:
        text = one.specifier or one.origin if file.locked else one.spelling.value
        found.setdefault(one.name or text, set()).add(text)
    return {
        ("dependencies", f"{name} in {where}" if file.locked else name): ", ".join(sorted(texts))
        for name, texts in found.items()
    }
