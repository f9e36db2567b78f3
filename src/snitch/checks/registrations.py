"""Which checks are installed: the entry points of one group, read without importing anything.

The standard library's reader of entry points costs more start-up time than all checks together,
so the files that every wheel leaves behind are read directly.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = "snitch.checks"
_HEADER = f"[{GROUP}]"


@dataclass(frozen=True, slots=True)
class Registration:
    """One line under `[snitch.checks]` of a distribution's entry_points.txt."""

    name: str
    module: str
    attribute: str
    home: Path
    """The directory on `sys.path` that the distribution is installed in."""


def registrations(distribution: str = "") -> Iterator[Registration]:
    """Entry points of the group, of the first distribution of each name on `sys.path`.

    Args:
        distribution: Its normalised name (`model_snitch`); empty for all of them.
    """
    seen: set[str] = set()
    for entry in sys.path:
        home = Path(entry)
        for folder in _folders(home):
            name = folder.partition("-")[0].lower()
            if name not in seen and distribution in ("", name):
                seen.add(name)
                yield from _read(home, folder)


def _folders(home: Path) -> list[str]:
    try:
        names = os.listdir(home)  # noqa: PTH208 - hundreds of names need not become paths
    except OSError:
        return []
    return sorted(name for name in names if name.endswith(".dist-info"))


def _read(home: Path, folder: str) -> Iterator[Registration]:
    try:
        text = home.joinpath(folder, "entry_points.txt").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line
        elif section == _HEADER and "=" in line:
            name, _, target = line.partition("=")
            module, _, attribute = target.strip().partition(" ")[0].partition(":")
            yield Registration(name.strip(), module, attribute, home)
