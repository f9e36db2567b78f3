"""poetry.lock: packages with their files, as Poetry 1 and 2 write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents.locks.lock import Details
from snitch.documents.locks.lock import open_lock
from snitch.documents.poetry_constraints import pep440
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
    data = lock.document.data
    elsewhere = table(data, "metadata", "files")
    for package, route in lock.packages("package"):
        source = table(package.get("source"))
        kind, origin = _source(source)
        if kind == "index":
            lock.index(origin, (*route, "source", "url"))
        name = package.get("name")
        files = array(package.get("files")) or array(elsewhere.get(text(name)))
        hashes = (text(table(file).get("hash")) for file in files)
        details = Details(
            kind,
            origin,
            tuple(filter(None, hashes)),
            _marker(package.get("markers")),
            group=_group(package),
        )
        lock.add(name, package.get("version"), route, details)
    python = text(table(data, "metadata").get("python-versions"))
    return lock.file(pep440(python) or "")


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
