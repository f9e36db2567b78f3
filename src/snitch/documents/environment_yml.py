"""What a conda environment asks for: match specs, and a nested list of pip's lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.documents.dependencies import Requirement
from snitch.documents.document import Located
from snitch.documents.encoding import KIB
from snitch.documents.reading import read_document
from snitch.documents.requirement_lines import MAX_VERSION_CHARS
from snitch.documents.requirement_lines import Mention
from snitch.documents.requirement_lines import normalised
from snitch.documents.requirements_txt import Collected
from snitch.documents.requirements_txt import read_line
from snitch.documents.shapes import array
from snitch.documents.shapes import table
from snitch.findings import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.dependencies import DependencyFile
    from snitch.documents.document import Data
    from snitch.documents.document import Document
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits

_SPEC = re.compile(
    r"(?:(?P<channel>[^\s:\[]+)::)?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)"
    r"[ \t]*(?P<version>[^\[]*)(?:\[(?P<keys>[^\]]*)\])?"
)
_KEY_VERSION = re.compile(r"version[ \t]*=[ \t]*(?:'([^']*)'|\"([^\"]*)\"|([^,\s]+))")
_CLAUSE = re.compile(r"(~=|==|!=|>=|<=|=|>|<)?[ \t]*([A-Za-z0-9_.!+*-]+)")
_RELEASE = re.compile(r"[0-9][A-Za-z0-9.!+_-]*(?:\.?\*)?")


def read_environment(
    path: str, read: Callable[[str], bytes | None], limits: Limits
) -> DependencyFile:
    """All requirements of a conda environment; Python itself is none of them."""
    document = read_document(path, read(path) or b"", limits)
    collected = Collected(path, read, limits, faults=list(document.faults))
    data = table(document.data)
    if not document.broken and not isinstance(data.get("dependencies"), list):
        collected.faults.append(_fault(document, ("dependencies",), "a list is expected here"))
    for index, item in enumerate(array(data.get("dependencies"))):
        route = ("dependencies", index)
        match item:
            case str():
                spelling = Located(item, document, route)
                found = parse_match_spec(spelling)
                if isinstance(found, str) or found.name != "python":
                    collected.add(spelling, found)
            case {"pip": list() as lines}:
                _pip(lines, document, (*route, "pip"), collected)
            case _:
                message = "a package, or `pip:` with a list of lines, is expected here"
                collected.faults.append(_fault(document, route, message))
    for index, channel in enumerate(array(data.get("channels"))):
        if isinstance(channel, str) and "://" in channel:
            collected.indexes.append(Located(channel, document, ("channels", index)))
    return collected.file(broken=document.broken)


def _pip(lines: list[Data], document: Document, route: Route, collected: Collected) -> None:
    most = collected.limits.max_line_kib * KIB
    for index, line in enumerate(lines):
        here = (*route, index)
        if isinstance(line, str) and len(line) <= most and "\n" not in line:
            read_line(Located(line.strip(), document, here), collected, Mention())
        else:
            message = "a line of a requirement file is expected here"
            collected.faults.append(_fault(document, here, message))


def parse_match_spec(spelling: Located[str]) -> Requirement | str:
    """A conda match spec as a requirement: `1.2` after `=` means 1.2 and all that begin so.

    Builds are left out; a union (`|`) is "", wider than what is written.
    """
    text = spelling.value.partition("#")[0].strip()
    match = _SPEC.fullmatch(text) if len(text) <= KIB else None
    if match is None:
        return "it is no package that conda could match"
    version = match["version"].strip()
    keyed = _KEY_VERSION.search(match["keys"] or "")
    if keyed is not None:
        version = next(part for part in keyed.groups() if part is not None)
    specifier = conda_specifier(version)
    if specifier is None:
        return "its version is none that conda could match"
    channel = match["channel"] or ""
    return Requirement(normalised(match["name"]), spelling, specifier, origin=channel)


def conda_specifier(version: str) -> str | None:
    """A conda version as PEP 440: `=1.2` is `==1.2.*`, `=1.2=py_0` and `==1.2` are `==1.2`."""
    if version in ("", "*"):
        return ""
    if "|" in version:
        parts = version.split("|")
        return "" if all(conda_specifier(part.strip()) is not None for part in parts) else None
    clauses = [_clause(part.strip()) for part in version.split(",")]
    if any(clause is None for clause in clauses):
        return None
    return ",".join(clause for clause in clauses if clause)


def _clause(written: str) -> str | None:
    if written == "*":
        return ""
    version, has_build = _without_build(written)
    match = _CLAUSE.fullmatch(version)
    if match is None or len(version) > MAX_VERSION_CHARS:
        return None
    operator, release = match[1] or "", match[2]
    if release == "*" and operator in ("", "=", "=="):
        return ""
    if _RELEASE.fullmatch(release) is None:
        return None
    if release.endswith("*"):
        release = release.rstrip("*").rstrip(".") + ".*"
        operator = operator if operator in ("==", "!=") else "=="
    elif operator == "=" and not has_build:
        release, operator = f"{release}.*", "=="
    return _pep440(operator if operator not in ("", "=") else "==", release)


def _without_build(written: str) -> tuple[str, bool]:
    """`1.2=py310_0`, `1.2 py310_0` and `=1.2=py310_0` without the build."""
    start = len(written) - len(written.lstrip("=<>!~ \t"))
    for separator in ("=", " "):
        at = written.find(separator, start)
        if at >= 0:
            return written[:at].rstrip(), True
    return written, False


def _pep440(operator: str, release: str) -> str | None:
    """The clause; versions that only conda has (`9e`, `2021a`) compare by their letters."""
    from packaging.specifiers import InvalidSpecifier  # noqa: PLC0415 - heavy, and rarely needed
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415

    try:
        return str(SpecifierSet(f"{operator}{release}"))
    except InvalidSpecifier:
        return f"==={release.removesuffix('.*')}" if operator == "==" else ""
    except ValueError:
        return None


def _fault(document: Document, route: Route, message: str) -> Fault:
    remedy = "write the file as `conda env export` does"
    return Fault("SNT004", document.place(route), message, remedy)
