"""Prints the oldest release of each dependency that `pyproject.toml` admits, for pip."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def oldest(lines: Iterable[str]) -> list[str]:
    """From `click>=8.1` to `click==8.1`, for those that this Python needs."""
    needed = [one for one in map(Requirement, lines) if one.marker is None or one.marker.evaluate()]
    bounds = [(one.name, bound) for one in needed for bound in one.specifier]
    return [f"{name}=={bound.version}" for name, bound in bounds if bound.operator == ">="]


if __name__ == "__main__":
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    optional = chain.from_iterable(extras[name] for name in sorted(extras.keys() - {"dev"}))
    sys.stdout.write("\n".join(oldest([*project["dependencies"], *optional])) + "\n")
