"""A text that turns positions in it into places, linear in the text however many are asked."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from snitch.findings import Place
from snitch.frozen import dataclass


@dataclass(frozen=True)
class Page:
    """One decoded file; lines end with LF."""

    path: str
    text: str

    @property
    def whole(self) -> Place:
        """The file as such."""
        return Place(self.path)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their line feeds."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))[:-1]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of the character at `offset`."""
        line = bisect_right(self._starts, max(0, offset))
        return line, max(0, offset) - self._starts[line - 1] + 1

    def at(self, start: int, end: int | None = None) -> Place:
        """The place of the characters from `start` to `end`, as far as their first line goes."""
        line, column = self.position(start)
        width = 1 if end is None else end - start
        return self.span(line, column, width)

    def span(self, line: int, column: int, width: int = 1) -> Place:
        """The place of a stretch of one line, which becomes the excerpt; at least one wide."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else None
        if excerpt is not None:
            width = min(width, len(excerpt) - column + 1)
        return Place(self.path, line, column, max(1, width), excerpt)
