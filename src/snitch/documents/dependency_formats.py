"""Which reader reads which dependency file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.dependencies import DependencyFile
    from snitch.documents.limits import Limits

    _Reader = Callable[[str, Callable[[str], "bytes | None"], Limits], DependencyFile]


def read_dependencies(
    path: str, read: Callable[[str], bytes | None], limits: Limits
) -> DependencyFile:
    """The requirements of one file and of what it includes; never raises on any bytes.

    The file's name chooses the format, and any other name is read as requirements.txt is; `read`
    gives the bytes of a file of the repository, or None where there is none.
    """
    return _reader_of(path.rpartition("/")[2])(path, read, limits)


def _reader_of(name: str) -> _Reader:  # noqa: PLR0911 - one return a format
    """The reader for a file of this name; each format's module is imported only here."""
    # ruff: noqa: PLC0415 - a model has one or two of these files
    match name:
        case "pyproject.toml":
            from snitch.documents.pyproject_toml import read_pyproject

            return read_pyproject
        case "environment.yml" | "environment.yaml" | "conda.yml" | "conda.yaml":
            from snitch.documents.environment_yml import read_environment

            return read_environment
        case "uv.lock":
            from snitch.documents.locks.uv import read_uv_lock

            return read_uv_lock
        case "poetry.lock":
            from snitch.documents.locks.poetry import read_poetry_lock

            return read_poetry_lock
        case "Pipfile.lock":
            from snitch.documents.locks.pipfile import read_pipfile_lock

            return read_pipfile_lock
        case _ if name.startswith("pylock.") and name.endswith(".toml"):
            from snitch.documents.locks.pylock import read_pylock

            return read_pylock
        case _:
            from snitch.documents.requirements_txt import read_requirements_txt

            return read_requirements_txt
