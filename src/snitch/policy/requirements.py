"""Whether the libraries that a policy names are names and versions as PEP 440 and 508 have them.

A specifier that nothing can match would switch its ban off without a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.policy.nearest import suggestion
from snitch.policy.problem import Problem
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Route
    from snitch.policy.libraries import Dependencies

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", re.ASCII)
PLAIN = re.compile(r"[ \t]*(?:[=!<>]=|[<>])[ \t]*[0-9]{1,9}(?:\.[0-9]{1,9}){0,9}[ \t]*", re.ASCII)
"""A comparison with a plain version; to load what judges the others takes as long as judging."""
MAX_CHARS = 256
MARKERS = (
    "implementation_name",
    "implementation_version",
    "os_name",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_full_version",
    "python_version",
    "sys_platform",
)


def verify_dependencies(standard: Dependencies, route: Route) -> Iterator[Problem]:
    """Names that are no distribution's, specifiers and markers that mean nothing."""
    for section in ("disallowed", "deprecated"):
        for index, library in enumerate(getattr(standard, section)):
            here = (*route, section, index)
            if len(library.name) > MAX_CHARS or NAME.fullmatch(library.name) is None:
                message = f"{quoted(library.name)} is no distribution's name"
                yield Problem(message, "write the name as on the index", (*here, "name"))
            if library.specifier and not _is_specifier(library.specifier):
                message = f"{quoted(library.specifier)} is no version specifier"
                remedy = 'write it as in a requirement: `specifier: "<2.12"`'
                yield Problem(message, remedy, (*here, "specifier"))
    for name in standard.serving_markers:
        if name not in MARKERS:
            hint = suggestion(name, MARKERS, what="marker")
            message = f"unknown marker {quoted(name)}; {hint}"
            remedy = "write a marker that PEP 508 names"
            yield Problem(message, remedy, (*route, "serving_markers", name), key=True)


def _is_specifier(text: str) -> bool:
    if len(text) > MAX_CHARS:
        return False
    if all(map(PLAIN.fullmatch, text.split(","))):
        return True
    from packaging.specifiers import InvalidSpecifier  # noqa: PLC0415 - most are plain
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415

    try:
        SpecifierSet(text)
    except (InvalidSpecifier, ValueError):
        return False
    return True
