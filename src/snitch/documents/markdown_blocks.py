"""The top level of a Markdown document, as CommonMark reads it: headings, paragraphs, items.

A changelog's entries are what a reader of the rendered page sees, so nothing inside a comment,
a fence, a quote or a table may count. markdown-it-py decides that; since it takes a hundred times
as long as the rest, `plain_outline` reads documents whose lines are all of shapes that leave
no doubt, and gives the same answer or none at all.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HEADING = "heading"
PARAGRAPH = "paragraph"
ITEM = "item"
OTHER = "other"


class Block(NamedTuple):
    """One block of the top level; lines are 0-based, `end` excluded."""

    kind: str
    """heading, paragraph, item (of a top-level list) or other (code, quotes, tables, HTML)."""
    start: int
    end: int
    """Of an item: of its first paragraph."""
    level: int = 0
    """Of a heading."""
    text: str = ""
    """Of a heading: as written, without its marks."""


class Outline(NamedTuple):
    """A document's top level."""

    blocks: list[Block]
    definitions: set[int]
    """The lines of link reference definitions, which no page shows."""


def outline(text: str) -> Outline:
    """The top level of a document whose lines end with LF and without blanks before it."""
    return plain_outline(text) or parsed_outline(text)


# What may begin a line of prose: nothing here opens another block, ends one, or could be the
# beginning of a link reference definition.
_PROSE = (
    r"(?:(?!\d{1,9}[.)](?:[ ]|$))[^\W_]|[^\x00-\x7f]|[\"'(@$,.;/]|`(?!`)"
    r"|\*\*?(?=[^\s*])|__?(?=[^\s_])|\[[^\[\]\\\n]+\](?!:))[^\n]*"
)
_LINE = re.compile(
    rf"""^(?:
    (?P<blank>)
    |(?P<marks>\#{{1,6}})[ ]+(?P<title>[^\s\#](?:[^\n]*[^\n\s\#])?)
    |(?P<item>[-*+][ ]){_PROSE}
    |[ ]{{2}}(?P<inner>[ ]*)(?P<bullet>[-*+][ ])?{_PROSE}
    |(?P<definition>\[)[^\W_][^\[\]\\\n]{{0,200}}\]:[ ]https?://[^\s<>()\[\]\\"'`]+
    |(?P<prose>){_PROSE}
    |(?P<rule>-{{3,}}|\*{{3,}}|_{{3,}})
    )$""",
    re.MULTILINE | re.VERBOSE,
)
_INTERRUPTED = frozenset({"prose", "item", "inner"})


def plain_outline(text: str) -> Outline | None:
    """What `parsed_outline` gives, found line by line; None for documents that leave doubt."""
    plain = _Plain()
    position = 0
    for number, line in enumerate(_LINE.finditer(text)):
        if line.start() != position or not plain.take(number, line):
            return None
        position = line.end() + 1
    return Outline(plain.blocks, plain.definitions) if position > len(text) else None


class _Plain:
    """An outline as its lines come; each method says whether a line leaves no doubt."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.definitions: set[int] = set()
        self._before = "blank"
        self._in_list = False
        self._in_item = False
        """Inside of an item's first paragraph."""

    def take(self, number: int, line: re.Match[str]) -> bool:
        kind = line.lastgroup or ""
        match kind:
            case "blank":
                pass
            case "title":
                level = len(line["marks"])
                self.blocks.append(Block(HEADING, number, number + 1, level, line["title"]))
            case "item":
                self.blocks.append(Block(ITEM, number, number + 1))
            case "inner" | "bullet":
                return self._go_on_in_list(number, kind, line["inner"])
            case "prose":
                if not self._go_on_in_prose(number):
                    return False
            case _ if self._before in _INTERRUPTED:
                return False
            case "rule":
                self.blocks.append(Block(OTHER, number, number + 1))
            case _:
                self.definitions.add(number)
        self._in_list = kind == "item" or (self._in_list and kind == "blank")
        self._in_item = kind == "item"
        self._before = kind
        return True

    def _go_on_in_list(self, number: int, kind: str, indent: str) -> bool:
        # Four blanks and more in a paragraph are a part of it, to CommonMark, whatever follows.
        if not self._in_list or (kind == "bullet" and self._in_item and len(indent) > 3):  # noqa: PLR2004
            return False
        if kind == "inner" and self._in_item:
            self._extend(number)
        self._in_item = self._in_item and kind == "inner"
        self._before = "inner"
        return True

    def _go_on_in_prose(self, number: int) -> bool:
        if self._before == "prose":
            self._extend(number)
            return True
        if self._before in _INTERRUPTED or self._before == "definition":
            return False
        self.blocks.append(Block(PARAGRAPH, number, number + 1))
        return True

    def _extend(self, number: int) -> None:
        self.blocks[-1] = self.blocks[-1]._replace(end=number + 1)


def parsed_outline(text: str) -> Outline:
    """The top level as markdown-it-py reads it: CommonMark and GitHub's tables."""
    environment: dict[str, Any] = {}
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse(text, parser, environment, tokens)
    references = [
        *environment.get("references", {}).values(),
        *environment.get("duplicate_refs", ()),
    ]
    defined = set(_lines(reference["map"] for reference in references))
    if defined:
        shown = (token.map for token in tokens if token.level == 0 and token.map)
        defined.difference_update(_lines(shown))
    return Outline(list(_blocks(tokens)), defined)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - few documents need it

    return MarkdownIt("commonmark").enable("table")


def _lines(spans: Iterable[Sequence[int]]) -> Iterator[int]:
    return (line for start, end in spans for line in range(start, end))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for index, token in enumerate(tokens):
        if token.map is None or token.nesting < 0:
            continue
        start, end = token.map
        match token.level, token.type:
            case 0, "heading_open":
                yield Block(HEADING, start, end, int(token.tag[1:]), tokens[index + 1].content)
            case 0, "paragraph_open":
                yield Block(PARAGRAPH, start, end)
            case 0, "bullet_list_open" | "ordered_list_open":
                pass
            case 1, "list_item_open":
                first = tokens[index + 1]
                if first.type == "paragraph_open" and first.map is not None:
                    yield Block(ITEM, first.map[0], first.map[1])
                else:
                    yield Block(OTHER, start, end)
            case 0, _:
                yield Block(OTHER, start, end)
            case _:
                pass
