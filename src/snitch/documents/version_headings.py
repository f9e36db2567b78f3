"""Which headings of a changelog are versions, how each is spelt, and where its entry ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.documents.changelog import bare_version
from snitch.documents.markdown_blocks import HEADING
from snitch.documents.markdown_blocks import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.documents.document import Route

UNRELEASED = "Unreleased"

_TITLE = re.compile(
    r"""[*_`]{0,3}(?:(?:version|release)\ )?[*_`]{0,3}
    (?:
        \[(?P<bracketed>[^\[\]\n]{1,128})\](?:\([^()\n]*\))?
        |(?P<unreleased>unreleased)\b
        |(?P<bare>v?\d[^\s()\[\],:*_`/]{0,127})
    )
    [*_`]{0,3}(?P<rest>.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d\S*(?: \d\d:\S+)?")
_YANKED = re.compile(r"\[yanked\]", re.IGNORECASE)
_SEPARATORS = " \t-–—:,|/"  # noqa: RUF001 - the dashes that people type


class VersionHeading(NamedTuple):
    """A heading that begins an entry."""

    position: int
    """Of its block."""
    version: str
    """Without a leading `v`; `Unreleased` for what is not released yet."""
    route: Route
    date: str
    """As written; empty where the heading has none."""
    date_route: Route


def version_headings(
    blocks: Sequence[Block], lines: Sequence[str]
) -> list[tuple[VersionHeading, int]]:
    """The headings that begin entries, each with the index of the block that ends its entry.

    Versions are headings of level 2, or of level 1 where a file has them there. An entry ends
    at the next version, or at the next heading of its own level or above.
    """
    found: list[tuple[VersionHeading, int]] = []
    current: VersionHeading | None = None
    for index, block in enumerate(blocks):
        if block.kind != HEADING or block.level > 2:  # noqa: PLR2004 - levels of versions
            continue
        heading = _version(index, block, lines)
        if heading is None and current is not None and block.level > blocks[current.position].level:
            continue
        if current is not None:
            found.append((current, index))
        current = heading
    if current is not None:
        found.append((current, len(blocks)))
    return found


def _version(index: int, block: Block, lines: Sequence[str]) -> VersionHeading | None:
    match = _TITLE.fullmatch(block.text)
    if match is None:
        return None
    group = next(name for name in ("bracketed", "unreleased", "bare") if match[name])
    version = match[group].strip()
    rest = match["rest"]
    if not _is_version(group, version, rest):
        return None
    column = lines[block.start].index(block.text) + 1
    if version.lower() == UNRELEASED.lower():
        version = UNRELEASED
    spelt = bare_version(version)
    date, offset = _date(rest)
    at = column + match.start(group) + match[group].index(match[group].strip())
    return VersionHeading(
        index,
        spelt,
        (block.start + 1, at + len(version) - len(spelt), len(spelt)),
        date,
        (block.start + 1, column + match.start("rest") + offset, max(1, len(date))),
    )


def _is_version(group: str, version: str, rest: str) -> bool:
    match group:
        case "bracketed":
            return version.lower() == UNRELEASED.lower() or any(map(str.isdigit, version))
        case "unreleased":
            return True
        case _:
            # `## 3 things to know` is prose, `## 1.4.0 The October release` is a version.
            after = rest.strip()
            is_apart = not after or not after[0].isalpha() or version.count(".") > 1
            return is_apart and version[-1:].isalnum()


def _date(rest: str) -> tuple[str, int]:
    """What stands where the date does, as written, and its offset."""
    text = _YANKED.sub(lambda found: " " * len(found[0]), rest).rstrip()
    offset = len(text) - len(text.lstrip(_SEPARATORS))
    text = text[offset:]
    if text.startswith("(") and ")" in text:
        inner = text[1 : text.index(")")]
        offset += 1 + len(inner) - len(inner.lstrip())
        text = inner.strip()
    match = _DATE.match(text)
    return (match[0].rstrip(",;:") if match else text), offset
