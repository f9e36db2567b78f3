"""The table of all models, which is whole without its script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.catalog.names import address
from snitch.reports.ledger.models import told
from snitch.reports.neutral.html import html
from snitch.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.models import ModelRow
    from snitch.engine.ledger.models import Overview

_TONES = {"pass": "pass", "fail": "error", "error": "error"}
_HEAD = ("Model", "Production", "Since", "Staging", "Data", "Benchmark", "Verdict")


def index(overview: Overview) -> Iterator[str]:
    """Yield the body of the page."""
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
    yield '<div class="tools" id="tools" hidden><label>Search<input id="search" type="search" '
    yield 'autocomplete="off" spellcheck="false"></label>'
    yield '<p class="soft small" id="told" role="status"></p></div>\n'
    yield '<div class="card index scroll" role="group" aria-label="Models" tabindex="0">\n'
    yield '<table id="models"><thead><tr>'
    yield from (f'<th scope="col">{title}</th>' for title in _HEAD)
    yield "</tr></thead>\n<tbody>\n"
    for row in overview.models:
        yield _row(row)
    yield "</tbody></table></div></section></div></main>\n"


def _row(row: ModelRow) -> str:
    versions = row.versions
    since = "" if row.since is None else row.since.date().isoformat()
    staging = " ".join(filter(None, (versions.get("staging"), row.staging)))
    age = "" if row.data_age is None else count(row.data_age, "day")
    tone = _TONES.get(row.verdict.word, "calm")
    return (
        f'<tr><th scope="row"><a href="{html(address(row.name))}">{html(row.name)}</a></th>'
        f'<td class="versions">{_cell(versions.get("production"))}</td>'
        f'<td class="versions">{_cell(since)}</td><td class="versions">{_cell(staging)}</td>'
        f'<td class="versions" data-key="{row.data_age if row.data_age is not None else ""}">'
        f"{_cell(age)}</td><td>{_cell(row.benchmark)}</td>"
        f'<td><span class="tag {tone}">{html(told(row.verdict))}</span></td></tr>\n'
    )


def _cell(text: str | None) -> str:
    return html(text) if text else "-"
