"""Pipfile.lock: packages by name, for run time and for development."""

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

_GROUPS = {"default": "", "develop": "develop"}


def read_pipfile_lock(
    path: str, read: Callable[[str], bytes | None], limits: Limits
) -> DependencyFile:
    """The packages of a Pipfile.lock, those of every further category as a group."""
    lock = open_lock(path, read(path) or b"", limits, ".json")
    data = table(lock.document.data)
    for index, source in enumerate(array(table(data, "_meta").get("sources"))):
        lock.index(text(table(source).get("url")), ("_meta", "sources", index, "url"))
    for category, packages in data.items():
        if category == "_meta":
            continue
        if not isinstance(packages, dict):
            lock.fault((category,), "a mapping from names to packages is expected here")
        for name, package in table(packages).items():
            route = (category, name)
            if not isinstance(package, dict):
                lock.fault(route, "a mapping with `version` is expected here")
                continue
            details = Details(
                *_source(package), text(package.get("markers")), _GROUPS.get(category, category)
            )
            lock.add(name, _version(package.get("version")), route, details)
    return lock.file()


def _version(written: Data) -> Data:
    return written.removeprefix("==") if isinstance(written, str) else written


def _source(package: dict[str, Data]) -> tuple[str, str]:
    for key in ("git", "hg", "svn", "bzr"):
        if key in package:
            return "vcs", text(package[key])
    for key in ("path", "file", "url"):
        if key in package:
            target = text(package[key])
            return kind_of(target), target
    return "index", text(package.get("index"))
