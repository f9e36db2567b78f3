"""Lines of styled text: measured in terminal cells, wrapped, joined.

Text is wrapped here rather than by rich, which cuts words wherever the line ends: a continued line
must not begin with what a CI runner takes for a command, and a path must stay in one piece.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.reports.terminal.line import Line
    from snitch.reports.terminal.line import Span

GAP = "  "
"""Between what stands side by side."""
_COMMAND = re.compile(r"`(?:git|snitch)\s")
_WORD = re.compile(r"`(?:git|snitch) [^`]+`\S*|\S+")


def cells(text: str) -> int:
    """How many columns `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - most text needs no table of widths

    return cell_len(text)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with blanks to `width` columns."""
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` columns, broken at blanks where that does.

    A longer word is broken anywhere, unless it holds a `/` and so may be a path or an address. A
    command between backticks stays in one piece, for whoever copies it.
    """
    size_of = len if text.isascii() else cells
    if size_of(text) <= width:
        return [" ".join(_WORD.findall(text))]
    lines: list[str] = []
    # Most text by far is this, and word by word takes a third of a long report's time.
    if text.isascii() and not _COMMAND.search(text):
        lines, text = _cut_at_blanks(" ".join(text.split()), width)
    line, used = "", 0
    for word in _WORD.findall(text):
        whole = size_of(word) <= width or " " in word
        for index, piece in enumerate((word,) if whole else _pieces(word, width)):
            size = size_of(piece)
            if line and (index or used + 1 + size > width):
                lines.append(line)
                line, used = piece, size
            else:
                line, used = (f"{line} {piece}", used + 1 + size) if line else (piece, size)
    return [*lines, line] if line or not lines else lines


def _cut_at_blanks(text: str, width: int) -> tuple[list[str], str]:
    """The lines that whole words fill, and what is left from the first word longer than a line."""
    lines = []
    start = 0
    while len(text) - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut < 0:
            break
        lines.append(text[start:cut])
        start = cut + 1
    return lines, text[start:]


def _pieces(word: str, width: int) -> Iterator[str]:
    if cells(word) <= width or "/" in word:
        yield word
        return
    start = used = 0
    for index, character in enumerate(word):
        size = cells(character)
        if used + size > width and index > start:
            cut = index
            while cut > start + 1 and word[cut] == ":":
                cut -= 1
            yield word[start:cut]
            start, used = cut, cells(word[cut:index])
        used += size
    yield word[start:]


def paragraph(
    text: str,
    width: int,
    *,
    indent: str = "  ",
    label: Span = ("", ""),
    style: str = "",
) -> Iterator[Line]:
    """Yield `text` wrapped behind `indent` and `label`, later lines hanging under the first."""
    lead = f"{label[0]} " if label[0] else ""
    hang = " " * cells(lead)
    for index, line in enumerate(wrapped(text, width - len(indent) - len(hang))):
        yield (indent, ""), (hang if index else lead, label[1]), (line, style)


def flowing(items: Iterable[Span], width: int, *, indent: str = "  ") -> Iterator[Line]:
    """Yield `items` side by side, each whole, on as many lines as they need."""
    line: list[Span] = []
    used = 0
    for text, style in items:
        size = cells(text)
        if line and used + len(GAP) + size > width:
            yield tuple(line)
            line, used = [(indent, "")], len(indent)
        elif line:
            line.append((GAP, ""))
            used += len(GAP)
        line.append((text, style))
        used += size
    if line:
        yield tuple(line)


def painted(lines: Iterable[Line], *, color: bool) -> str:
    """Return `lines` as text, with colours where asked."""
    bare = (tuple((text, style) for text, style in line if text) for line in lines)
    if not color:
        return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in bare)
    from snitch.reports.terminal.color import colored  # noqa: PLC0415 - half of rich

    return colored(bare)
