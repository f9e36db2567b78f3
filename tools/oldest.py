"""Prints the oldest release of each dependency that `pyproject.toml` admits, for pip."""

from __future__ import annotations

import sys
from pathlib import Path

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def oldest(lines: list[str]) -> list[str]:
    """From `click>=8.1` to `click==8.1`, for those that this Python needs."""
    needed = [one for one in map(Requirement, lines) if one.marker is None or one.marker.evaluate()]
    bounds = [(one.name, bound) for one in needed for bound in one.specifier]
    return [f"{name}=={bound.version}" for name, bound in bounds if bound.operator == ">="]


if __name__ == "__main__":
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    sys.stdout.write("\n".join(oldest(project["dependencies"])) + "\n")
