"""Markdown as data: front matter, and sections with their tables' rows and `Key: value` lines.

    {front: {…}, sections: [{title, level, rows: [{column: cell}], fields: {key: value}}]}

The text before the first heading is a section without a title. Cells and values stay text,
without emphasis and code marks; fenced code is skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from snitch.documents.document import Extent
from snitch.documents.refusal import beyond

if TYPE_CHECKING:
    from snitch.documents.document import Data
    from snitch.documents.document import Extents
    from snitch.documents.document import Route
    from snitch.documents.limits import Limits
    from snitch.documents.page import Page
    from snitch.findings import Fault

MAX_LINE = 4096
FENCE = ("```", "~~~")
HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
FIELD = re.compile(
    r"[ \t]*(?:[-*+][ \t]+|<!--[ \t]*)?\**([A-Za-z][\w ./()-]{0,60}?)\**:\**[ \t]+(\S.*)"
)
PIPE = re.compile(r"(?<!\\)\|")


def read(page: Page, limits: Limits, max_aliases: int = 0) -> tuple[Data, tuple[Fault, ...]]:
    """The page's data.

    Raises:
        UnreadableError: There are more cells than `limits.max_nodes`, or the front matter cannot
            be read.
    """
    scan = _scan(page.text)
    if len(scan.extents) > limits.max_nodes:
        raise beyond(page.whole, "the file holds more cells", limits, "max_nodes")
    if scan.front[1] <= scan.front[0]:
        return {"sections": scan.sections}, ()
    from snitch.documents import yaml_tree  # noqa: PLC0415 - only for front matter
    from snitch.documents.page import Page  # noqa: PLC0415 - a type above

    front, faults = yaml_tree.read(
        Page(page.path, _blanked(page.text, *scan.front)), limits, max_aliases
    )
    return {"front": front, "sections": scan.sections}, faults


def extents(text: str) -> Extents:
    """Where every cell, field and value of the front matter stands."""
    scan = _scan(text)
    if scan.front[1] > scan.front[0]:
        from snitch.documents import yaml_tree  # noqa: PLC0415 - only for front matter

        for route, extent in yaml_tree.extents(_blanked(text, *scan.front)).items():
            inside: Route = ("front", *route)
            scan.extents[inside] = extent
    return scan.extents


def _blanked(text: str, start: int, end: int) -> str:
    """The front matter alone, its lines where they stand in the file."""
    return re.sub(r"[^\n]", " ", text[:start]) + text[start:end]


@dataclass
class _Scan:
    """One pass over the lines."""

    sections: list[Any] = field(default_factory=list)
    extents: dict[Route, Extent] = field(default_factory=dict)
    front: tuple[int, int] = (0, 0)
    header: list[str] | None = None
    fence: str = ""

    def section(self, title: str, level: int, start: int, end: int) -> None:
        self.header = None
        route: Route = ("sections", len(self.sections))
        self.sections.append({"title": title, "level": str(level), "rows": [], "fields": {}})
        heading: Route = (*route, "title")
        self.extents[route] = self.extents[heading] = Extent(start, end)

    def row(self, cells: list[tuple[str, int, int]]) -> None:
        rows = self.sections[-1]["rows"]
        route: Route = ("sections", len(self.sections) - 1, "rows", len(rows))
        row: dict[str, str] = {}
        for header, (text, start, end) in zip(self.header or (), cells, strict=False):
            row.setdefault(header, text)
            self.extents.setdefault(route, Extent(start, end))
            self.extents.setdefault((*route, header), Extent(start, end))
        rows.append(row)

    def note(self, key: str, value: str, start: int, end: int) -> None:
        fields = self.sections[-1]["fields"]
        if key not in fields:
            fields[key] = value
            route: Route = ("sections", len(self.sections) - 1, "fields", key)
            self.extents[route] = Extent(start, end)


def _scan(text: str) -> _Scan:
    found = _Scan()
    found.section("", 0, 0, 1)
    found.extents[()] = Extent(0, 1)
    lines = text.split("\n")
    offset = 0
    skip = 0
    if lines[0].rstrip() == "---":
        closing = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
        skip = closing + 1 if closing else 0
        found.front = (len(lines[0]) + 1, sum(len(line) + 1 for line in lines[:closing]))
    for number, line in enumerate(lines):
        if number >= skip and len(line) <= MAX_LINE:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            _line(found, line, following, offset)
        offset += len(line) + 1
    return found


def _line(found: _Scan, line: str, following: str, offset: int) -> None:
    bare = line.strip()
    if bare.startswith(FENCE):
        found.fence = "" if found.fence else bare[:3]
        return
    if found.fence:
        return
    heading = HEADING.match(line)
    if heading is not None:
        title = _plain(heading[2].strip().rstrip("#"))
        found.section(title, len(heading[1]), offset + heading.start(2), offset + len(line))
    elif "|" in line:
        _table(found, line, following, offset)
    else:
        found.header = None
        pair = FIELD.match(line)
        if pair is not None:
            start, end = offset + pair.start(2), offset + len(line)
            found.note(pair[1].strip(), _plain(pair[2].removesuffix("-->")), start, end)


def _table(found: _Scan, line: str, following: str, offset: int) -> None:
    cells = _cells(line, offset)
    if found.header is None:
        if "|" in following or "-" in following:
            marks = [text for text, _, _ in _cells(following, 0)]
            if marks and all(mark and not mark.strip(":-") and "-" in mark for mark in marks):
                found.header = [text for text, _, _ in cells]
        return
    if all(text and not text.strip(":-") for text, _, _ in cells):
        return
    found.row(cells)


def _cells(line: str, offset: int) -> list[tuple[str, int, int]]:
    bare = line.strip()
    start = offset + line.index(bare) if bare else offset
    if bare.startswith("|"):
        bare, start = bare[1:], start + 1
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    found = []
    for part in PIPE.split(bare):
        text = part.strip()
        inside = start + part.index(text) if text else start
        found.append((_plain(text), inside, inside + max(1, len(text))))
        start += len(part) + 1
    return found


def _plain(text: str) -> str:
    """A cell without emphasis, code marks and backslashes before punctuation."""
    bare = text.strip()
    for mark in ("**", "__", "`", "*"):
        if len(bare) > 2 * len(mark) and bare.startswith(mark) and bare.endswith(mark):
            bare = bare[len(mark) : -len(mark)]
    return re.sub(r"\\([%|_*\\`])", r"\1", bare).strip()
