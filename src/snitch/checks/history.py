"""The changelog's past: what production holds of it is a record, and stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks import versions
from snitch.checks.entries import is_unreleased
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.documents import Changelog
    from snitch.documents import Entry

REWRITTEN = Rule(
    "CPL109",
    "changelog-history-rewritten",
    Severity.ERROR,
    "An entry that production holds was changed or removed.",
    why=(
        "A released entry is a record that audits and incident reviews rely on. When it can be "
        "edited afterwards it proves nothing, and a merge that went wrong quietly loses the "
        "entry of somebody else's release."
    ),
    remedy=(
        "Restore the entry as production has it (`git checkout origin/main -- CHANGELOG.md`, "
        "then add yours on top). A correction belongs into the new entry."
    ),
    bad="## [1.3.2] - 2026-08-01\n- **Ticket:** ML-99     # production: ML-98",
    good="## [1.4.0] - 2026-10-04\n- **Summary:** …; the ticket of 1.3.2 was ML-99.",
)


def judge(subject: Subject) -> Iterator[Finding]:
    """CPL109: every entry that production holds is still there, word for word."""
    changelog = subject.candidate.changelog
    deployed = subject.deployed.changelog if subject.deployed else None
    if changelog is None or changelog.broken or deployed is None or deployed.broken:
        return
    # The reader keeps production's versions however long the changelog: what lacks, is gone.
    kept = {entry.record for entry in changelog.entries}
    lost = [e for e in deployed.entries if e.record not in kept and not is_unreleased(e)]
    same_form = _form(changelog) == _form(deployed)
    for entry in lost:
        version = entry.version.value
        heirs = [e for e in changelog.entries if versions.same(version, e.version.value)]
        if not heirs:
            yield from _removed(subject, changelog, entry)
        # A changelog that changes its format keeps no text, but its versions and dates.
        elif same_form or all(_date_text(heir) != _date_text(entry) for heir in heirs):
            yield _changed(entry, heirs[0])


def _form(changelog: Changelog) -> str:
    return changelog.source.path.rpartition(".")[2].replace("yml", "yaml")


def _removed(subject: Subject, changelog: Changelog, entry: Entry) -> Iterator[Finding]:
    path, version = changelog.source.path, entry.version.value
    if subject.rollback is None:  # which takes the entries since that state away
        yield Finding(
            REWRITTEN,
            f"the entry for {quoted(version)}, which production holds, is gone from {path}",
            f"put the entry for {quoted(version)} back as production has it",
            _gap(subject, changelog, entry),
        )


def _gap(subject: Subject, changelog: Changelog, entry: Entry) -> Place:
    """The first of the older entries that is still there, else the last one of all."""
    held = subject.deployed.changelog if subject.deployed is not None else None
    there = {one.version.value: one for one in changelog.entries}
    entries = held.entries if held is not None else ()
    older = entries[entries.index(entry) + 1 :] if entry in entries else ()
    near = [there[one.version.value] for one in older if one.version.value in there]
    last = (*near[:1], *changelog.entries[-1:])
    return last[0].version.place if last else Place(changelog.source.path)


def _date_text(entry: Entry) -> str:
    return entry.date.value if entry.date else ""


def _changed(deployed: Entry, candidate: Entry) -> Finding:
    before, now = deployed.record, candidate.record
    at = next(
        (i for i, (a, b) in enumerate(zip(before, now, strict=False)) if a != b),
        min(len(before), len(now)),
    )
    was = quoted(before[at].strip()) if at < len(before) else "nothing"
    reads = quoted(now[at].strip()) if at < len(now) else "nothing"
    shown = [number for number, line in enumerate(candidate.text.split("\n"), 1) if line]
    number = shown[at] if at < len(shown) else shown[-1] + 1
    return Finding(
        REWRITTEN,
        f"the entry for {quoted(deployed.version.value)} differs from the one that production "
        f"holds: its line {number} is {reads}, expected {was}",
        "restore the entry as production has it; a correction belongs into the new entry",
        _line(candidate, number, now[at]) if at < len(now) else candidate.version.place,
    )


def _line(entry: Entry, number: int, text: str) -> Place:
    """A line of an entry where it stands in the file as it is; else the entry's beginning."""
    start = entry.version.place
    line = entry.version.source.place(((start.line or 1) + number - 1, 1, len(text)))
    return line if (line.excerpt or "").rstrip() == text else start
