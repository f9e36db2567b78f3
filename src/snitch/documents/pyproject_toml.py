"""What a pyproject.toml asks for: PEP 621, PEP 735 groups, Poetry's tables, uv's sources.

What setuptools takes from requirement files is read there.
"""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.documents.document import Located
from snitch.documents.poetry_constraints import pep440
from snitch.documents.reading import read_document
from snitch.documents.requirement_lines import Mention
from snitch.documents.requirement_lines import kind_of
from snitch.documents.requirement_lines import normalised
from snitch.documents.requirement_lines import parse_requirement
from snitch.documents.requirements_txt import Collected
from snitch.documents.requirements_txt import read_line
from snitch.documents.shapes import array
from snitch.documents.shapes import table
from snitch.documents.shapes import text
from snitch.findings import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.dependencies import DependencyFile
    from snitch.documents.dependencies import Requirement
    from snitch.documents.document import Data
    from snitch.documents.document import Document
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits

_UV_URLS = ("index-url", "extra-index-url", "find-links")


def read_pyproject(
    path: str, read: Callable[[str], bytes | None], limits: Limits
) -> DependencyFile:
    """All requirements of a pyproject.toml, those of its extras and groups included."""
    document = read_document(path, read(path) or b"", limits)
    reading = _Pyproject(document, Collected(path, read, limits, faults=list(document.faults)))
    reading.project()
    reading.dynamic()
    reading.groups()
    reading.poetry()
    reading.uv()
    found = reading.collected.file(broken=document.broken)
    return replace(found, silent=reading.is_silent())


