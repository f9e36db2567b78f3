"""What the registry answers, as text: a module an answer, a function a format.

Each module has `lines` for a terminal, `markdown` for a review, and `document` for programs; all of
them are pure, and neutralise what they show.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any
from typing import Protocol
from typing import cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.reports import RenderOptions
    from snitch.reports.terminal.line import Line

FORMATS = ("table", "markdown", "json")
LEAST = 40


class Answer(Protocol):
    """What an answer's module holds."""

    def lines(self, value: Any, width: int) -> Iterable[Line]:  # noqa: ANN401 - each has its own
        """Return lines for a terminal of so many columns."""

    def markdown(self, value: Any) -> str:  # noqa: ANN401 - each has its own
        """Return Markdown that platforms render and nothing in it obeys."""

    def document(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - each has its own
        """Return what JSON shows."""


def render(kind: str, value: object, format: str, options: RenderOptions) -> str:  # noqa: A002 - the user's word
    """Return an answer as text.

    Its module is called as its kind: `models`, `history`, `release`, `difference` or `blame`.
    """
    answer = cast("Answer", import_module(f"snitch.reports.ledger.{kind}"))
    match format:
        case "json":
            from snitch.reports.neutral.json_text import json_text  # noqa: PLC0415 - one is needed

            return json_text(answer.document(value))
        case "markdown":
            return answer.markdown(value)
        case _:
            from snitch.reports.terminal.paint import painted  # noqa: PLC0415 - one is needed

            width = max(options.width, LEAST)
            return painted(answer.lines(value, width), color=options.color)
