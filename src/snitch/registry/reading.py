"""What one reading of a release knows on its way: its files, its pieces, its scopes."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.documents import read_document
from snitch.findings import Fault
from snitch.findings import Place
from snitch.registry.fields import Scoped
from snitch.registry.files import resolve
from snitch.registry.keypath import at_route
from snitch.registry.parsed import DATA
from snitch.registry.parsed import parsed
from snitch.registry.release import Piece
from snitch.snapshots import Kind
from snitch.snapshots.paths import join
from snitch.snapshots.paths import parents
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from snitch.documents import Document
    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.registry.location import Location
    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


SPECIAL = frozenset("*?[{")
"""What makes of a name a glob or a template."""


@dataclass(eq=False, repr=False)
class Reading:
    """The state of one reading."""

    snapshot: Snapshot
    location: Location
    layout: Layout
    limits: Limits
    files: Mapping[str, Entry]
    pieces: dict[str, Piece] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    scopes: dict[str, Scoped] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    """Every structured file read, by path."""
    captures: dict[str, str] = field(default_factory=dict)

    @property
    def directory(self) -> str:
        """What file names are relative to."""
        return self.location.directory

    @property
    def plain(self) -> bool:
        """Whether file names stand for themselves."""
        return self.layout.plain

    def state(self, piece: str) -> str | None:
        """What became of a piece."""
        found = self.pieces.get(piece)
        return None if found is None else found.state

    def path(self, name: str) -> str:
        """A name of the layout as a path."""
        return join(self.directory, name)

    def present(self, names: Iterable[str]) -> list[str]:
        """The paths that any of the names stands for, the preferred one first."""
        found: dict[str, None] = {}
        own = self.location.root is None
        start = prefix(self.directory)
        for name in names:
            if own and _is_plain(name):
                if (path := start + name) in self.files:
                    found[path] = None
                continue
            found.update(
                dict.fromkeys(
                    path
                    for path in resolve(self.snapshot, self.directory, name, self.captures)
                    if path in self.files or self.location.root is not None
                )
            )
        return list(found)

    def regular(self, names: Iterable[str]) -> list[str]:
        """Those that are regular files."""
        paths = self.present(names)
        return [path for path in paths if self._kind(path) is Kind.FILE]

    def looked_for(self) -> set[str]:
        """Every path that the layout looks for, and the directories that it names on the way."""
        names = self.layout.names_of_files
        on_the_way = {above for name in names if _is_plain(name) for above in parents(name)}
        return {*self.present(names), *map(self.path, on_the_way)}

    def _kind(self, path: str) -> Kind | None:
        entry = self.files.get(path) or self.snapshot.entry(path)
        return None if entry is None else entry.kind

    def choose(self, piece: str, names: tuple[str, ...]) -> str | None:
        """The file of a piece that may have one only; two are SNT007."""
        if not names:
            self.pieces[piece] = Piece("not-applicable", self.directory)
            return None
        present = self.present(names)
        if len(present) > 1 and self.layout.names == "strict":
            from shlex import quote  # noqa: PLC0415 - only where something is wrong

            self.faults.append(
                Fault(
                    "SNT007",
                    Place(present[1]),
                    f"`{present[0]}` and `{present[1]}` could both be the model's {piece}; "
                    "expected one file",
                    f"remove one of the two, for instance `git rm {quote(present[1])}`",
                )
            )
        if not present:
            optional = piece in self.layout.optional
            self.pieces[piece] = Piece(
                "not-applicable" if optional else "missing", self.path(names[0])
            )
            return None
        path = present[0]
        regular = self._kind(path) is Kind.FILE
        # What is no regular file is SNT005's to tell.
        self.pieces[piece] = Piece("present" if regular else "broken", path)
        return path if regular else None

    def structured(self, piece: str, names: tuple[str, ...]) -> None:
        """Read a piece as data; what is wrong with its shape is a fault."""
        path = self.choose(piece, names)
        if path is None:
            return
        document = self.document(path, aliases=piece != "metrics" or not self.plain)
        empty = document.data is None and not document.broken and path.endswith(DATA)
        if empty and piece in self.layout.optional:
            # What a family may lack it may also leave empty.
            self.pieces[piece] = Piece("not-applicable", path)
            return
        strict = self.layout.names == "strict" and piece in ("config", "metrics")
        wrong = not isinstance(document.data, (dict,) if strict else (dict, list))
        if wrong and not document.broken and (strict or path.endswith(DATA)):
            self.faults.append(
                Fault(
                    "SNT004",
                    Place(path, 1, 1),
                    f"the {piece} file is {_shape(document)}, expected a mapping of fields",
                    f"write the {piece} as `key: value` fields",
                )
            )
            self.pieces[piece] = Piece("broken", path)
        if document.broken:
            self.pieces[piece] = Piece("broken", path)
        self.scopes[piece] = self.scope(document)

    def own(self, path: str) -> None:
        """Take the file that is the model, or holds it, for its config."""
        document = self.document(path)
        self.pieces["config"] = Piece("broken" if document.broken else "present", path)
        self.scopes["config"] = self.scope(document)

    def document(self, path: str, *, aliases: bool = True) -> Document:
        """A file as data, read once."""
        if path not in self.documents:
            blob = self.snapshot.read(path, self.limits.file_bytes)
            self.documents[path] = (
                read_document(path, blob, self.limits, aliases=aliases)
                if not self.layout.beyond
                else parsed(path, blob, self.limits)
            )
        return self.documents[path]

    def scope(self, document: Document) -> Scoped:
        """The model's own part of a document."""
        location = self.location
        if document.path != location.file or not location.route:
            return Scoped(document, document.data)
        return Scoped(document, at_route(document.data, location.route), location.route)

    def own_faults(self) -> list[Fault]:
        """What is wrong with the files read; of a shared one, with the model's part of it."""
        found: list[Fault] = []
        for document in self.documents.values():
            if document.faults and document.path == self.location.file and self.location.route:
                found += self._inside(document)
            else:
                found += document.faults
        return found

    def _inside(self, document: Document) -> list[Fault]:
        scope = self.scope(document)
        lines = _lines(document, scope)
        first, last = min(filter(None, lines), default=0), max(filter(None, lines), default=0)
        return [
            fault
            for fault in document.faults
            if fault.place.line is None or first <= fault.place.line <= last
        ]


@lru_cache(maxsize=1024)
def _is_plain(name: str) -> bool:
    return SPECIAL.isdisjoint(name) and not name.startswith("..")


def _lines(document: Document, scope: Scoped) -> set[int | None]:
    """The lines of everything below an element; asked for only where a file has faults."""
    found: set[int | None] = set()
    pending = [(scope.route, scope.data)]
    while pending:
        route, data = pending.pop()
        found.add(document.place(route).line)
        if isinstance(data, dict):
            pending += [((*route, key), value) for key, value in data.items()]
        elif isinstance(data, list):
            pending += [((*route, index), value) for index, value in enumerate(data)]
    return found


def _shape(document: Document) -> str:
    if document.data is None:
        return "empty"
    return "a list" if isinstance(document.data, list) else "a single value"
