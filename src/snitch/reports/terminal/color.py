"""Styled lines as text with colours: the only module that asks rich for escape sequences."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.style import Style

from snitch.reports.terminal.line import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.reports.terminal.line import Line


def colored(lines: Iterable[Line]) -> str:
    """Return `lines` with the escape sequences of their styles, whatever the environment says."""
    return "".join("".join(_shown(text, style) for text, style in line) + "\n" for line in lines)


def _shown(text: str, style: str) -> str:
    style, _, address = style.partition(LINK)
    before, after = _around(style)
    shown = f"{before}{text}{after}"
    # Not rich's own links, which carry a random number.
    return f"\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\" if address else shown


@cache
def _around(style: str) -> tuple[str, str]:
    """The escape sequences before and after text of a style."""
    shown = Style.parse(style).render("|", color_system=ColorSystem.STANDARD)
    before, _, after = shown.partition("|")
    return before, after
