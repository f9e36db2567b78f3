"""The changelog's entries: one for every release, complete, dated, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from snitch.checks import entry_lines
from snitch.checks import versions
from snitch.checks.placeholders import is_blank
from snitch.checks.placeholders import is_placeholder
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.documents.days import iso_day
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from snitch.checks.check import Subject
    from snitch.documents import Changelog
    from snitch.documents import Entry

ENTRY_MISSING = Rule(
    "CPL104",
    "changelog-entry-missing",
    Severity.ERROR,
    "The changelog has no entry for the version in the config.",
    why=(
        "The changelog is what an on-call engineer opens when a model misbehaves: what changed, "
        "who changed it, which ticket asked for it. A release without an entry is a change that "
        "nobody can explain at three in the morning."
    ),
    remedy=(
        "Add an entry for exactly the config's version above the newest one. An `Unreleased` "
        "section becomes that entry by writing the version and the date into its heading."
    ),
    bad="## [1.3.2] - 2026-08-01          # config.yaml: version: 1.4.0",
    good="## [1.4.0] - 2026-10-04\n- **Author:** ana@example.com\n\n## [1.3.2] - 2026-08-01",
)
ENTRY_INCOMPLETE = Rule(
    "CPL105",
    "changelog-entry-incomplete",
    Severity.ERROR,
    "A new changelog entry lacks a required field, repeats an older entry, or shares its version.",
    why=(
        "An entry without an author or a ticket leads nowhere; an entry copied from the release "
        "before says that nobody looked. Of two headings for one version a reader believes the "
        "wrong one."
    ),
    remedy=(
        "Write the missing fields as `Key: value` lines right below the version's heading, say "
        "in your own words what changed in this release, and keep one heading per version. Text "
        "under the heading counts as the summary. Entries that production already holds are not "
        "judged again."
    ),
    bad="## [1.4.0] - 2026-10-04\n\n## [1.3.2] - 2026-08-01",
    good="## [1.4.0] - 2026-10-04\n- **Author:** ana@example.com\n- **Summary:** October accounts.",
)
DATE_INVALID = Rule(
    "CPL108",
    "changelog-date-invalid",
    Severity.ERROR,
    "A changelog entry's date is no calendar day, lies in the future, or precedes the entry below.",
    why=(
        "Dates in the changelog are how people line a release up with a drop in a business "
        "metric. A day that does not exist, or a release dated before its predecessor, sends "
        "them to the wrong week."
    ),
    remedy=(
        "Write the day of the release as YYYY-MM-DD, not later than today (one day of grace "
        "covers time zones) and not before the entry below it; the newest entry stands on top."
    ),
    bad="## [1.4.0] - 04/10/2026",
    good="## [1.4.0] - 2026-10-04",
)
RULES = (ENTRY_MISSING, ENTRY_INCOMPLETE, DATE_INVALID)

GRACE = timedelta(days=1)
"""The author's calendar may be a day ahead of the gate's, which is UTC."""


def judge(subject: Subject) -> Iterator[Finding]:
    """CPL104, CPL105 and CPL108 of a changelog that could be read."""
    changelog = subject.candidate.changelog
    if changelog is None or changelog.broken:
        return
    yield from _missing(subject, changelog)
    judged = _judged(subject, changelog)
    for index in judged:
        entry = changelog.entries[index]
        yield from _incomplete(subject, entry)
        yield from _repeated(changelog.entries, index, judged)
        yield from _date(subject, changelog.entries, index, judged)


def placeholder_values(subject: Subject) -> Iterator[tuple[str, str, Place]]:
    """Required fields of the judged entries that hold a placeholder: name, value and place."""
    changelog = subject.candidate.changelog
    if changelog is None or changelog.broken:
        return
    standard = subject.policy.completeness.changelog
    for index in _judged(subject, changelog):
        entry = changelog.entries[index]
        for name in standard.required:
            value = value_of(entry, name)
            if name.lower() != "date" and is_placeholder(value, standard.placeholders):
                yield name, value, entry.fields[name.lower()].place


def value_of(entry: Entry, name: str) -> str:
    """What an entry says under a field, `""` for nothing."""
    located = entry.date if name.lower() == "date" else entry.fields.get(name.lower())
    return located.value if located else ""


def _judged(subject: Subject, changelog: Changelog) -> list[int]:
    """Entries to judge: the config's version, and those that production does not hold yet.

    Production's cannot be mended any more, and without a production changelog nobody can tell
    an old entry from a new one.
    """
    version = subject.candidate.metadata.version
    new = _new(subject, changelog)
    return [
        index
        for index, entry in enumerate(changelog.entries)
        if not is_unreleased(entry)
        and (index in new or (version and versions.same(version, entry.version.value)))
    ]


def _new(subject: Subject, changelog: Changelog) -> set[int]:
    """Entries that production does not hold, those apart that rewrite one (CPL109)."""
    deployed = subject.deployed.changelog if subject.deployed else None
    if deployed is None:
        return set()
    held = {entry.record for entry in deployed.entries}
    kept = {entry.record for entry in changelog.entries}
    lost = {entry.version.value for entry in deployed.entries if entry.record not in kept}
    return {
        index
        for index, entry in enumerate(changelog.entries)
        if entry.record not in held and entry.version.value not in lost
    }


def is_unreleased(entry: Entry) -> bool:
    """True for the section that collects changes before they have a version."""
    return entry.version.value.strip().casefold() == "unreleased"


def _missing(subject: Subject, changelog: Changelog) -> Iterator[Finding]:
    version = subject.candidate.metadata.version
    if version is None or not versions.is_valid(version):
        return  # CPL102, CPL103 or CPL111 speaks
    entries = changelog.entries
    if any(versions.same(version, entry.version.value) for entry in entries):
        return
    path, heading = changelog.source.path, entry_lines.heading(subject, changelog)
    if not entries:
        found, remedy = "has no entries", f"add the entry {heading} to {path}"
        place = Place(path)
    elif is_unreleased(entries[0]):
        found = "has only an Unreleased section on top"
        remedy = f"turn that heading into {heading}"
        place = entries[0].version.place
    else:
        newest = entries[0].version
        found = f"starts with {quoted(newest.value)}"
        remedy = f"add the entry {heading} above {quoted(newest.value)}"
        place = newest.place
    message = f"{path} {found}; expected an entry for the config's version {version}"
    yield Finding(ENTRY_MISSING, message, remedy, place)


def _incomplete(subject: Subject, entry: Entry) -> Iterator[Finding]:
    standard = subject.policy.completeness.changelog
    known = subject.candidate.not_applicable
    # A default asks only for what the layout can hold; a policy's author means every word.
    explicit = "required" in standard.model_fields_set
    required = [n for n in standard.required if explicit or f"changelog.{n}" not in known]
    lacking = [name for name in required if is_blank(value_of(entry, name))]
    if lacking:
        yield Finding(
            ENTRY_INCOMPLETE,
            f"the entry for {quoted(entry.version.value)} has no {listed(lacking)}; "
            f"expected {listed(required, len(required))}",
            entry_lines.completed(subject, entry, lacking),
            entry.version.place,
        )


def _repeated(entries: Sequence[Entry], index: int, judged: list[int]) -> Iterator[Finding]:
    entry = entries[index]
    version = entry.version.value
    for position, other in enumerate(entries):
        # Of two judged headings the lower one is the intruder.
        if (position < index or (position > index and position not in judged)) and versions.same(
            version, other.version.value
        ):
            yield Finding(
                ENTRY_INCOMPLETE,
                f"the changelog has two entries for {quoted(version)}, expected one",
                "merge the two entries under one heading, or give this one its own version",
                entry.version.place,
            )
            return
    older = next((e for e in entries[index + 1 :] if _content(e) == _content(entry)), None)
    if older is not None and _content(entry)[1]:
        yield Finding(
            ENTRY_INCOMPLETE,
            f"the entry for {quoted(version)} repeats the one for {quoted(older.version.value)} "
            "word for word; expected what changed in this release",
            "describe this release in the entry's fields and text",
            entry.version.place,
        )


def _content(entry: Entry) -> tuple[dict[str, str], str]:
    fields = {name: located.value for name, located in entry.fields.items()}
    return fields, "".join(fields.values()) + entry.body.strip()


def _date(
    subject: Subject, entries: Sequence[Entry], index: int, judged: Sequence[int]
) -> Iterator[Finding]:
    written = entries[index].date
    if written is None or is_blank(written.value):
        return  # CPL105 speaks where a date is required
    day = iso_day(written.value)
    if day is None:
        found = f"the date is {quoted(written.value)}"
        expected = "a calendar day as YYYY-MM-DD between the years 2000 and 2100"
    elif day > subject.as_of + GRACE:
        found, expected = f"the date {day} lies in the future", f"{subject.as_of} or earlier"
    else:
        disorder = None if subject.rollback else _disorder(entries, index, day, judged)
        if disorder is None:
            return
        found, expected = f"the date {day} is {disorder}", "the newest entry on top"
    yield Finding(
        DATE_INVALID,
        f"{found}; expected {expected}",
        f"write the day of the release of {entries[index].version.value} as YYYY-MM-DD",
        written.place,
    )


def _disorder(entries: Sequence[Entry], index: int, day: date, judged: Sequence[int]) -> str | None:
    """What is wrong with an entry's place among its neighbours; None for nothing."""
    below = _nearest(entries, range(index + 1, len(entries)))
    if below is not None and day < below[1]:
        return f"before {below[1]}, that of {quoted(below[0])} below"
    above = _nearest(entries, range(index - 1, -1, -1))
    others = [*range(index), *range(index + 1, len(entries))]
    first, last = _nearest(entries, others), _nearest(entries, others[::-1])
    # Of two entries nobody can tell which way round the file is kept; a new one tells of itself.
    is_newest_first = first is not None and last is not None and first[1] > last[1]
    if above is not None and day > above[1] and is_newest_first and index - 1 not in judged:
        return f"after {above[1]}, that of {quoted(above[0])} above"
    return None


def _nearest(entries: Sequence[Entry], places: Sequence[int]) -> tuple[str, date] | None:
    """The version and the day of the first entry that has one."""
    for entry in (entries[place] for place in places):
        day = iso_day(entry.date.value) if entry.date else None
        if day is not None:
            return entry.version.value, day
    return None
