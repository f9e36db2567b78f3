"""Keeps the repository that is judged off Python's own path: its `yaml.py` is not ours to run.

`python -m` puts the working directory there (`snitch.__main__` takes it out), and so does a
`PYTHONPATH` of `.`, which this module minds before anything else is imported.
"""

from __future__ import annotations

import os
import sys


def drop_repository() -> None:
    """Take out of `sys.path` what `PYTHONPATH` names inside the repository we stand in.

    What belongs to the running interpreter stays, and so does the directory that Snitch itself
    is imported from.
    """
    named = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    if named:
        places = {os.path.realpath(entry) for entry in named}
        root = _root(os.path.realpath(os.curdir))
        keep = (os.path.realpath(sys.prefix), os.path.realpath(os.path.join(__file__, "../../..")))  # noqa: PTH118 - pathlib costs more than this
        sys.path[:] = [
            entry
            for entry in sys.path
            if (place := os.path.realpath(entry)) not in places
            or not _within(place, root)
            or any(_within(place, own) for own in keep if own != root)
        ]


def _root(start: str) -> str:
    at = start
    while not os.path.exists(os.path.join(at, ".git")):  # noqa: PTH110, PTH118 - as above
        above = os.path.dirname(at)  # noqa: PTH120 - as above
        if above == at:
            return start
        at = above
    return at


def _within(path: str, directory: str) -> bool:
    return path == directory or path.startswith(directory.rstrip(os.sep) + os.sep)
