"""The top level of a Markdown document, as CommonMark reads it: headings, paragraphs, items.

A changelog's entries are what a reader of the rendered page sees, so nothing inside a comment,
a fence, a quote or a table may count. markdown-it-py decides that; since it takes a hundred times
as long as the rest, `plain_blocks` reads documents whose lines are all of shapes that leave
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


def plain_outline(text: str) -> Outline | None:  # noqa: C901, PLR0912 - one state machine, read best in one piece
    """What `parsed_outline` gives, found line by line; None for documents that leave doubt."""
    found: list[Block] = []
    definitions: set[int] = set()
    position = 0
    before = "blank"
    listed = is_open = False  # inside a list; inside the first paragraph of its item
    for number, match in enumerate(_LINE.finditer(text)):
        if match.start() != position:
            return None
        position = match.end() + 1
        kind = match.lastgroup or ""
        if kind == "title":
            found.append(Block(HEADING, number, number + 1, len(match["marks"]), match["title"]))
        elif kind == "item":
            found.append(Block(ITEM, number, number + 1))
        elif kind in ("inner", "bullet"):
            if not listed:
                return None
            if kind == "bullet" and is_open and len(match["inner"]) > 3:  # noqa: PLR2004 - CommonMark's
                return None
            if kind == "inner" and is_open:
                found[-1] = found[-1]._replace(end=number + 1)
            is_open = is_open and kind == "inner"
            before = "inner"
            continue
        elif kind == "prose":
            if before == "prose":
                found[-1] = found[-1]._replace(end=number + 1)
            elif before in _INTERRUPTED or before == "definition":
                return None
            else:
                found.append(Block(PARAGRAPH, number, number + 1))
        elif kind != "blank":
            if before in _INTERRUPTED:
                return None
            if kind == "rule":
                found.append(Block(OTHER, number, number + 1))
            else:
                definitions.add(number)
        listed = kind == "item" or (listed and kind == "blank")
        is_open = kind == "item"
        before = kind
    return Outline(found, definitions) if position > len(text) else None


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
