"""The table of all models, which is whole without its script, on as many pages as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import count
from snitch.reports.catalog.names import address
from snitch.reports.catalog.names import index_address
from snitch.reports.catalog.table import CLOSING
from snitch.reports.catalog.table import Cell
from snitch.reports.catalog.table import columns
from snitch.reports.catalog.table import headed
from snitch.reports.catalog.table import line
from snitch.reports.catalog.table import opening
from snitch.reports.catalog.table import plain
from snitch.reports.ledger.models import told
from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.models import ModelRow
    from snitch.engine.ledger.models import Overview

ROOM = 136 * 1024
"""Bytes of rows on one page: enough for about a thousand models."""

_TONES = {"pass": "", "fail": "error", "error": "error"}
_TITLES = headed("Model", "Production", "Verdict", "Since", "Staging", "Data age", "Benchmark")


def index(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield the path and the body of each page."""
    rows = [_cells(row) for row in overview.models]
    used = columns(len(_TITLES), rows)
    lines = [line([row[index] for index in used]) for row in rows]
    parts = _parts([row.title for row in overview.models], lines)
    for number, part in enumerate(parts):
        body = (
            *_head(overview),
            *_nav(parts, number),
            '<div class="tools" id="tools" hidden><label>Search<input id="search" type="search" ',
            'autocomplete="off" spellcheck="false"></label>',
            '<p class="soft small" id="told" role="status"></p></div>\n',
            *opening("Models", [_TITLES[index] for index in used], "models"),
            *(text for _, text in part),
            CLOSING,
            "</section></div></main>\n",
        )
        yield index_address(number), "".join(body)


def _parts(names: Sequence[str], lines: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Names and rows, page by page."""
    parts: list[list[tuple[str, str]]] = [[]]
    left = ROOM
    for name, text in zip(names, lines, strict=True):
        left -= len(text.encode("utf-8", "backslashreplace"))
        if left < 0 and parts[-1]:
            parts.append([])
            left = ROOM
        parts[-1].append((name, text))
    return parts


def _head(overview: Overview) -> Iterator[str]:
    yield '<a class="skip" href="#models">Skip to the models</a>\n'
    yield '<header><div class="wrap wide"><p class="brand">Model registry</p>\n'
    number = count(len(overview.models), "model")
    places = ", ".join(
        f"{name} is <code>{html(ref)}</code>"
        for name, ref in overview.environments.items()
        if name != "worktree"
    )
    yield f'<h1 class="title">Models</h1>\n<p class="soft">{number}; {places}; '
    yield f"as of {overview.as_of.isoformat()}</p>\n</div></header>\n"
    yield '<main><div class="wrap wide"><section class="block" aria-label="All models">\n'


def _nav(parts: Sequence[Sequence[tuple[str, str]]], here: int) -> Iterator[str]:
    """The pages by their first and last names, where there are several."""
    if len(parts) == 1:
        return
    yield '<nav class="pages" aria-label="Pages"><ul>\n'
    for number, rows in enumerate(parts):
        named = f"{html(rows[0][0])} to {html(rows[-1][0])}"
        current = ' aria-current="page"' if number == here else ""
        yield f'<li><a href="{index_address(number)}"{current}>{named}</a></li>\n'
    yield "</ul></nav>\n"


def _cells(row: ModelRow) -> tuple[Cell, ...]:
    versions = row.versions
    since = None if row.since is None else row.since.date().isoformat()
    staging = (None if row.staging == "same" else versions.get("staging"), row.staging)
    return (
        Cell(f'<a href="{address(row.title)}">{html(row.title)}</a>'),
        plain(versions.get("production")),
        plain(told(row.verdict), _TONES.get(row.verdict.word, "calm")),
        plain(since),
        plain(" ".join(filter(None, staging))),
        plain(None if row.data_age is None else count(row.data_age, "day")),
        plain(row.benchmark),
    )
