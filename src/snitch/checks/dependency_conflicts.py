"""DEP503: statements about one library that have no version in common."""

from __future__ import annotations

from itertools import combinations
from itertools import product
from typing import TYPE_CHECKING

from snitch.checks import dependency_rules as rules
from snitch.checks.wants import MAX_ALIKE
from snitch.checks.wants import gather
from snitch.checks.wants import version_of
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.checks.check import Subject
    from snitch.checks.wants import Want
    from snitch.checks.wants import Wants
    from snitch.documents import Requirement
    from snitch.findings import Outcome


def conflicts(subject: Subject, wants: Wants) -> Iterator[Outcome]:
    """At most one finding a library within the model, and one against the serving stack."""
    for name in wants.names:
        found = next(_contradictions(wants, name), None)
        if found is not None:
            yield _contradiction(*found, locked=name in wants.locks)
    yield from _against_serving(subject, wants)


def _contradictions(wants: Wants, name: str) -> Iterator[tuple[Requirement, Requirement]]:
    """Each requirement that another one contradicts, and that other.

    The entries of one lock file are alternatives (for other platforms, for other extras): a
    requirement contradicts a lock file when none of them will do.
    """
    asked = _different(wants.asked.get(name, ()))
    locks = [_different(entries) for entries in wants.locks.get(name, {}).values()]
    statements = [[want] for want in asked] + locks
    limits = [[limit] for limit in _different(wants.limits.get(name, ()))]
    for first, second in (*combinations(statements, 2), *product(limits, statements)):
        if not any(wants.meet(one, two) for one, two in product(first, second)):
            # The requirement is what its author edits; a lock file follows.
            line, other = (first, second) if second in locks else (second, first)
            yield line[0], other[0]


def _different(requirements: Iterable[Requirement]) -> list[Requirement]:
    by_meaning = {(r.specifier, r.marker, r.group, r.origin): r for r in requirements}
    return list(by_meaning.values())[:MAX_ALIKE]


def _contradiction(line: Requirement, other: Requirement, *, locked: bool) -> Finding:
    return Finding(
        rules.SERVING_CONFLICT,
        f"{quoted(line.spelling.value)} and {_with_place(other)} have no version in common",
        "make both ask for the same version" + (", then lock again" if locked else ""),
        line.spelling.place,
    )


def _with_place(requirement: Requirement) -> str:
    place = requirement.spelling.place
    return f"{quoted(requirement.spelling.value)} ({quoted(place.path)}, line {place.line})"


def _against_serving(subject: Subject, wants: Wants) -> Iterator[Outcome]:
    path = subject.policy.dependencies.serving_constraints
    if path is None:
        return
    serving = subject.serving
    if serving is None or serving.broken:
        yield Skipped(
            f"the serving constraints {quoted(path)} cannot be read, so nothing is compared "
            "with them",
            whole=False,
        )
        return
    stack = gather([serving], subject.policy.dependencies.serving_markers)
    for name in wants.names:
        limits = [*stack.asked.get(name, ()), *stack.limits.get(name, ()), *stack.locked(name)]
        if limits:
            yield from _beside(wants.deciding(name), limits)


def _beside(deciding: Sequence[Want], limits: Sequence[Requirement]) -> Iterator[Finding]:
    """The first requirement that does not fit.

    What holds under a marker, and a lock file's entries, are alternatives: one that fits is
    enough.
    """
    wrong = [(want, limit) for want in deciding for limit in [_refusing(want, limits)] if limit]
    fitting = len(deciding) - len(wrong)
    for want, limit in wrong:
        if fitting and (want.locked or want.requirement.marker):
            continue
        line = want.requirement.spelling
        remedy = f"ask for a version that satisfies {quoted(limit.spelling.value)}"
        yield Finding(
            rules.SERVING_CONFLICT,
            f"{quoted(line.value)} and the serving stack's {_with_place(limit)} have no version "
            "in common",
            f"{remedy}, and lock again" if want.locked else remedy,
            line.place,
        )
        return


def _refusing(want: Want, limits: Sequence[Requirement]) -> Requirement | None:
    """The constraint that no version of `want` satisfies."""
    conditional = [limit for limit in limits if limit.marker]
    for limit in limits:
        if not limit.marker and not want.admits(version_of(limit)):
            return limit
    if conditional and not any(want.admits(version_of(limit)) for limit in conditional):
        return conditional[0]
    return None
