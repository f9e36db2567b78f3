"""YAML as a person would write it: comments in lines, names bare where they may be."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from snitch.checks.wording import few
from snitch.policy.spelling import in_quotes
from snitch.policy.spelling import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

WIDTH = 98
MAX_NAMES = 8


def comment(text: str, indent: str = "") -> Iterator[str]:
    """A comment, in as many lines as it takes."""
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}# ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def wrapped(start: str, names: Iterable[str]) -> Iterator[str]:
    """A list in one line where it fits, else in one line a name."""
    shown = [scalar(name) for name in names]
    flow = f"{start}[{', '.join(shown)}]"
    if len(flow) <= WIDTH:
        yield flow
        return
    yield start.rstrip()
    indent = " " * (len(start) - len(start.lstrip()) + 2)
    yield from (f"{indent}- {name}" for name in shown)


def quoted(text: str) -> str:
    """A name in a sentence."""
    return f"`{text}`" if text.isprintable() else in_quotes(text)


def listed(names: Iterable[str]) -> str:
    """The first names of several, in a sentence."""
    return few(list(names), MAX_NAMES, quoted)
