"""poetry.lock: packages as Poetry 1 and 2 write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents.locks.lock import Details
from snitch.documents.locks.lock import open_lock
from snitch.documents.requirement_lines import kind_of
from snitch.documents.shapes import array
from snitch.documents.shapes import table
from snitch.documents.shapes import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.dependencies import DependencyFile
    from snitch.documents.document import Data
    from snitch.documents.limits import Limits


def read_poetry_lock(
    path: str, read: Callable[[str], bytes | None], limits: Limits
) -> DependencyFile:
    """The packages of a poetry.lock."""
    lock = open_lock(path, read(path) or b"", limits, ".toml")
    for package, route in lock.packages("package"):
        kind, origin = _source(table(package.get("source")))
        if kind == "index":
            lock.index(origin, (*route, "source", "url"))
        details = Details(kind, origin, _marker(package.get("markers")), _group(package))
        lock.add(package.get("name"), package.get("version"), route, details)
    return lock.file()


def _source(source: dict[str, Data]) -> tuple[str, str]:
    url = text(source.get("url"))
    match source.get("type"):
        case "git" | "hg" | "svn":
            return "vcs", url
        case "directory" | "file":
            return "path", url
        case "url":
            return kind_of(url), url
        case _:
            return "index", url


def _marker(markers: Data) -> str:
    """Poetry 2 writes one marker, or one for each group."""
    if isinstance(markers, dict):
        return " or ".join(f"({marker})" for marker in map(text, markers.values()) if marker)
    return text(markers)


def _group(package: dict[str, Data]) -> str:
    groups = [text(group) for group in array(package.get("groups"))] or [
        text(package.get("category"))
    ]
    return "" if "main" in groups else groups[0]
