"""pylock.toml: the lock file of PEP 751."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents.locks.lock import Details
from snitch.documents.locks.lock import open_lock
from snitch.documents.requirement_lines import kind_of
from snitch.documents.shapes import table
from snitch.documents.shapes import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.dependencies import DependencyFile
    from snitch.documents.document import Data
    from snitch.documents.limits import Limits


def read_pylock(path: str, read: Callable[[str], bytes | None], limits: Limits) -> DependencyFile:
    """The packages of a pylock.toml."""
    lock = open_lock(path, read(path) or b"", limits, "")
    for package, route in lock.packages("packages"):
        kind, origin = _source(package)
        if kind == "index":
            lock.index(origin, (*route, "index"))
        details = Details(kind, origin, text(package.get("marker")))
        lock.add(package.get("name"), package.get("version"), route, details)
    return lock.file()


def _source(package: dict[str, Data]) -> tuple[str, str]:
    vcs = table(package.get("vcs"))
    archive = table(package.get("archive"))
    if vcs:
        return "vcs", text(vcs.get("url")) or text(vcs.get("path"))
    if "directory" in package:
        return "path", text(table(package, "directory").get("path"))
    if archive:
        target = text(archive.get("url")) or text(archive.get("path"))
        return kind_of(target), target
    return "index", text(package.get("index"))
