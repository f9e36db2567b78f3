"""Which reader reads which changelog: Keep-a-Changelog Markdown, or a structured list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from snitch.documents.changelog import Changelog
    from snitch.documents.limits import Limits


def read_changelog(
    path: str, blob: bytes, limits: Limits, *, keep: Container[str] = ()
) -> Changelog:
    """The entries of a changelog; what is wrong with the file becomes faults, never an exception.

    A path that ends with `.yaml`, `.yml`, `.json` or `.toml` is structured, all else is Markdown.
    The `max_entries` newest entries are read, and those of the versions to `keep`.
    """
    if path.lower().endswith((".yaml", ".yml", ".json", ".toml")):
        from snitch.documents.changelog_structured import read_structured_changelog  # noqa: PLC0415 - YAML is heavy

        return read_structured_changelog(path, blob, limits, keep)
    from snitch.documents.changelog_markdown import read_markdown_changelog  # noqa: PLC0415 - so is its reader

    return read_markdown_changelog(path, blob, limits, keep)
