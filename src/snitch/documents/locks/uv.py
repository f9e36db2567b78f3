"""uv.lock: packages with their source, as uv writes them."""

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

OWN = ".", ""
_LOCAL = ("virtual", "editable", "directory", "path")


def read_uv_lock(path: str, read: Callable[[str], bytes | None], limits: Limits) -> DependencyFile:
    """The packages of a uv.lock, the project itself left out."""
    lock = open_lock(path, read(path) or b"", limits, ".toml")
    for package, route in lock.packages("package"):
        source = table(package.get("source"))
        kind, origin = _source(source)
        if kind == "path" and origin in OWN and ("virtual" in source or "editable" in source):
            continue
        if kind == "index":
            lock.index(origin, (*route, "source", "registry"))
        marker = " or ".join(map(text, array(package.get("resolution-markers"))))
        details = Details(kind, origin, marker)
        lock.add(package.get("name"), package.get("version"), route, details)
    return lock.file()


def _source(source: dict[str, Data]) -> tuple[str, str]:
    for key in _LOCAL:
        if key in source:
            return "path", text(source[key])
    if "git" in source:
        return "vcs", text(source["git"])
    if "url" in source:
        return kind_of(text(source["url"])), text(source["url"])
    registry = text(source.get("registry"))
    is_remote = not registry or "://" in registry
    return ("index" if is_remote else "path"), registry
