"""Fitting a report into the space that a platform gives: whole rows go, the least needed first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

_BREAK = "\n\n"

SHORTENED = (
    "Shortened to fit. `snitch check --format html=snitch.html` writes the whole report "
    "with the same options."
)
"""What a report says before its last section once anything was left out of it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report: rows between a head and a tail."""

    head: str
    rows: tuple[str, ...] = ()
    tail: str = ""
    noun: str = "rows"
    """What the rows are, for `and 3 more rows`."""
    shed: int = 0
    """Sections with the higher number lose rows first; 0 never does."""
    brief: str = ""
    """What stands for all rows where there is no room for them, if that is shorter."""
    left_out: int = 0

    def text(self) -> str:
        """Return the section with a word about the rows that were left out."""
        if self.left_out and not self.rows:
            return f"{self.left_out} {self.noun} left out for length."
        more = f"{_BREAK}and {self.left_out} more {self.noun}" if self.left_out else ""
        return self.head + "\n".join(self.rows) + more + self.tail


def fitted(sections: Sequence[Section], budget: int) -> str:
    """Return the sections as one text of at most `budget` UTF-16 units, if shedding can do it."""
    kept = list(sections)
    over = units(_joined(kept)) - budget
    if over > 0:
        kept.insert(len(kept) - 1, Section(SHORTENED))
        over += len(SHORTENED) + len(_BREAK)
    for index in sorted(range(len(kept)), key=lambda index: -kept[index].shed):
        if over <= 0:
            break
        if kept[index].shed:
            shorter = _shortened(kept[index], over)
            over -= units(kept[index].text()) - units(shorter.text())
            kept[index] = shorter
    return _joined(kept)


def units(text: str) -> int:
    """How long `text` is as platforms count: an emoji is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shortened(section: Section, over: int) -> Section:
    brief = replace(section, head=section.brief, rows=(), tail="", brief="")
    if section.brief and units(section.text()) - units(brief.text()) >= over:
        return brief
    rows = list(section.rows)
    # Room for the sentence that says how many are missing.
    target = over + units(section.noun) + 32
    while rows and target > 0:
        target -= units(rows.pop()) + 1
    return replace(section, rows=tuple(rows), left_out=len(section.rows) - len(rows))


def _joined(sections: Sequence[Section]) -> str:
    return _BREAK.join(section.text() for section in sections) + "\n"
