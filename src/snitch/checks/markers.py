"""Where an environment marker lets a requirement apply, whatever machine Snitch runs on.

`packaging` evaluates markers for the running interpreter. The model is served elsewhere: what
the policy says of the serving stack is fixed, everything else may be anything.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from packaging.markers import Marker

MAX_ENVIRONMENTS = 4096
"""Of one marker; one with more possible environments is taken to apply somewhere."""

MAX_VERSION_CHARS = 32

_PYTHONS = ("2.6", "2.7", *(f"3.{minor}" for minor in range(31)), "3.99", "4.0")
_FREE = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "implementation_name",
    "extra",
)
_FULL = ("python_full_version", "implementation_version")
_TEXTS = re.compile(r"'([^']*)'|\"([^\"]*)\"")


class Reach(Enum):
    """Where a requirement applies."""

    HERE = "here"
    """In some environment that the serving stack can be."""
    ELSEWHERE = "elsewhere"
    """Only in environments that the serving stack is not."""
    NOWHERE = "nowhere"
    """In no environment at all: the marker contradicts itself."""


def reach(marker: str, serving: Mapping[str, str]) -> Reach:
    """Where `marker` holds.

    Args:
        marker: PEP 508, without the semicolon; empty holds everywhere.
        serving: The variables that the policy fixes. Without a Python among them it is any
            Python 3.

    A marker that cannot be evaluated counts as one that holds: it excuses nothing.
    """
    return _reach(marker, tuple(sorted(serving.items()))) if marker else Reach.HERE


def together(first: str, second: str, serving: Mapping[str, str]) -> bool:
    """Whether both markers can hold in one environment of the serving stack."""
    both = " and ".join(f"({marker})" for marker in (first, second) if marker)
    return reach(both, serving) is Reach.HERE


@lru_cache(maxsize=4096)
def _reach(text: str, serving: tuple[tuple[str, str], ...]) -> Reach:
    from packaging.markers import Marker  # noqa: PLC0415 - slow, and seldom needed

    try:
        marker = Marker(text)
    except (ValueError, RecursionError):
        return Reach.HERE
    fixed = dict(serving)
    known = fixed.keys() & {"python_version", *_FULL}
    axis = list(_pythons(text, fixed) if known else _pythons(text, {}, first=(3, 0)))
    if _holds(marker, text, axis, fixed):
        return Reach.HERE
    return Reach.ELSEWHERE if _holds(marker, text, list(_pythons(text, {})), {}) else Reach.NOWHERE


def _holds(
    marker: Marker, text: str, pythons: list[dict[str, str]], fixed: Mapping[str, str]
) -> bool:
    literals = sorted({single or double for single, double in _TEXTS.findall(text)})
    values = [[fixed[name]] if name in fixed else _values(name, text, literals) for name in _FREE]
    count = len(pythons)
    for choices in values:
        count *= len(choices)
    if count > MAX_ENVIRONMENTS:
        return True
    return any(
        _evaluate(marker, {**python, **dict(zip(_FREE, choice, strict=True))})
        for python in pythons
        for choice in product(*values)
    )


def _values(name: str, text: str, literals: list[str]) -> list[str]:
    """What a free variable may be: every text that the marker compares with, and others."""
    if name not in text:
        return [""]
    return [*literals, "", "0", "99999"]


def _pythons(
    text: str, fixed: Mapping[str, str], first: tuple[int, int] = (2, 6)
) -> Iterator[dict[str, str]]:
    """The Pythons that differ to a marker.

    Each minor version's first and last release, and those that the marker names in full.
    """
    from packaging.version import Version  # noqa: PLC0415 - slow, and seldom needed

    minors = {*_PYTHONS, *filter(None, [fixed.get("python_version")])}
    fulls = [single or double for single, double in _TEXTS.findall(text)]
    fulls += [f"{minor}.{micro}" for minor in sorted(minors) for micro in (0, 99)]
    fulls += [value for name, value in fixed.items() if name in _FULL]
    for full in dict.fromkeys(fulls):
        try:
            version = Version(full[:MAX_VERSION_CHARS])
        except ValueError:
            continue
        minor = f"{version.major}.{version.minor}"
        known = {"python_version": minor, **dict.fromkeys(_FULL, full)}
        wanted = {name: value for name, value in fixed.items() if name in known}
        if minor in minors and version.release >= first and wanted.items() <= known.items():
            yield known


def _evaluate(marker: Marker, environment: dict[str, str]) -> bool:
    try:
        return marker.evaluate(environment)
    except (ValueError, TypeError, LookupError):
        return True
