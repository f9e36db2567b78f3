"""DEP507: requirements and indexes from places that the policy does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks import dependency_rules as rules
from snitch.checks.wants import NOT_SHIPPED
from snitch.checks.wording import quoted
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.checks.check import Subject
    from snitch.documents import DependencyFile
    from snitch.documents import Requirement

PUBLIC_INDEXES = frozenset(
    {
        "https://pypi.org/simple",
        "https://pypi.python.org/simple",
        "https://conda.anaconda.org/conda-forge",
        "https://repo.anaconda.com/pkgs/main",
        "https://repo.anaconda.com/pkgs/r",
        "https://repo.anaconda.com/pkgs/msys2",
    }
)
"""The indexes and channels that `index` means, without a slash at the end."""

_KINDS = {
    "index": "a package index",
    "url": "a link",
    "vcs": "a version-control repository",
    "path": "a folder or file",
}


def foreign_sources(subject: Subject, files: Sequence[DependencyFile]) -> Iterator[Finding]:
    """One finding for each requirement, or index, of a source that is not allowed.

    The code around a file, as `-e .` asks for it, comes from no other place; entries of a lock
    file that repeat what a requirement says are no findings of their own.
    """
    allowed = subject.policy.dependencies.allowed_sources
    said: set[tuple[str, str]] = set()
    for file in sorted(files, key=lambda file: file.locked):
        for requirement in file.requirements:
            kind = requirement.kind
            if kind in allowed or _is_excused(file, requirement):
                continue
            key = (requirement.name, kind)
            if not (file.locked and key in said):
                yield _foreign(requirement, allowed)
            said.add(key)
    if "url" not in allowed:
        yield from _indexes(subject, files)


def _is_excused(file: DependencyFile, requirement: Requirement) -> bool:
    return _is_own(file, requirement) or requirement.group.lower() in NOT_SHIPPED


def _is_own(file: DependencyFile, requirement: Requirement) -> bool:
    """Whether it is the code around the file (`-e .`), which the commit itself pins."""
    own = (".", "./", "") if file.locked else (".", "./")
    return requirement.kind == "path" and requirement.origin in own


def _foreign(requirement: Requirement, allowed: Collection[str]) -> Finding:
    pin = f"{requirement.name or 'name'}==1.2.3"
    return Finding(
        rules.SOURCE_NOT_ALLOWED,
        f"{quoted(requirement.spelling.value)} comes from {_KINDS[requirement.kind]}; the policy "
        f"allows {', '.join(map(quoted, allowed)) or 'no source'}",
        f"ask for a released version, as {quoted(pin)}, or have "
        f"{quoted(requirement.kind)} added to `dependencies.allowed_sources`",
        requirement.spelling.place,
    )


def _indexes(subject: Subject, files: Sequence[DependencyFile]) -> Iterator[Finding]:
    """Each foreign index once, where it is first named."""
    serving = subject.serving.indexes if subject.serving is not None else ()
    known = {*PUBLIC_INDEXES, *(_bare(index.value) for index in serving)}
    for index in (index for file in files for index in file.indexes):
        if _bare(index.value) in known:
            continue
        known.add(_bare(index.value))
        yield Finding(
            rules.SOURCE_NOT_ALLOWED,
            f"{quoted(index.value)} is another package index than the public one",
            "remove it; or have the index named in the serving constraints, or `url` added to "
            "`dependencies.allowed_sources`",
            index.place,
        )


def _bare(url: str) -> str:
    return url.strip().rstrip("/")
