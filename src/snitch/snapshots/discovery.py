"""Where the repository is, found by our own walk, and whether its owner may be trusted.

Git's own search would open a bare repository that somebody committed as ordinary files; here only
a `.git` beside the files counts, which no commit can contain.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.frozen import dataclass
from snitch.snapshots.git import configured

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_POINTER = 4096
"""Bytes of a `.git` file, a `commondir` file."""
GIT_DIR = "GIT_DIR"
INDEX = "GIT_INDEX_FILE"
OBJECTS = "GIT_OBJECT_DIRECTORY"
ALTERNATES = "GIT_ALTERNATE_OBJECT_DIRECTORIES"


@dataclass(frozen=True, slots=True)
class Location:
    """The directories of a repository."""

    git_dir: Path
    common_dir: Path
    """What all its working trees share; `git_dir` itself but in a linked one."""
    work_tree: Path | None

    @property
    def root(self) -> Path:
        """The working tree, or the bare repository."""
        return self.work_tree or self.git_dir


def locate(start: Path, environ: Mapping[str, str]) -> Location:
    """The repository at or above a directory.

    Raises:
        CannotJudgeError: there is none, somebody else owns it, or `GIT_DIR` names another.
    """
    begin = Path(os.path.realpath(start))
    for directory in (begin, *begin.parents):
        git_dir = _git_dir(directory / ".git")
        if git_dir is None:
            continue
        location = Location(git_dir, _common_dir(git_dir), directory)
        _check_variable(location, environ)
        return _checked(location)
    message = f"{begin} is not inside a Git working tree"
    raise CannotJudgeError(
        message, "cd into a clone of the model repository: git clone URL models && cd models"
    )


def work_tree_around(start: Path) -> Path | None:
    """The nearest directory at or above another one in which something is called `.git`."""
    begin = Path(os.path.realpath(start))
    every = (begin, *begin.parents)
    return next((at for at in every if os.path.lexists(at / ".git")), None)


def is_bare(start: Path) -> bool:
    """Whether a directory is itself a repository's own, with nothing around it."""
    return work_tree_around(start) is None and _is_git_dir(Path(os.path.realpath(start)))


def locate_bare(path: Path) -> Location:
    """A bare repository that the caller names.

    Raises:
        CannotJudgeError: it is none, or somebody else owns it.
    """
    git_dir = Path(os.path.realpath(path))
    if not _is_git_dir(git_dir):
        message = f"{git_dir} is not a bare Git repository"
        raise CannotJudgeError(message, "name the directory that holds HEAD, objects and refs")
    return _checked(Location(git_dir, _common_dir(git_dir), None))


def hook_variables(location: Location, environ: Mapping[str, str]) -> dict[str, str]:
    """The index and the object directories that a hook's Git names, made absolute.

    `git commit -a` and `git commit FILE` build the commit from an index of their own, and a
    server's hook sees pushed objects in a quarantine.

    Raises:
        CannotJudgeError: one of them is outside the repository.
    """
    found = {}
    for name in (INDEX, OBJECTS):
        if value := environ.get(name):
            path = Path(os.path.realpath(value))
            if not _within(path, location):
                raise _foreign(name, value, location)
            found[name] = str(path)
    if found.get(OBJECTS) and (alternates := environ.get(ALTERNATES)):
        for value in alternates.split(os.pathsep):
            if not _within(Path(os.path.realpath(value)), location):
                raise _foreign(ALTERNATES, value, location)
        found[ALTERNATES] = alternates
    return found


def _within(path: Path, location: Location) -> bool:
    return path.is_relative_to(location.git_dir) or path.is_relative_to(location.common_dir)


def _foreign(name: str, value: str, location: Location) -> CannotJudgeError:
    message = f"{name} is {value!r}, which is outside the repository {location.git_dir}"
    return CannotJudgeError(message, f"run `unset {name}`, and run again")


def _check_variable(location: Location, environ: Mapping[str, str]) -> None:
    value = environ.get(GIT_DIR)
    if value and Path(os.path.realpath(value)) != location.git_dir:
        raise _foreign(GIT_DIR, value, location)


def _git_dir(path: Path) -> Path | None:
    if path.is_dir():
        found = Path(os.path.realpath(path))
        return found if _is_git_dir(found) else None
    text = _pointer(path)
    if text is None:
        return None
    target = Path(os.path.realpath(path.parent / text.removeprefix("gitdir:").strip()))
    if not text.startswith("gitdir:") or not _is_git_dir(target):
        message = f"{path} does not lead to a Git repository"
        raise CannotJudgeError(message, "run `git worktree repair`, or clone the repository again")
    return target


def _common_dir(git_dir: Path) -> Path:
    text = _pointer(git_dir / "commondir")
    return git_dir if text is None else Path(os.path.realpath(git_dir / text.strip()))


def _is_git_dir(path: Path) -> bool:
    common = _common_dir(path)
    return (path / "HEAD").is_file() and all(
        (common / name).is_dir() for name in ("objects", "refs")
    )


def _pointer(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return os.fsdecode(file.read(MAX_POINTER))


def _checked(location: Location) -> Location:
    if (location.common_dir / "info" / "grafts").exists():
        message = f"{location.common_dir / 'info' / 'grafts'} rewrites the repository's history"
        raise CannotJudgeError(message, "delete the file; `git replace` is its successor")
    paths = dict.fromkeys((location.root, location.git_dir, location.common_dir))
    strangers = [path for path in paths if not _is_ours(path)]
    if strangers and not _is_safe(location.root):
        message = f"{strangers[0]} belongs to another user: its configuration is not trusted"
        remedy = f"git config --global --add safe.directory {shlex.quote(str(location.root))}"
        raise CannotJudgeError(message, remedy)
    return location


def _is_ours(path: Path) -> bool:
    owner, us = path.stat().st_uid, os.geteuid()
    sudo = os.environ.get("SUDO_UID", "") if us == 0 else ""
    return owner == us or str(owner) == sudo


def _is_safe(root: Path) -> bool:
    safe = False
    for value in (*configured("system", "safe.directory"), *configured("global", "safe.directory")):
        safe = bool(value) and (safe or _covers(value, root))
    return safe


def _covers(value: str, root: Path) -> bool:
    """Whether a value of `safe.directory` speaks of a directory; an empty one revokes all."""
    path = os.path.expanduser(value.removesuffix("/*"))  # noqa: PTH111 - as Git expands it
    if value.endswith("/*"):
        return root.is_relative_to(os.path.realpath(path))
    return value == "*" or os.path.realpath(path) == str(root)
