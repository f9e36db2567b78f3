"""DEP501 and DEP502: libraries that the standard forbids, or is leaving behind."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeVar

from snitch.checks import dependency_rules as rules
from snitch.checks.specifiers import pinned
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.checks.check import Subject
    from snitch.checks.wants import Want
    from snitch.checks.wants import Wants
    from snitch.findings import Outcome
    from snitch.policy.libraries import Deprecated
    from snitch.policy.libraries import Disallowed

_Entry = TypeVar("_Entry", "Disallowed", "Deprecated")


def against_standard(subject: Subject, wants: Wants) -> Iterator[Outcome]:
    """One finding for each requirement that a forbidden range or a deprecation takes.

    A requirement that is forbidden is not called deprecated as well.
    """
    policy = subject.policy.dependencies
    forbidden = _by_name(policy.disallowed)
    deprecated = _by_name(policy.deprecated)
    if deprecated and (subject.rollback is not None or subject.mends):
        cause = "a mended release" if subject.mends else f"a rollback to {quoted(subject.rollback)}"
        reason = f"{cause}: deprecated libraries are not judged"
        yield Skipped(reason, excused=True, whole=False)
        deprecated = {}
    for name in wants.names:
        if name not in forbidden and name not in deprecated:
            continue
        for want in wants.deciding(name):
            hits = [entry for entry in forbidden.get(name, ()) if want.admits(entry.specifier)]
            leaving = [entry for entry in deprecated.get(name, ()) if want.admits(entry.specifier)]
            if hits:
                yield _forbidden(subject, want, hits)
            elif leaving:
                yield _leaving(subject, want, leaving)


def _by_name(entries: Sequence[_Entry]) -> dict[str, list[_Entry]]:
    from snitch.documents.requirement_lines import normalised  # noqa: PLC0415 - not for its rules

    found: dict[str, list[_Entry]] = {}
    for entry in entries:
        found.setdefault(normalised(entry.name), []).append(entry)
    return found


def _instead(subject: Subject, use: str) -> str:
    """What to write: an open range would be the next finding."""
    open_ = subject.policy.dependencies.require_pins and "==" not in use
    return f"use {'one exact version of ' if open_ else ''}{quoted(use)} instead"


def _forbidden(subject: Subject, want: Want, hits: Sequence[Disallowed]) -> Finding:
    text = quoted(want.requirement.spelling.value)
    does = "installs" if pinned(want.specifiers[0]) else "can install"
    uses = [entry.use for entry in hits if entry.use]
    ranges = [quoted(entry.specifier) for entry in hits if entry.specifier]
    if uses:
        remedy = _instead(subject, uses[0])
    elif len(ranges) == len(hits):
        remedy = f"ask for a version of {quoted(want.requirement.name)} outside {listed(ranges)}"
    else:
        remedy = f"remove {quoted(want.requirement.name)}"
    return Finding(
        rules.DISALLOWED,
        f"{text} {does} what the standard forbids: {listed(map(_described, hits))}",
        f"{remedy}, and lock again" if want.locked else remedy,
        want.requirement.spelling.place,
    )


def _leaving(subject: Subject, want: Want, entries: Sequence[Deprecated]) -> Finding:
    """The entry that was over first speaks for all."""
    entry = min(entries, key=lambda entry: (entry.after is None, entry.after))
    over = entry.after is not None and subject.as_of > entry.after
    remedy = _instead(subject, entry.use) if entry.use else f"move off {quoted(entry.name)}"
    if entry.after is None:
        state = "deprecated"
    elif over:
        state = f"no longer allowed since {entry.after}"
    else:
        state = f"allowed only until {entry.after}"
        remedy += f", by {entry.after}"
    return Finding(
        rules.DEPRECATED,
        f"{quoted(want.requirement.spelling.value)} asks for {_described(entry)}, which is {state}",
        remedy,
        want.requirement.spelling.place,
        Severity.ERROR if over else None,
    )


def _described(entry: Disallowed | Deprecated) -> str:
    reason = f" ({entry.reason})" if entry.reason else ""
    return f"{quoted(entry.name + entry.specifier)}{reason}"
