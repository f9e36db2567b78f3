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

    from snitch.checks.check import Subject
    from snitch.documents import DependencyFile
    from snitch.documents import Requirement

PUBLIC_INDEXES = frozenset(
    {
        "https://pypi.org/simple",
        "https://pypi.python.org/simple",
        "https://files.pythonhosted.org",
        "conda-forge",
        "defaults",
        "nodefaults",
    }
)
"""The indexes that `index` means, without a slash at the end; conda's channels among them."""

_KINDS = {
    "index": "a package index",
    "url": "a link",
    "vcs": "a version-control repository",
    "path": "a folder or file",
}


def foreign_sources(subject: Subject) -> Iterator[Finding]:
    """One finding for each requirement, or index, of a source that is not allowed.

    Entries of a lock file that repeat what a requirement says, or that are the model's own
    package, are no findings of their own.
    """
    allowed = subject.policy.dependencies.allowed_sources
    files = subject.candidate.dependencies
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
        yield from _indexes(subject)


def _is_excused(file: DependencyFile, requirement: Requirement) -> bool:
    own = file.locked and requirement.kind == "path" and requirement.origin in ("", ".", "./")
    return own or requirement.group.lower() in NOT_SHIPPED


def _foreign(requirement: Requirement, allowed: Collection[str]) -> Finding:
    return Finding(
        rules.SOURCE_NOT_ALLOWED,
        f"{quoted(requirement.spelling.value)} comes from {_KINDS[requirement.kind]}; the policy "
        f"allows {', '.join(map(quoted, allowed)) or 'no source'}",
        f"ask for a released version, as {quoted(requirement.name + '==1.2.3')}, or have "
        f"{quoted(requirement.kind)} added to `dependencies.allowed_sources`",
        requirement.spelling.place,
    )


def _indexes(subject: Subject) -> Iterator[Finding]:
    """Each foreign index once: where a file names it, else at the first entry that uses it."""
    named = [index for file in subject.candidate.dependencies for index in file.indexes]
    serving = subject.serving.indexes if subject.serving is not None else ()
    known = {*PUBLIC_INDEXES, *(_bare(index.value) for index in serving)}
    used = [
        (requirement.origin, requirement.spelling)
        for file in subject.candidate.dependencies
        for requirement in file.requirements
        if requirement.kind == "index" and requirement.origin
    ]
    for origin, place in (*((index.value, index) for index in named), *used):
        if _bare(origin) in known:
            continue
        known.add(_bare(origin))
        yield Finding(
            rules.SOURCE_NOT_ALLOWED,
            f"{quoted(origin)} is another package index than the public one",
            "remove the option; or have the index named in the serving constraints, or `url` "
            "added to `dependencies.allowed_sources`",
            place.place,
        )


def _bare(url: str) -> str:
    return url.strip().rstrip("/")
