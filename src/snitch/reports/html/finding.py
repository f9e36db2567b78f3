"""One finding on the page: what, where, the line itself, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.neutral.html import html
from snitch.reports.neutral.html import prose
from snitch.reports.wording import position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import Finding
    from snitch.findings import Place

_AROUND = 160
"""How many characters of a long line are shown on either side of what is marked."""


def finding_block(finding: Finding) -> Iterator[str]:
    """Yield one open finding."""
    level = finding.level.value
    yield from _opening(finding, level, level)
    place = finding.place
    if place is not None and place.excerpt is not None and place.line is not None:
        yield _excerpt(place, place.excerpt)
    if finding.remedy:
        yield f'<p class="fix"><b>Fix:</b> {prose(finding.remedy)}</p>\n'
    yield "</div>\n"


def waived_block(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the waived findings with who answers for each, and until when."""
    if not findings:
        return
    yield '<div class="part"><h3>Waived</h3>\n'
    for finding in findings:
        yield from _opening(finding, "calm", "waived")
        if finding.waiver is not None:
            waiver = finding.waiver
            until = f"until {waiver.expires.isoformat()}, by {waiver.approved_by}"
            yield f'<p class="soft">{prose(waiver.reason)} ({html(until)})</p>\n'
        yield "</div>\n"
    yield "</div>\n"


def _opening(finding: Finding, tone: str, tag: str) -> Iterator[str]:
    yield f'<div class="finding {tone}"><div class="head"><span class="tag">{tag}</span>'
    yield f"<strong>{html(finding.rule.code)} {html(finding.rule.name)}</strong>"
    if finding.place is not None:
        yield f'<code class="place">{html(position(finding.place))}</code>'
    yield f"</div>\n<p>{prose(finding.message)}</p>\n"


def _excerpt(place: Place, text: str) -> str:
    """The line, with what the finding is about marked; a long line is cut around it."""
    line = f'<span class="line">{place.line}</span>'
    if place.column is None:
        tail = "…" if len(text) > 2 * _AROUND else ""
        return f'<pre class="excerpt">{line}{html(text[: 2 * _AROUND])}{tail}</pre>\n'
    start = min(place.column - 1, len(text))
    stop = min(start + max(place.width, 1), len(text), start + 2 * _AROUND)
    first, last = max(0, start - _AROUND), stop + _AROUND
    before = ("…" if first else "") + html(_tabs(text[first:start]))
    after = html(_tabs(text[stop:last])) + ("…" if last < len(text) else "")
    marked = f"<mark>{html(_tabs(text[start:stop]))}</mark>"
    return f'<pre class="excerpt">{line}{before}{marked}{after}</pre>\n'


def _tabs(text: str) -> str:
    return text.replace("\t", "    ")
