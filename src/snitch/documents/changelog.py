"""Changelogs: Keep-a-Changelog Markdown and structured lists, as entries with places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    """The whole entry as written, newlines as LF, blanks at line ends and blank lines at the
    end stripped: equal texts are the same entry."""


@dataclass(frozen=True, slots=True)
class Changelog:
    """All entries of one file, newest first as the file has them."""

    source: Source
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    complete: bool = True
    """False where `limits.max_entries` cut the tail."""
