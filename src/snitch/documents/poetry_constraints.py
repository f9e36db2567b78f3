"""Poetry's version constraints (`^1.2`, `~1.2`, `1.2.*`) as PEP 440 specifiers."""

from __future__ import annotations

import re

from snitch.documents.requirement_lines import MAX_VERSION_CHARS

_CLAUSE = re.compile(r"(\^|~=|~|===|==|!=|>=|<=|>|<|=)?[ \t]*([^\s,^~=!<>]+)")
_RELEASE = re.compile(r"[vV]?([0-9]{1,18}(?:\.[0-9]{1,18}){0,9})")


def pep440(constraint: str) -> str | None:
    """The specifier that a constraint means.

    A union (`||`) is "", which is wider than what is written: PEP 440 has no unions. None where
    the constraint is not valid.
    """
    if "|" in constraint:
        parts = re.split(r"\|\|?", constraint)
        return "" if all(pep440(part) is not None for part in parts) else None
    clauses: list[str] = []
    for part in constraint.split(","):
        if _CLAUSE.sub("", part).strip():
            return None
        for match in _CLAUSE.finditer(part):
            clause = _clause(match[1] or "", match[2])
            if clause is None:
                return None
            clauses += [clause] if clause else []
    specifier = ",".join(clauses)
    return specifier if _is_specifier(specifier) else None


def _clause(operator: str, version: str) -> str | None:
    if len(version) > MAX_VERSION_CHARS:
        return None
    if version == "*":
        return ""
    match operator:
        case "^" | "~":
            release = _RELEASE.match(version)
            if release is None:
                return None
            return f">={version},<{_next(operator, release[1])}"
        case "" | "=":
            return f"=={version}"
        case _:
            return f"{operator}{version}"


def _next(operator: str, release: str) -> str:
    """The first version that `^release` or `~release` leaves out."""
    parts = [int(part) for part in release.split(".")]
    if operator == "~":
        at = min(1, len(parts) - 1)
    else:
        at = next((index for index, part in enumerate(parts) if part), len(parts) - 1)
    raised = [*parts[:at], parts[at] + 1]
    return ".".join(map(str, raised if len(raised) > 1 else [*raised, 0]))


def _is_specifier(specifier: str) -> bool:
    from packaging.specifiers import InvalidSpecifier  # noqa: PLC0415 - heavy, and rarely needed
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415

    try:
        SpecifierSet(specifier)
    except (InvalidSpecifier, ValueError):
        return False
    return True
