"""Changelogs in YAML, JSON and TOML: a list of entries, or a mapping from version to entry."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from snitch.documents.changelog import Changelog
from snitch.documents.changelog import Entry
from snitch.documents.changelog import bare_version
from snitch.documents.document import Located
from snitch.documents.document import Number
from snitch.documents.reading import read_document
from snitch.documents.shapes import array
from snitch.documents.shapes import canonical
from snitch.findings import Fault
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.documents.document import Data
    from snitch.documents.document import Document
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits

SUMMARIES = ("changes", "description", "notes")
"""Keys whose text says what changed, where nothing is called summary."""

LISTS = ("changelog", "entries", "releases", "release", "versions", "version")
"""Where a mapping keeps its list of entries, since TOML has no list at the root."""

_SHORTENED = re.compile(r"[0-9]+\.[0-9]+0+")
"""Numbers that lose their last zeros to whoever reads them as numbers: 1.10 becomes 1.1."""

_REMEDY = (
    "write a list of mappings with `version`, `date`, `author`, `summary` and `changes`, newest "
    "first"
)


def read_structured_changelog(
    path: str, blob: bytes, limits: Limits, keep: Container[str]
) -> Changelog:
    """The entries of a structured changelog; never raises."""
    document = read_document(path, blob, limits)
    if document.broken:
        return Changelog(document, (), document.faults, broken=True)
    return entries_of(document, document.data, (), limits, keep, document.faults)


def entries_of(  # noqa: PLR0913, PLR0917 - each names another thing
    document: Document,
    data: Data,
    route: Route,
    limits: Limits,
    keep: Container[str],
    known: Iterable[Fault] = (),
) -> Changelog:
    """The entries that the value at `route` of a document holds, however many others it has."""
    faults = list(known)
    entries: list[Entry] = []
    complete = True
    for number, found in enumerate(_entries(document, data, route)):
        match found:
            case Fault():
                faults.append(found)
            case Located() as version, here, item:
                if number >= limits.max_entries and version.value not in keep:
                    complete = False
                else:
                    entries.append(_entry(document, version, here, item))
    return Changelog(document, tuple(entries), tuple(faults), complete=complete)


def _entries(
    document: Document, data: Data, route: Route
) -> Iterator[Fault | tuple[Located[str], Route, Data]]:
    match data:
        case list() as items:
            yield from _listed(document, items, route)
        case dict() as mapping:
            name = next((key for key in LISTS if isinstance(mapping.get(key), list)), None)
            if name is not None:
                yield from _listed(document, array(mapping[name]), (*route, name))
                return
            for version, item in mapping.items():
                here = (*route, version)
                yield Located(bare_version(version), document, here), here, item
        case _:
            yield _fault(document, route, "a changelog is expected; this holds no entries")


def _listed(
    document: Document, items: Iterable[Data], route: Route
) -> Iterator[Fault | tuple[Located[str], Route, Data]]:
    for index, item in enumerate(items):
        here = (*route, index)
        written = item.get("version") if isinstance(item, dict) else None
        version = _scalar(written)
        if version is None:
            yield _fault(document, here, "an entry with a `version` is expected here")
        else:
            if isinstance(written, Number) and _SHORTENED.fullmatch(version):
                yield _unquoted(document, (*here, "version"), version)
            yield Located(bare_version(version), document, (*here, "version")), here, item


def _entry(document: Document, version: Located[str], route: Route, data: Data) -> Entry:
    fields: dict[str, Located[str]] = {}
    body: list[str] = []
    changes: list[Located[str]] = []
    for key, value, here in _members(data, route):
        text = _scalar(value)
        if here == version.route and isinstance(data, dict):
            continue
        if text is not None:
            fields.setdefault(key, Located(text, document, here))
        if text is None or key in SUMMARIES:
            found = [Located(line, document, there) for line, there in _lines(value, here)]
            changes += found
            body += [line.value for line in found]
    first = next((line for line in changes if line.value.strip()), None)
    if first is not None:
        fields.setdefault("summary", first)
    if isinstance(data, dict) and version.route != route:
        data = {**data, "version": version.value}  # in quotes it is the same version
    text = canonical(data)
    if version.route == route:
        text = f"{json.dumps(version.value)}: {text}"  # the same words of another version
    return Entry(version, fields.get("date"), fields, "\n".join(body), text)


def _members(data: Data, route: Route) -> Iterator[tuple[str, Data, Route]]:
    if not isinstance(data, dict):
        yield "changes", data, route
        return
    for key, value in data.items():
        yield " ".join(key.lower().split()), value, (*route, key)


def _lines(data: Data, route: Route) -> Iterator[tuple[str, Route]]:
    """Every scalar below, in order."""
    match data:
        case dict():
            for key, value in data.items():
                yield from _lines(value, (*route, key))
        case list():
            for index, value in enumerate(data):
                yield from _lines(value, (*route, index))
        case _:
            yield _scalar(data) or "", route


def _scalar(data: Data) -> str | None:
    match data:
        case str():
            return data
        case Number():
            return data.text
        case bool():
            return "true" if data else "false"
        case _:
            return None


def _unquoted(document: Document, route: Route, version: str) -> Fault:
    yaml = document.path.endswith((".yaml", ".yml"))
    return Fault(
        "SNT006" if yaml else "SNT004",
        document.place(route),
        f"`version: {version}` has no quotes, so other readers take it for the number "
        f"{float(version)}; expected text",
        f'write `version` as "{version}", with quotes',
        Severity.ERROR,
    )


def _fault(document: Document, route: Route, message: str) -> Fault:
    return Fault("SNT004", document.place(route), message, _REMEDY)
