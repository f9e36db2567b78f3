"""What every changelog becomes: entries with places, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.documents.document import Located
    from snitch.documents.document import Source
    from snitch.findings import Fault


@dataclass(frozen=True, slots=True)
class Entry:
    """What one release says of itself."""

    version: Located[str]
    date: Located[str] | None
    """As written; judged by the completeness check."""
    fields: Mapping[str, Located[str]]
    """Keys in lower case with single blanks: author, ticket, summary, …"""
    body: str
    """The rest of the entry, as written, without the lines that became fields."""
    text: str
    """The whole entry. In Markdown as written, with LF for newlines, without blanks at line ends,
    blank lines at the end and link reference definitions; in structured files a canonical dump:
    keys sorted, numbers and texts as spelt."""

    @property
    def record(self) -> tuple[str, ...]:
        """The lines of its text: equal ones are the same entry.

        Blank ones do not count, since formatters put them in and take them out.
        """
        return tuple(line for line in self.text.split("\n") if line)


@dataclass(frozen=True, slots=True)
class Changelog:
    """All entries of one file, newest first as the file has them."""

    source: Source
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    complete: bool = True
    """False where `limits.max_entries` cut the tail."""


def bare_version(version: str) -> str:
    """A version without the `v` that people put in front of it."""
    return version[1:] if version[:1] in ("v", "V") and version[1:2].isdigit() else version
