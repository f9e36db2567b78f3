"""The order of the page: verdict, what could not be judged, the change, each model, the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.grouping import by_model
from snitch.reports.grouping import per_model
from snitch.reports.html.finding import finding_block
from snitch.reports.html.finding import waived_block
from snitch.reports.html.model import TONES
from snitch.reports.html.model import WORDS
from snitch.reports.html.model import model_card
from snitch.reports.html.model import versions
from snitch.reports.neutral.html import html
from snitch.reports.neutral.html import prose
from snitch.reports.results import RESULTS
from snitch.reports.results import results_of
from snitch.reports.wording import position
from snitch.reports.wording import provenance
from snitch.reports.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import ModelReport
    from snitch.findings import Report

_VERDICTS = {"pass": "Pass", "fail": "Fail", "error": "Could not judge"}
_FEW = 3
"""Models whose cards are all open at first; of more, those that need a look."""


def page(report: Report) -> Iterator[str]:
    """Yield the body of the page."""
    yield from _header(report)
    yield '<main id="main"><div class="wrap">\n'
    yield from _failures(report.failures)
    found = {group.name: group.findings for group in by_model(report)}
    waived = per_model(finding for finding in report.findings if finding.waiver is not None)
    known = {None, *(model.name for model in report.models)}
    yield from _whole(
        [*found.get(None, ()), *(f for name in found if name not in known for f in found[name])],
        [*waived[None], *(f for name in waived if name not in known for f in waived[name])],
    )
    yield from _models(results_of(report), found, waived)
    yield from _notes(report)
    yield "</div></main>\n"
    yield from _footer(report)


def _header(report: Report) -> Iterator[str]:
    yield '<a class="skip" href="#main">Skip to the findings</a>\n'
    yield '<header><div class="wrap">\n<p class="brand">Snitch report</p>\n'
    tone = html(report.verdict if report.verdict in _VERDICTS else "error")
    word = html(_VERDICTS.get(report.verdict, report.verdict))
    said = html(sentence(report, str))
    yield f'<div class="verdict {tone}"><h1>{word}</h1>\n<p>{said}</p></div>\n'
    yield '<dl class="counts">\n'
    for number, label, style in _counts(report):
        shown = style if number else "none"
        yield f'<div class="{shown}"><dt>{label}</dt><dd>{number}</dd></div>\n'
    yield "</dl>\n</div></header>\n"


def _counts(report: Report) -> Iterator[tuple[int, str, str]]:
    """What was found, in numbers: each with its word and its style."""
    summary, total = report.summary, max(report.total_models, report.summary.models)
    if report.failures:
        yield len(report.failures), "not judged", "error"
    yield summary.errors, "error" if summary.errors == 1 else "errors", "error"
    yield summary.warnings, "warning" if summary.warnings == 1 else "warnings", "warning"
    yield summary.infos, "info" if summary.infos == 1 else "infos", "info"
    yield summary.waived, "waived", "calm"
    if summary.known:
        yield summary.known, "known before", "calm"
    models = "model" if total == 1 else "models"
    of_all = f"of {total} {models} judged" if total > summary.models else f"{models} judged"
    yield summary.models, of_all, "calm"


def _failures(failures: Sequence[Failure]) -> Iterator[str]:
    if not failures:
        return
    yield '<section class="block"><h2>What could not be judged</h2>\n<div class="card body bare">\n'
    for failure in failures:
        yield from told_failure(failure, "failure")
    yield "</div></section>\n"


def told_failure(failure: Failure, tag: str) -> Iterator[str]:
    """Yield what kept Snitch from judging, under a tag that says what it is."""
    where = failure.model if failure.place is None else position(failure.place)
    place = "" if where is None else f'<code class="place">{html(where)}</code>'
    head = f'<span class="tag">{html(tag)}</span>{place}'
    yield f'<div class="finding error"><div class="head">{head}</div>\n'
    yield f"<p>{prose(failure.message)}</p>\n"
    if failure.remedy:
        yield f'<p class="fix"><b>Fix:</b> {prose(failure.remedy)}</p>\n'
    yield "</div>\n"


def _whole(found: Sequence[Finding], waived: Sequence[Finding]) -> Iterator[str]:
    if not found and not waived:
        return
    yield '<section class="block"><h2>The change as a whole</h2>\n<div class="card body bare">\n'
    for finding in found:
        yield from finding_block(finding)
    yield from waived_block(waived)
    yield "</div></section>\n"


def _models(
    results: Sequence[tuple[ModelReport, str]],
    found: Mapping[str | None, Sequence[Finding]],
    waived: Mapping[str | None, Sequence[Finding]],
) -> Iterator[str]:
    if not results:
        return
    if len(results) > 1:
        yield from _index(results, found)
        yield '<section class="block"><h2>Model by model</h2>\n'
    else:
        yield '<section class="block" aria-label="The model">\n'
    for number, (model, result) in enumerate(results):
        opened = len(results) <= _FEW or result in RESULTS[:4]
        own = found.get(model.name, ()), waived.get(model.name, ())
        yield from model_card(model, f"m{number}", result, *own, opened=opened)
    yield "</section>\n"


def _index(
    results: Sequence[tuple[ModelReport, str]], found: Mapping[str | None, Sequence[Finding]]
) -> Iterator[str]:
    yield '<section class="block"><h2>Models</h2>\n'
    yield '<div class="card index scroll" role="group" aria-label="Models" tabindex="0"><table>\n'
    yield '<thead><tr><th scope="col">Model</th><th scope="col">Result</th>'
    yield '<th scope="col" class="num">Findings</th><th scope="col">Version</th></tr></thead>\n'
    yield "<tbody>\n"
    for number, (model, result) in enumerate(results):
        tag = f'<span class="tag {TONES[result]}">{WORDS[result]}</span>'
        yield f'<tr><th scope="row"><a href="#m{number}">{html(model.name)}</a></th><td>{tag}</td>'
        yield f'<td class="num">{len(found.get(model.name, ()))}</td>'
        yield f'<td class="versions soft">{versions(model)}</td></tr>\n'
    yield "</tbody></table></div></section>\n"


def _notes(report: Report) -> Iterator[str]:
    notes = [prose(notice) for notice in report.notices]
    if report.behind:
        names = ", ".join(f"<code>{html(name)}</code>" for name in report.behind)
        notes.append(f"Production moved on and this change did not: {names}")
    if notes:
        yield '<section class="block"><h2>Notes</h2>\n<div class="card body bare"><ul>\n'
        yield from (f"<li>{note}</li>\n" for note in notes)
        yield "</ul></div></section>\n"


def _footer(report: Report) -> Iterator[str]:
    yield '<footer><div class="wrap"><h2>Where this verdict comes from</h2>\n'
    yield '<ul class="small soft">\n'
    for part in provenance(report, str):
        yield f"<li>{html(part)}</li>\n"
    yield "</ul></div></footer>\n"
