"""Changelogs: Keep-a-Changelog Markdown and structured lists, as entries with places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Mapping

    from snitch.documents.document import Located
    from snitch.documents.document import Source
    from snitch.documents.limits import Limits
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
    """The whole entry: equal texts are the same entry. In Markdown as written, with LF for
    newlines, without blanks at line ends, blank lines at the end and link reference definitions;
    in structured files a canonical dump: keys sorted, numbers and texts as spelt."""


@dataclass(frozen=True, slots=True)
class Changelog:
    """All entries of one file, newest first as the file has them."""

    source: Source
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    complete: bool = True
    """False where `limits.max_entries` cut the tail."""


def read_changelog(
    path: str, blob: bytes, limits: Limits, *, keep: Container[str] = ()
) -> Changelog:
    """The entries of a changelog; what is wrong with the file becomes faults, never an exception.

    Args:
        path: Its suffix chooses the format: `.yaml`, `.yml`, `.json` and `.toml` are structured,
            all else is Markdown.
        blob: The file's bytes.
        limits: `max_entries` newest entries are read.
        keep: Versions whose entries are read even beyond that.
    """
    if path.lower().endswith((".yaml", ".yml", ".json", ".toml")):
        from snitch.documents.changelog_structured import read_structured_changelog  # noqa: PLC0415 - YAML is heavy

        return read_structured_changelog(path, blob, limits, keep)
    from snitch.documents.changelog_markdown import read_markdown_changelog  # noqa: PLC0415 - it needs this module

    return read_markdown_changelog(path, blob, limits, keep)
