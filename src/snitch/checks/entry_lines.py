"""What an author types into a changelog, in the notation of its file.

The same entry is a heading in Markdown, an element of a list in YAML or JSON, or a key beside the
versions before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import listed
from snitch.checks.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.checks.check import Subject
    from snitch.documents import Changelog
    from snitch.documents import Entry


def heading(subject: Subject, changelog: Changelog) -> str:
    """How the entry of this release begins."""
    version, day = subject.candidate.metadata.version, subject.as_of.isoformat()
    path, newest = changelog.source.path, next(iter(changelog.entries), None)
    if path.endswith(".md"):
        return f"`## [{version}] - {day}`"
    if newest is not None and newest.version.route[-1:] == (newest.version.value,):
        return f'`"{version}": "…"`'
    return f"with `version` {version} and `date` {day}"


def completed(subject: Subject, entry: Entry, lacking: Sequence[str]) -> str:
    """The edit that gives an entry the fields that it lacks."""
    release, path = subject.candidate, entry.version.source.path
    foreign = [name for name in lacking if f"changelog.{name}" in release.not_applicable]
    lines = [_line(name, path) for name in lacking if name not in foreign]
    edits = [f"add {listed(lines, len(lines))} to this entry"] if lines else []
    if foreign:
        edits.append(
            f"leave {listed(map(quoted, foreign), len(foreign))} out of "
            f"`completeness.changelog.required`, as entries of the {release.layout} layout have "
            "no such field"
        )
    return ", and ".join(edits)


def _line(name: str, path: str) -> str:
    date = name.lower() == "date"
    if path.endswith(".md"):
        return "the day as YYYY-MM-DD in its heading" if date else f"`{name.capitalize()}: …`"
    value = "YYYY-MM-DD" if date else "…"
    return f'`"{name}": "{value}"`' if path.endswith(".json") else f"`{name}: {value}`"
