"""Globs over paths, where `*` stays within one component and `**` crosses them, and over names."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import takewhile

ROOT = frozenset({".", "./", ""})
WILD = frozenset("*?[")


def matches(path: str, pattern: str) -> bool:
    """Whether a whole path matches; `.` matches the root `""` only."""
    if pattern in ROOT:
        return path == ""
    if "**" not in pattern and path.count("/") != pattern.strip("/").count("/"):
        return False
    return _matches(path.split("/") if path else [], pattern.strip("/").split("/"))


def _matches(parts: list[str], pattern: list[str]) -> bool:
    """Whether the pieces of a pattern take all parts, found in the product of both numbers."""
    taken = {0}
    for piece in pattern:
        if piece == "**":
            taken = set(range(min(taken), len(parts) + 1))
        else:
            taken = {at + 1 for at in taken if at < len(parts) and fnmatchcase(parts[at], piece)}
        if not taken:
            return False
    return len(parts) in taken


def fixed_part(pattern: str) -> str:
    """The path that everything is at or below that a pattern matches: what has no wildcards."""
    parts = [] if pattern in ROOT else pattern.strip("/").split("/")
    return "/".join(takewhile(WILD.isdisjoint, parts))


def takes_name(glob: str, name: str) -> bool:
    """Whether a layout's glob takes a metric: one without capitals takes it in any letter case."""
    return fnmatchcase(name.lower() if glob.islower() else name, glob)
