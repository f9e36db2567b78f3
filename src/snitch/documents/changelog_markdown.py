"""Keep-a-Changelog Markdown as entries: versions are headings, fields are `Key: value` lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.documents.changelog import Changelog
from snitch.documents.changelog import Entry
from snitch.documents.document import Located
from snitch.documents.document import TextDocument
from snitch.documents.encoding import KIB
from snitch.documents.encoding import decode
from snitch.documents.markdown_blocks import HEADING
from snitch.documents.markdown_blocks import ITEM
from snitch.documents.markdown_blocks import OTHER
from snitch.documents.markdown_blocks import PARAGRAPH
from snitch.documents.markdown_blocks import Block
from snitch.documents.markdown_blocks import outline
from snitch.documents.version_headings import VersionHeading
from snitch.documents.version_headings import version_headings
from snitch.findings import Fault

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.documents.limits import Limits

MAX_NESTING = 20

_CONFLICT = tuple(re.compile(mark, re.MULTILINE) for mark in (r"^<{7} ", r"^={7}$", r"^>{7} "))
"""The marks of a merge, all three in turn: one alone is a quote or the line below a heading."""

_NESTED = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{MAX_NESTING + 1}}}", re.MULTILINE
)
_BULLET = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_KEY = r"[^\W\d_][\w-]{0,39}(?: [\w-]{1,39}){0,2}"
_FIELD = re.compile(
    rf"(?:(?P<mark>\*\*|__|\*|_)(?P<bold>{_KEY})(?::(?P=mark)|(?P=mark):)"
    rf"|(?P<plain>{_KEY}):(?=[ \t]|$))[ \t]*"
)
_SUMMARIES = ("changes", "changed", "description", "added", "fixed", "removed", "note", "notes")
"""Fields that say what changed, where an entry has no other text."""


def read_markdown_changelog(
    path: str, blob: bytes, limits: Limits, keep: Container[str]
) -> Changelog:
    """The entries of a Markdown changelog; never raises."""
    decoded = decode(path, blob, limits.max_file_kib)
    text = decoded.text
    if text is None:
        source = TextDocument(path, "", decoded.faults, broken=True)
        return Changelog(source, (), decoded.faults, broken=True)
    source = TextDocument(path, text)
    faults = tuple(_refusals(source))
    if faults:
        return Changelog(source, (), faults, broken=True)
    return _Reading(source, limits, keep).changelog()


def _refusals(source: TextDocument) -> Iterator[Fault]:
    text = source.text
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        yield Fault(
            "SNT001",
            source.place((line, 1, 1)),
            "a carriage return stands alone in the file; lines end with LF or CR LF",
            "save the file with LF line ends",
        )
    conflict = _conflict(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict) + 1
        yield Fault(
            "SNT002",
            source.place((line, 1, 1)),
            "a merge conflict is not resolved here",
            "keep the entries that are right and remove the conflict markers",
        )
    nested = _NESTED.search(text)
    if nested is not None:
        line = text.count("\n", 0, nested.start()) + 1
        yield Fault(
            "SNT001",
            source.place((line, 1, 1)),
            f"quotes or lists nest more than {MAX_NESTING} deep",
            "write the entry flat: a heading, fields, and lists of few levels",
        )


def _conflict(text: str) -> int | None:
    """Where a merge that nobody resolved begins; None where there is none."""
    begin, here = None, 0
    for mark in _CONFLICT:
        found = mark.search(text, here)
        if found is None:
            return None
        begin, here = found.start() if begin is None else begin, found.end()
    return begin


class _Reading:
    """One pass over one file; what its steps share."""

    def __init__(self, source: TextDocument, limits: Limits, keep: Container[str]) -> None:
        self.source = source
        self.limits = limits
        self.keep = keep
        self.lines = [line.rstrip(" \t") for line in source.text.split("\n")]
        self.blocks, self.definitions = outline("\n".join(self.lines))
        self.shown = self.lines
        if "<!--" in source.text:
            self.shown = list(self.lines)
            _hide_comments(self.shown, self.blocks)

    def changelog(self) -> Changelog:
        headings = version_headings(self.blocks, self.lines)
        entries: list[Entry] = []
        faults: list[Fault] = []
        complete = True
        for number, (heading, end) in enumerate(headings):
            if number >= self.limits.max_entries and heading.version not in self.keep:
                complete = False
                continue
            entry = self._entry(heading, end)
            entries.append(entry)
            if len(entry.text) > self.limits.max_text_kib * KIB:
                faults.append(_too_long(entry, self.limits))
        return Changelog(self.source, tuple(entries), tuple(faults), complete=complete)

    def _entry(self, heading: VersionHeading, end: int) -> Entry:
        """The entry under a heading; `end` is the index of the block that ends it."""
        first = self.blocks[heading.position]
        stop = self.blocks[end].start if end < len(self.blocks) else len(self.lines)
        fields, taken = self._fields(self.blocks[heading.position + 1 : end])
        date = None
        if heading.date:
            date = Located(heading.date, self.source, heading.date_route)
        hidden = self.definitions
        kept = [number for number in range(first.end, stop) if number not in hidden]
        written = self.lines[first.start : first.end] + [self.lines[number] for number in kept]
        body = [self.lines[number] for number in kept if number not in taken]
        return Entry(
            Located(heading.version, self.source, heading.route),
            date or fields.get("date"),
            fields,
            "\n".join(body).strip("\n"),
            "\n".join(written).rstrip("\n"),
        )

    def _fields(self, blocks: Sequence[Block]) -> tuple[dict[str, Located[str]], set[int]]:
        """The fields, and the lines that became one; a second line for a key stays in the body."""
        fields: dict[str, Located[str]] = {}
        taken: set[int] = set()
        summary: Located[str] | None = None
        is_head = True
        for block in blocks:
            is_head = is_head and block.kind != HEADING
            if block.kind in (HEADING, OTHER):
                continue
            rest = self._take(block, fields, taken) if is_head else block.start
            if rest < block.end:
                is_head = is_head and block.kind != PARAGRAPH
                summary = summary or self._prose(rest, block.end)
            if summary is not None and not is_head:
                break
        if summary is None:
            summary = next((fields[key] for key in _SUMMARIES if key in fields), None)
        if summary is not None:
            fields.setdefault("summary", summary)
        return fields, taken

    def _take(self, block: Block, fields: dict[str, Located[str]], taken: set[int]) -> int:
        """Read a block's leading lines as fields; returns the first line that is none."""
        key = ""
        for number in range(block.start, block.end):
            line = self.shown[number]
            begin = _bullet(line)
            match = _FIELD.match(line, begin)
            name = " ".join((match["bold"] or match["plain"]).lower().split()) if match else ""
            if match is not None and name not in fields:
                key = name
                value = line[match.end() :]
                route = (number + 1, match.end() + 1, max(1, len(value.rstrip())))
                fields[key] = Located(value.strip(), self.source, route)
            elif key and block.kind == ITEM and match is None:
                written = fields[key]
                joined = f"{written.value} {line.strip()}".strip()
                fields[key] = Located(joined, self.source, written.route)
            else:
                return number
            taken.add(number)
        return block.end

    def _prose(self, start: int, end: int) -> Located[str] | None:
        """The text of these lines at the place of the first one that shows any."""
        for number in range(start, end):
            line = self.shown[number]
            begin = _bullet(line)
            value = line[begin:].rstrip()
            if value:
                rest = (self.shown[later].strip() for later in range(number + 1, end))
                route = (number + 1, begin + 1, len(value))
                return Located(" ".join([value, *filter(None, rest)]), self.source, route)
        return None


def _bullet(line: str) -> int:
    match = _BULLET.match(line)
    return match.end() if match else 0


def _hide_comments(lines: list[str], blocks: Sequence[Block]) -> None:
    """Blank what stands in comments inside paragraphs and items, keeping every column."""
    for block in blocks:
        if block.kind not in (PARAGRAPH, ITEM):
            continue
        text = "\n".join(lines[block.start : block.end])
        parts: list[str] = []
        position = 0
        while (start := text.find("<!--", position)) >= 0:
            end = text.find("-->", start + 4)
            if end < 0:
                break
            hidden = text[start : end + 3].split("\n")
            parts += [text[position:start], "\n".join(" " * len(part) for part in hidden)]
            position = end + 3
        if parts:
            lines[block.start : block.end] = ("".join(parts) + text[position:]).split("\n")


def _too_long(entry: Entry, limits: Limits) -> Fault:
    return Fault(
        "SNT001",
        entry.version.place,
        f"the entry has {len(entry.text)} characters; at most {limits.max_text_kib} KiB are read "
        "(`limits.max_text_kib`)",
        "shorten the entry, or move its detail to a file of its own",
    )
