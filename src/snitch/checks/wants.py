"""What a model asks for where it is served: all its dependency files, read as one wish."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from snitch.checks.markers import Reach
from snitch.checks.markers import reach
from snitch.checks.markers import together
from snitch.checks.specifiers import admits
from snitch.checks.specifiers import pinned
from snitch.checks.wording import quoted
from snitch.documents.requirement_lines import archive
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import DependencyFile
    from snitch.documents import Requirement

NOT_SHIPPED = frozenset(
    "dev develop development test tests testing doc docs lint linting typing ci".split()  # noqa: SIM905 - reads better
)
"""Groups and extras that never reach the serving stack; all others may."""
MAX_ALIKE = 20
"""Different statements of one kind about one library that are compared with others."""

_CONDA_PARTS = 3
_WORDS = re.compile(r"[-_.]")
_COMMIT = re.compile(r"@[0-9a-f]{40,64}(?:#|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Want:
    """One requirement that decides which version of a distribution is served."""

    requirement: Requirement
    specifiers: tuple[str, ...]
    """The requirement's own, then those of the constraints on it."""
    locked: bool

    def admits(self, specifier: str) -> bool:
        """Whether a version that `specifier` takes may be installed."""
        return admits(*self.specifiers, specifier)


@dataclass(frozen=True, slots=True)
class Wants:
    """The requirements that apply where the model is served, by normalised name."""

    serving: Mapping[str, str]
    asked: dict[str, list[Requirement]] = field(default_factory=dict)
    limits: dict[str, list[Requirement]] = field(default_factory=dict)
    locks: dict[str, dict[str, list[Requirement]]] = field(default_factory=dict)
    """By name, then by the lock file's path."""
    fixed: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By name, the markers and groups under which a line or constraint fixes the version."""
    void: list[tuple[Requirement, str]] = field(default_factory=list)
    """Requirements that can never be met, each with the reason."""
    unshipped: set[str] = field(default_factory=set)
    """What groups ask for that are not shipped."""

    @property
    def names(self) -> Iterator[str]:
        """Every distribution that is asked for or locked, each once."""
        yield from dict.fromkeys((*self.asked, *self.locks))

    def locked(self, name: str) -> list[Requirement]:
        """What the lock files say of a distribution."""
        return [entry for entries in self.locks.get(name, {}).values() for entry in entries]

    def deciding(self, name: str) -> list[Want]:
        """The requirements that decide which version is served.

        A lock file's where one has the distribution; else all, but for ranges that a plain pin
        (one without marker or group) narrows down.
        """
        locked = self.locked(name)
        if locked:
            return [Want(entry, (version_of(entry),), locked=True) for entry in locked]
        asked = self.asked.get(name, [])
        plain = [want for want in asked if pinned(version_of(want)) and not _conditional(want)]
        del plain[MAX_ALIKE:]
        limits = tuple(limit.specifier for limit in self.limits.get(name, ()) if not limit.marker)
        return [
            Want(want, (version_of(want), *limits), locked=False)
            for want in asked
            if pinned(version_of(want)) or not any(self.meet(want, pin) for pin in plain)
        ]

    def is_pinned(self, requirement: Requirement) -> bool:
        """Whether the requirement, a lock, a constraint or another line fixes the version.

        A line for some environments or one extra fixes it only for lines of the same.
        """
        name = requirement.name
        fixed = self.fixed.get(name, set())
        return name in self.locks or any(
            (marker, group) in fixed
            for marker in ("", requirement.marker)
            for group in ("", requirement.group)
        )

    def meet(self, first: Requirement, second: Requirement) -> bool:
        """Whether both can hold at once, or never apply at once."""
        return (
            admits(version_of(first), version_of(second))
            or bool(first.group and second.group and first.group != second.group)
            or not together(first.marker, second.marker, self.serving)
        )


def gather(files: Sequence[DependencyFile], serving: Mapping[str, str]) -> Wants:
    """The requirements of all files that are shipped and apply in the serving environment."""
    wants = Wants(serving)
    for file in files:
        for requirement in file.requirements:
            if requirement.group.lower() in NOT_SHIPPED or not is_shipped(file):
                wants.unshipped.add(requirement.name)
                continue
            reached = reach(requirement.marker, serving)
            reason = _void(requirement, reached)
            if reason:
                wants.void.append((requirement, reason))
            elif reached is Reach.HERE:
                _file(wants, file, requirement)
    return wants


def is_shipped(file: DependencyFile) -> bool:
    """False for a file that only developers install from: `requirements-dev.txt`."""
    return NOT_SHIPPED.isdisjoint(_WORDS.split(file.path.rpartition("/")[2].lower()))


def _file(wants: Wants, file: DependencyFile, requirement: Requirement) -> None:
    name = requirement.name
    if not file.locked and _is_fixed(requirement):
        wants.fixed.setdefault(name, set()).add((requirement.marker, requirement.group))
    if requirement.constraint:
        wants.limits.setdefault(name, []).append(requirement)
    elif file.locked:
        wants.locks.setdefault(name, {}).setdefault(file.path, []).append(requirement)
    else:
        wants.asked.setdefault(name, []).append(requirement)


def _void(requirement: Requirement, reached: Reach) -> str:
    if reached is Reach.NOWHERE:
        return f"its marker {quoted(requirement.marker)} holds in no environment"
    if not admits(requirement.specifier):
        return f"no version satisfies {quoted(requirement.specifier)}"
    return ""


def _conditional(requirement: Requirement) -> bool:
    return bool(requirement.marker or requirement.group)


def _is_fixed(requirement: Requirement) -> bool:
    match requirement.kind:
        case "path":
            return True
        case "vcs":
            return _COMMIT.search(requirement.origin) is not None
        case "url" if requirement.hashes:
            return True
        case _:
            return pinned(version_of(requirement)) or _is_conda_pin(requirement)


def _is_conda_pin(requirement: Requirement) -> bool:
    """`numpy=1.26.4`: to conda a prefix, and to everybody the version 1.26.4."""
    specifier = requirement.specifier
    is_prefix = specifier.startswith("==") and "*" not in requirement.spelling.value
    return is_prefix and len(specifier.split(".")) > _CONDA_PARTS


def version_of(requirement: Requirement) -> str:
    """The specifier, or for a link to a wheel or a source archive the version in its name."""
    if requirement.specifier or requirement.kind not in ("url", "path"):
        return requirement.specifier
    return archive(requirement.origin)[1]
