"""Releases read for a table of many models: no more of each than a table tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents import is_dependency_file
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment
    from snitch.registry.discovery import Location
    from snitch.registry.release import Release
    from snitch.snapshots import Entry

BLOB = 1 << 18
"""Contents up to this many bytes are read ahead."""


def is_told(path: str, changelogs: tuple[str, ...]) -> bool:
    """Whether a table needs the file: dependencies and changelogs it does not."""
    name = path.rpartition("/")[2]
    return name not in changelogs and not is_dependency_file(name)


def narrow_releases(
    book: Book, environment: Environment, places: Sequence[Location]
) -> Iterator[Release]:
    """The releases of directories in a commit, without dependencies and changelog.

    What they hold is read in one conversation for all of them.
    """
    held = {place.path: _files(book, environment, place) for place in places}
    oids = {
        entry.oid: None
        for files in held.values()
        for path, entry in files.items()
        if entry.oid and entry.kind is Kind.FILE and not path.endswith(".py")
    }
    blobs = book.repository.blobs(oids, BLOB)
    for place in places:
        snapshot = book.repository.held(environment.commit or "", held[place.path], blobs)
        yield book.registry.read(snapshot, place)


def _files(book: Book, environment: Environment, place: Location) -> dict[str, Entry]:
    names = book.session.layouts[place.layout].files.changelog
    inside = tuple(f"{path}/" for path in environment.inside(place.path))
    files = environment.snapshot.files(place.path)
    return {
        path: entry
        for path, entry in files.items()
        if is_told(path, names) and not path.startswith(inside)
    }
