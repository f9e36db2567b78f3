"""Styled lines as text with colours: the only module that asks rich to draw."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment
from rich.segment import Segments
from rich.style import Style

from snitch.reports.terminal.links import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.reports.terminal.paint import Line


def colored(lines: Iterable[Line]) -> str:
    """Return `lines` with the escape sequences of their styles, whatever the environment says."""
    segments: list[Segment] = []
    for line in lines:
        for text, style in line:
            segments += _segments(text, style)
        segments.append(Segment.line())
    console = Console(
        file=StringIO(),
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        width=80,
        _environ={},
    )
    with console.capture() as capture:
        # Cropping and wrapping are done; a second pass over thousands of lines is not free.
        console.print(Segments(segments), end="", crop=False, soft_wrap=True)
    return capture.get()


def _segments(text: str, style: str) -> Iterator[Segment]:
    style, _, address = style.partition(LINK)
    shown = Segment(text, Style.parse(style) if style else None)
    if not address:
        yield shown
        return
    # Not rich's own links, which carry a random number.
    yield Segment(f"\x1b]8;;{address}\x1b\\")
    yield shown
    yield Segment("\x1b]8;;\x1b\\")
