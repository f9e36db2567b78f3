"""What lock files of every format share: how they are read, and what one package becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.documents.dependencies import DependencyFile
from snitch.documents.dependencies import Requirement
from snitch.documents.document import Document
from snitch.documents.document import Located
from snitch.documents.encoding import KIB
from snitch.documents.encoding import too_large
from snitch.documents.reading import read_document
from snitch.documents.requirement_lines import MAX_VERSION_CHARS
from snitch.documents.requirement_lines import normalised
from snitch.documents.shapes import array
from snitch.documents.shapes import table
from snitch.findings import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents.document import Data
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits

BYTES_PER_NODE = 8
"""No lock file spends fewer on a value: their node limit follows from their size limit."""

_PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,9}", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Details:
    """What a lock file says of one package besides its name and version."""

    kind: str = "index"
    origin: str = ""
    marker: str = ""
    group: str = ""


@dataclass
class Lock:
    """One lock file while it is read."""

    document: Document
    requirements: list[Requirement] = field(default_factory=list)
    indexes: dict[str, Located[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def packages(self, key: str) -> Iterator[tuple[dict[str, Data], Route]]:
        """The tables of the array under `key`, with a fault for each item that is none."""
        found = table(self.document.data).get(key, [])
        if not isinstance(found, list):
            self.fault((key,), "a list of packages is expected here")
        for index, item in enumerate(array(found)):
            if isinstance(item, dict):
                yield item, (key, index)
            else:
                self.fault((key, index), "a package is expected here")

    def add(self, name: Data, version: Data, route: Route, details: Details) -> None:
        """Keep one package; a version may be None where its source needs none."""
        if not isinstance(name, str) or _NAME.fullmatch(name) is None:
            self.fault(route, "a package with a `name` is expected here")
        elif version is not None and not _is_version(version):
            self.fault((*route, "version"), "the version of the package is not valid")
        else:
            specifier = f"=={version}" if isinstance(version, str) else ""
            spelling = Located(f"{name}{specifier}", self.document, route)
            self.requirements.append(
                Requirement(
                    normalised(name),
                    spelling,
                    specifier,
                    details.marker,
                    details.kind,
                    details.origin,
                    group=details.group,
                )
            )

    def index(self, url: str, route: Route) -> None:
        """Note an index, at its first mention."""
        if url and url not in self.indexes:
            self.indexes[url] = Located(url, self.document, route)

    def fault(self, route: Route, message: str) -> None:
        """Note an unknown shape."""
        remedy = "let the tool that wrote the lock file write it again"
        self.faults.append(Fault("SNT004", self.document.place(route), message, remedy))

    def file(self) -> DependencyFile:
        """All of it as a value."""
        return DependencyFile(
            self.document.path,
            locked=True,
            requirements=tuple(self.requirements),
            indexes=tuple(self.indexes.values()),
            faults=(*self.document.faults, *self.faults),
            broken=self.document.broken,
        )


def open_lock(path: str, blob: bytes, limits: Limits, suffix: str) -> Lock:
    """The lock file as data, read as `suffix` says, within the limits of lock files."""
    if len(blob) > limits.max_lock_kib * KIB:
        fault = too_large(path, len(blob), limits.max_lock_kib, "max_lock_kib")
        return Lock(Document(path, None, faults=(fault,), broken=True))
    wide = replace(
        limits,
        max_file_kib=limits.max_lock_kib,
        max_nodes=limits.max_lock_kib * KIB // BYTES_PER_NODE,
    )
    document = read_document(path + suffix, blob, wide)
    if suffix:
        faults = (
            replace(fault, place=replace(fault.place, path=path)) for fault in document.faults
        )
        document = replace(document, path=path, faults=tuple(faults))
    lock = Lock(document)
    if not document.broken and not isinstance(document.data, dict):
        lock.fault((), "a lock file is expected; this holds no tables")
    return lock


def _is_version(version: Data) -> bool:
    if not isinstance(version, str) or len(version) > MAX_VERSION_CHARS:
        return False
    if _PLAIN.fullmatch(version):
        return True
    from packaging.version import InvalidVersion  # noqa: PLC0415 - most versions are plain
    from packaging.version import Version  # noqa: PLC0415

    try:
        Version(version)
    except InvalidVersion:
        return False
    return True
