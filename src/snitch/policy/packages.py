"""Policy files inside installed distributions, found by their records, never by importing.

A distribution that lies inside the repository is the candidate's word, not the platform's: it
is refused, except in the environment that Snitch itself runs from.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.policy.shelves import MissingFileError
from snitch.policy.shelves import Reference
from snitch.policy.shelves import in_directory
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from importlib.metadata import Distribution

SHAPE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,126})/([^\\:]{1,512})", re.ASCII)


def package_file(target: str, repository: Path | None) -> Reference:
    """The file that `NAME/path.yaml` names among an installed distribution's files.

    NAME is the distribution's name, or the name that its code is imported by. The path is
    looked up below the import package, else from the top of what the distribution installs.

    Raises:
        MissingFileError: nothing of that name is installed, the file is not in its record, two
            distributions have it, or the distribution lies inside the repository.
    """
    shape = SHAPE.fullmatch(target)
    if shape is None or ".." in target.split("/"):
        message = f"`extends` names {quoted('package:' + target)}"
        raise MissingFileError(message, "write it as `package:NAME/path.yaml`")
    name, path = shape.groups()
    found = {str(hit.root): hit for hit in _named(name, path)}
    found = found or {str(hit.root): hit for hit in _installed(name, path)}
    if len(found) != 1:
        how = "is in two installed distributions" if found else "is in no installed distribution"
        message = f"{quoted('package:' + target)} {how}"
        raise MissingFileError(message, f"install the distribution of {quoted(name)}")
    (hit,) = found.values()
    if not trusted(hit.root / hit.path, repository):
        message = f"the distribution of {quoted('package:' + target)} lies inside the repository"
        remedy = "install it into the environment that Snitch runs from"
        raise MissingFileError(message, remedy)
    return in_directory(hit.root, hit.path, "package:", only=hit.files)


@dataclass(frozen=True, slots=True)
class _Hit:
    root: Path
    path: str
    files: frozenset[str]


def _named(name: str, path: str) -> Iterator[_Hit]:
    from importlib import metadata  # noqa: PLC0415 - few policies extend a package

    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    # Asked for by its own name, it may be searched from its top.
    yield from _hit(distribution, (f"{_import_name(name)}/{path}", f"{name}/{path}", path))


def _installed(name: str, path: str) -> Iterator[_Hit]:
    from importlib import metadata  # noqa: PLC0415 - few policies extend a package

    for distribution in metadata.distributions():
        yield from _hit(distribution, (f"{name}/{path}",))


def _hit(distribution: Distribution, wanted: Iterable[str]) -> Iterator[_Hit]:
    files = frozenset(file.as_posix() for file in distribution.files or ())
    for path in wanted:
        if path in files:
            yield _Hit(Path(str(distribution.locate_file(""))), path, files)
            return


def _import_name(name: str) -> str:
    return re.sub(r"[-.]+", "_", name).lower()


def trusted(path: Path, repository: Path | None) -> bool:
    """Whether an installed file is none of the repository's own."""
    if repository is None:
        return True
    real, root = path.resolve(), repository.resolve()
    environment = Path(sys.prefix).resolve()
    own = environment != root and environment.is_relative_to(root)
    return not real.is_relative_to(root) or (own and real.is_relative_to(environment))
