"""Paths inside a snapshot: `/` between names, none in front, bytes as surrogate escapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 128
"""Directories within directories, the ceiling of every policy."""

MAX_PATHS = 2_000_000
"""Paths that one walk comes by."""

ODD = frozenset({"", ".", ".."})


def split(path: str) -> list[str]:
    """The names of a path, outermost first.

    A path that is not in normal form names nothing: the name `""`, which no directory has.
    """
    names = path.split("/") if path else []
    return names if ODD.isdisjoint(names) else [""]


def join(directory: str, name: str) -> str:
    """A name within a directory."""
    return f"{directory}/{name}" if directory else name


def prefix(directory: str) -> str:
    """What every path below a directory begins with; nothing, of the root."""
    return f"{directory}/" if directory else ""


def folder_of(path: str) -> str:
    """The directory that holds a path."""
    return path.rpartition("/")[0]


def parents(path: str) -> Iterator[str]:
    """The directories that a path is below, innermost first, ending with the root."""
    while path:
        path = path.rpartition("/")[0]
        yield path


class Walk:
    """Counts what one walk comes by: ten trees that hold each other tenfold are 10^10 paths."""

    def __init__(self) -> None:
        self._left = MAX_PATHS

    def count(self, directory: str, paths: int = 1) -> None:
        """So many paths more, in a directory.

        Raises:
            CannotJudgeError: they are more than anybody would list.
        """
        self._left -= paths
        if self._left < 0:
            message = f"there are more than {MAX_PATHS:,} paths to go through, as in "
            message += f"{directory[:80]!r}"
            raise CannotJudgeError(message, "take what is no model out of the repository")


def check_depth(path: str) -> str:
    """The path itself.

    Raises:
        CannotJudgeError: it is deeper than any walk goes.
    """
    if path.count("/") > MAX_DEPTH:
        message = f"{path[:80]!r}… is deeper than {MAX_DEPTH} directories"
        raise CannotJudgeError(message, "take the nested directories out of the repository")
    return path
