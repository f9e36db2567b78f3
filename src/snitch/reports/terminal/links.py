"""Hyperlinks from a rule's code to its page, for terminals that have them (OSC 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.neutral.link import rule_link
from snitch.reports.terminal.line import LINK
from snitch.reports.terminal.line import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.reports.terminal.line import Line


def linked(lines: Iterable[Line], rules_url: str) -> Iterator[Line]:
    """Yield `lines` with an address in the style of each rule."""
    for line in lines:
        yield tuple(
            (text, f"{style}{LINK}{address}")
            if style == RULE and (address := rule_link(rules_url, text.split()[0]))
            else (text, style)
            for text, style in line
        )
