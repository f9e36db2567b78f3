"""What every dependency file becomes: one list of requirements with places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.documents.document import Located
    from snitch.findings import Fault


@dataclass(frozen=True, slots=True)
class Requirement:
    """One wanted or locked distribution."""

    name: str
    """Normalised as PEP 503 does: `scikit-learn`; empty for a path or URL that names nothing."""
    spelling: Located[str]
    """The requirement as written, and where."""
    specifier: str
    """PEP 440, `""` where anything goes; lock files give `==VERSION`. Unions of ranges, which
    PEP 440 cannot say, are `""`: never narrower than what is written."""
    marker: str = ""
    kind: str = "index"
    """Where it comes from: index, url, vcs or path."""
    origin: str = ""
    """The URL, repository or path, or the index it names."""
    hashes: tuple[str, ...] = ()
    """Of a line that installs nothing else; a lock's are not kept."""
    group: str = ""
    """The extra or dependency group that asks for it; empty for the run-time ones."""
    constraint: bool = False
    """From a `-c` file: it limits, and asks for nothing."""


@dataclass(frozen=True, slots=True)
class DependencyFile:
    """One file, with what it includes."""

    path: str
    locked: bool
    """A lock file: every version in it is exact."""
    requirements: tuple[Requirement, ...]
    indexes: tuple[Located[str], ...] = ()
    """Index URLs that the file names."""
    unparsable: tuple[tuple[Located[str], str], ...] = ()
    """Lines that are no requirement, each with the reason."""
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    silent: bool = False
    """A pyproject.toml that says nothing of dependencies: it configures tools, or leaves them to
    whatever builds the package."""


DEPENDENCY_FILES = (
    "requirements.txt",
    "pyproject.toml",
    "environment.yml",
    "environment.yaml",
    "conda.yml",
    "conda.yaml",
    "pylock.toml",
    "uv.lock",
    "poetry.lock",
    "Pipfile.lock",
)
"""The names, in the order in which people look for them; `requirements-*.txt`, `requirements_*.txt`
and `pylock.*.toml` count as well."""

INCLUDED = (".txt", ".in", ".pip", ".req")
"""How the names end of files that are requirements only because others include them."""

_VARIANT = re.compile(r"requirements[\w.-]*\.txt|pylock\.[^./]+\.toml")


def is_dependency_file(name: str) -> bool:
    """Whether a file of this name (without its directory) lists dependencies."""
    return name in DEPENDENCY_FILES or _VARIANT.fullmatch(name) is not None


def may_be_included(name: str) -> bool:
    """Whether a file of this name may list requirements for files of other directories."""
    return name.endswith(INCLUDED) or is_dependency_file(name) or "." not in name
