from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from reports.scenarios import SCENARIOS

from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from collections.abc import Callable

ENDINGS = {
    "concise": "concise.txt",
    "markdown": "md",
    "json": "json",
    "sarif": "sarif",
    "html": "html",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
}


def without_style(page: str) -> str:
    """The page without its style sheet, which is the same in all of them."""
    page = re.sub("<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    return re.sub("sha256-[^']+", "sha256-", page)


def indented(text: str) -> str:
    return json.dumps(json.loads(text), indent=2) + "\n"


READABLE: dict[str, Callable[[str], str]] = {"html": without_style, "sarif": indented}


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("name", ENDINGS)
def test_a_report_reads_as_its_golden_file(
    name: str, scenario: str, golden: Callable[[str, str], None]
) -> None:
    text = READABLE.get(name, str)(render(SCENARIOS[scenario], name, RenderOptions()))
    golden(f"{scenario}.{ENDINGS[name]}", text)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_shows_what_its_golden_file_holds(
    width: int, scenario: str, golden: Callable[[str, str], None]
) -> None:
    text = render(SCENARIOS[scenario], "terminal", RenderOptions(width=width))
    golden(f"{scenario}.terminal-{width}.txt", text)


def test_a_coloured_terminal_shows_what_its_golden_file_holds(
    golden: Callable[[str, str], None],
) -> None:
    text = render(SCENARIOS["many-models"], "terminal", RenderOptions(color=True))
    golden("many-models.terminal-colour.txt", text)
