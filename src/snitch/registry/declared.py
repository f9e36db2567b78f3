"""Libraries that metadata names, as a dependency file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents import DependencyFile
from snitch.documents import Located
from snitch.registry.keypath import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.registry.reading import Reading
    from snitch.registry.sources import LibrarySource


def declared(reading: Reading) -> tuple[DependencyFile, ...]:
    """One dependency file for each document in which the layout's `libraries` stand."""
    from snitch.documents.environment_yml import parse_match_spec  # noqa: PLC0415 - rarely needed
    from snitch.documents.requirement_lines import Mention  # noqa: PLC0415 - as above
    from snitch.documents.requirements_txt import Collected  # noqa: PLC0415 - as above
    from snitch.documents.requirements_txt import read_line  # noqa: PLC0415 - as above

    found: dict[str, Collected] = {}
    for source in reading.layout.libraries:
        for line in _lines(reading, source):
            path = line.source.path
            collected = found.setdefault(path, Collected(path, _nothing, reading.limits))
            if source.form == "conda":
                collected.add(line, parse_match_spec(line))
            else:
                read_line(line, collected, Mention())
    return tuple(collected.file() for collected in found.values())


def _nothing(_path: str) -> bytes | None:
    """Metadata includes no files."""
    return None


def _lines(reading: Reading, source: LibrarySource) -> Iterator[Located[str]]:
    scope = reading.scopes.get(source.piece)
    if scope is None:
        return
    for match in scope.matches(source.path, reading.captures):
        located: Located[Data] = Located(match.value, scope.document, match.route)
        match source.form, match.value:
            case "version", value:
                yield from _pinned(located, source.package, text_of(value))
            case "versions", dict() as versions:
                for name, value in versions.items():
                    inner: Located[Data] = Located(value, scope.document, (*match.route, name))
                    yield from _pinned(inner, name, text_of(value))
            case _, list() as items:
                for index, item in enumerate(items):
                    if isinstance(item, str) and "\n" not in item:
                        yield Located(item.strip(), scope.document, (*match.route, index))


def _pinned(located: Located[Data], name: str, version: str | None) -> Iterator[Located[str]]:
    """`1.2.3` of a library is a pin; a specifier or nothing stays what it is."""
    if version is None or "\n" in version:
        return
    bare = version.strip()
    pin = f"=={bare}" if bare[:1].isdigit() else bare
    yield Located(f"{name}{pin}", located.source, located.route)