class _Pyproject:
    """One pass over one file; what its steps share."""

    def __init__(self, document: Document, collected: Collected) -> None:
        self.document = document
        self.collected = collected

    def project(self) -> None:
        """PEP 621: `[project]`."""
        project = table(self.document.data, "project")
        self._all(project.get("dependencies"), ("project", "dependencies"))
        route = ("project", "optional-dependencies")
        for extra, items in self._members(project.get("optional-dependencies"), route):
            self._all(items, (*route, extra), extra)

    def dynamic(self) -> None:
        """What setuptools takes from requirement files, where `[project]` leaves it open."""
        route: Route = ("tool", "setuptools", "dynamic")
        taken = table(self.document.data, "tool", "setuptools", "dynamic")
        self._files(taken.get("dependencies"), (*route, "dependencies"))
        route = (*route, "optional-dependencies")
        for extra, wanted in self._members(taken.get("optional-dependencies"), route):
            self._files(wanted, (*route, extra), extra)

    def is_silent(self) -> bool:
        """Whether nothing is said of dependencies, neither which nor that there are none."""
        document, collected = self.document, self.collected
        project = table(document.data, "project")
        told = bool(project) and "dependencies" not in array(project.get("dynamic"))
        told = told or bool(table(document.data, "tool", "poetry"))
        told = told or bool(collected.includes)
        parts = (collected.requirements, collected.unparsable, collected.indexes, collected.faults)
        return not (document.broken or told or any(parts))

    def groups(self) -> None:
        """PEP 735: `[dependency-groups]`. An included group stands under its own name."""
        groups = table(self.document.data, "dependency-groups")
        names = {normalised(name) for name in groups}
        for group, items in self._members(
            self.document.get("dependency-groups"), ("dependency-groups",)
        ):
            for index, item in enumerate(array(items)):
                route = ("dependency-groups", group, index)
                match item:
                    case {"include-group": str() as name, **rest} if not rest:
                        if normalised(name) not in names:
                            self._fault(route, f"no dependency group is called `{name[:80]}`")
                    case _:
                        self._one(item, route, group)
            if not isinstance(items, list):
                self._fault(("dependency-groups", group), "a list of requirements is expected")

    def poetry(self) -> None:
        """Poetry's own tables, from before PEP 621."""
        poetry = table(self.document.data, "tool", "poetry")
        route: Route = ("tool", "poetry")
        groups = {"": ((*route, "dependencies"), poetry.get("dependencies"))}
        groups["dev"] = ((*route, "dev-dependencies"), poetry.get("dev-dependencies"))
        for name, group in self._members(poetry.get("group"), (*route, "group")):
            here = (*route, "group", name, "dependencies")
            groups[name] = (here, table(group).get("dependencies"))
        extras = {
            normalised(name): extra
            for extra, names in table(poetry, "extras").items()
            for name in map(text, array(names))
        }
        for group, (here, data) in groups.items():
            for name, wanted in self._members(data, here):
                alternatives = wanted if isinstance(wanted, list) else [wanted]
                mention = Mention(group=group or extras.get(normalised(name), ""))
                for number, item in enumerate(alternatives):
                    place = (*here, name, *((number,) if isinstance(wanted, list) else ()))
                    self._poetry_one(name, item, place, mention)
        for index, source in enumerate(array(poetry.get("source"))):
            self._index(table(source).get("url"), (*route, "source", index, "url"))

    def uv(self) -> None:
        """The tables of uv: other sources for names, indexes, constraints."""
        uv = table(self.document.data, "tool", "uv")
        route: Route = ("tool", "uv")
        self._all(uv.get("dev-dependencies"), (*route, "dev-dependencies"), "dev")
        key = "constraint-dependencies"
        self._all(uv.get(key), (*route, key), is_constraint=True)
        for index, source in enumerate(array(uv.get("index"))):
            self._index(table(source).get("url"), (*route, "index", index, "url"))
        for tables, here in ((uv, route), (table(uv, "pip"), (*route, "pip"))):
            for key in _UV_URLS:
                value = tables.get(key)
                urls = value if isinstance(value, list) else [value]
                for number, url in enumerate(urls):
                    at = (number,) if isinstance(value, list) else ()
                    self._index(url, (*here, key, *at))
        sources = {normalised(name): data for name, data in table(uv, "sources").items()}
        if sources:
            found = self.collected.requirements
            found[:] = [_from(one, sources.get(one.name)) for one in found]

    def _all(
        self, data: Data, route: Route, group: str = "", *, is_constraint: bool = False
    ) -> None:
        if data is None:
            return
        if not isinstance(data, list):
            self._fault(route, "a list of requirements is expected here")
        for index, item in enumerate(array(data)):
            self._one(item, (*route, index), group, is_constraint=is_constraint)

    def _files(self, wanted: Data, route: Route, group: str = "") -> None:
        """Requirement files that setuptools reads: `{file = [...]}`."""
        files = table(wanted).get("file")
        for name in map(text, files if isinstance(files, list) else [files]):
            if name:
                line = Located(f"-r {shlex.quote(name)}", self.document, (*route, "file"))
                read_line(line, self.collected, Mention(group=group))

    def _one(self, item: Data, route: Route, group: str, *, is_constraint: bool = False) -> None:
        if not isinstance(item, str):
            self._fault(route, "a requirement in quotation marks is expected here")
            return
        spelling = Located(item, self.document, route)
        self.collected.add(spelling, parse_requirement(spelling, Mention((), group, is_constraint)))

    def _members(self, data: Data, route: Route) -> list[tuple[str, Data]]:
        if data is not None and not isinstance(data, dict):
            self._fault(route, "a table is expected here")
        return list(table(data).items())

    def _poetry_one(self, name: str, wanted: Data, route: Route, mention: Mention) -> None:
        details = table(wanted)
        constraint = text(wanted) or text(details.get("version"))
        specifier = pep440(constraint) if constraint else ""
        spelling = Located(f"{name} {constraint}".strip(), self.document, route)
        if specifier is None:
            reason = "Poetry's version constraint is not valid"
            self.collected.unparsable.append((spelling, reason))
        elif not isinstance(wanted, (str, dict)):
            self._fault(route, "a version constraint, or a table with one, is expected here")
        elif normalised(name) != "python":
            plain = parse_requirement(Located(name, self.document, route), mention)
            if isinstance(plain, str):
                self.collected.unparsable.append((spelling, plain))
                return
            kind, origin = origin_of(details)
            self.collected.add(
                spelling,
                replace(
                    plain,
                    spelling=spelling,
                    specifier=specifier,
                    marker=text(details.get("markers")),
                    kind=kind,
                    origin=origin,
                ),
            )

    def _index(self, url: Data, route: Route) -> None:
        if isinstance(url, str) and url:
            self.collected.indexes.append(Located(url, self.document, route))

    def _fault(self, route: Route, message: str) -> None:
        remedy = "write the table as the packaging specifications define it"
        self.collected.faults.append(Fault("SNT004", self.document.place(route), message, remedy))


def _from(requirement: Requirement, source: Data) -> Requirement:
    if source is None:
        return requirement
    kind, origin = origin_of(source)
    return replace(requirement, kind=kind, origin=origin)


def origin_of(data: Data) -> tuple[str, str]:
    """Kind and origin that a source table (uv's or Poetry's) gives; several: the first foreign."""
    if isinstance(data, list):
        found = [origin_of(item) for item in data]
        return next((one for one in found if one[0] != "index"), (*found, ("index", ""))[0])
    source = table(data)
    for key in ("git", "hg", "svn", "bzr"):
        if key in source:
            return "vcs", text(source[key])
    if "url" in source:
        return kind_of(text(source["url"])), text(source["url"])
    for key in ("path", "file"):
        if key in source:
            return "path", text(source[key])
    if source.get("workspace") is True:
        return "path", "workspace"
    return "index", text(source.get("index")) or text(source.get("source"))
