"""DEP, the dependency audit: what a model installs, against the policy and the serving stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks import dependency_rules as rules
from snitch.checks.check import Check
from snitch.checks.dependency_conflicts import conflicts
from snitch.checks.dependency_sources import foreign_sources
from snitch.checks.dependency_standard import against_standard
from snitch.checks.import_names import provided
from snitch.checks.import_names import provider
from snitch.checks.wants import gather
from snitch.checks.wants import is_shipped
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.checks.check import Subject
    from snitch.checks.wants import Wants
    from snitch.documents import DependencyFile
    from snitch.findings import Outcome

INSTALLER = "pip"
"""Conda environments list it for their lines of pip; its version is nobody's."""


def judge(subject: Subject) -> Iterator[Outcome]:
    """Audits the dependency files of one model; a line that two of them include is told once."""
    told = set()
    for outcome in _audited(subject):
        if isinstance(outcome, Finding):
            breach = (outcome.rule.code, outcome.place, outcome.message)
            if breach in told:
                continue
            told.add(breach)
        yield outcome


def _audited(subject: Subject) -> Iterator[Outcome]:
    release = subject.candidate
    if not release.dependencies:
        yield _absent(subject)
        return
    files = [file for file in release.dependencies if is_shipped(file)]
    wants = gather(release.dependencies, subject.policy.dependencies.serving_markers)
    yield from against_standard(subject, wants)
    yield from conflicts(subject, wants)
    yield from foreign_sources(subject, files)
    yield from _unreadable(files, wants)
    broken = [file.path for file in files if file.broken]
    if broken:
        yield Skipped(
            f"{quoted(broken[0])} cannot be read: pins and imports are not judged", whole=False
        )
        return
    yield from _unpinned(subject, wants)
    yield from _undeclared(subject, wants)


def _absent(subject: Subject) -> Outcome:
    piece = subject.candidate.pieces["dependencies"]
    if piece.state == "not-applicable":
        return Skipped(f"the layout {quoted(subject.candidate.layout)} keeps no dependency file")
    if piece.state != "missing":
        return Skipped(f"{quoted(piece.path)} cannot be read")
    return Finding(
        rules.NO_DEPENDENCY_FILE,
        "the model has no dependency file; expected one that pins every library it needs",
        f"commit {quoted(piece.path)} with one `name==version` a line",
        Place(piece.path),
    )


INCLUDES = ("-r", "-c", "--requirement", "--constraint")


def _unreadable(files: Sequence[DependencyFile], wants: Wants) -> Iterator[Finding]:
    for file in files:
        for line, reason in file.unparsable:
            yield Finding(
                rules.UNPARSABLE,
                f"{quoted(line.value)} cannot be read as a requirement: {reason}",
                "name a file of the repository that is there, or remove the line"
                if line.value.startswith(INCLUDES)
                else "write it as `name==1.2.3`, or remove the line",
                line.place,
            )
    for requirement, reason in wants.void:
        yield Finding(
            rules.UNPARSABLE,
            f"{quoted(requirement.spelling.value)} can never be installed: {reason}",
            "correct the version or the marker, or remove the line",
            requirement.spelling.place,
        )


def _unpinned(subject: Subject, wants: Wants) -> Iterator[Finding]:
    policy = subject.policy.dependencies
    if not policy.require_pins:
        return
    for name, asked in wants.asked.items():
        for requirement in asked if name != INSTALLER else ():
            # A source that is not allowed is to go as a whole; its version is no second cause.
            if requirement.kind in policy.allowed_sources and not wants.is_pinned(requirement):
                yield Finding(
                    rules.UNPINNED,
                    f"{quoted(requirement.spelling.value)} leaves the version open; expected one "
                    "exact version",
                    f"pin it, as {quoted(name + '==1.2.3')} with the version that was "
                    "evaluated, or commit a lock file",
                    requirement.spelling.place,
                )


def _undeclared(subject: Subject, wants: Wants) -> Iterator[Finding]:
    # Code that only the development groups provide for is not shipped any more than they are, and
    # what can never be installed is told as that.
    void = (requirement.name for requirement, _ in wants.void)
    distributions = {*wants.names, *wants.unshipped, *void}
    for module in subject.candidate.imports:
        if not provided(module.value, distributions):
            yield Finding(
                rules.UNDECLARED_IMPORT,
                f"the code imports {quoted(module.value)}, and no requirement provides it",
                f"add {_library(module.value)} to the model's requirements, or remove the import",
                module.place,
            )


def _library(module: str) -> str:
    known = provider(module)
    return quoted(known) if known else f"the library that provides {quoted(module)}"


CHECK = Check(family="DEP", rules=rules.RULES, judge=judge)
