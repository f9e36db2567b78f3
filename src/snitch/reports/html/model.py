"""One model's card: its verdict, findings, metrics, past, and what was not looked at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from snitch.reports.html.chart import chart
from snitch.reports.html.finding import finding_block
from snitch.reports.html.finding import waived_block
from snitch.reports.html.metrics import metric_table
from snitch.reports.neutral.html import html
from snitch.reports.trend import heights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import Finding
    from snitch.findings import ModelReport

TONES = {
    "failing": "error",
    "could not judge": "error",
    "inconclusive": "warning",
    "changed": "warning",
    "unchanged": "calm",
    "passing": "pass",
}
"""The style of each result."""

WORDS = {
    "failing": "fails",
    "could not judge": "not judged",
    "inconclusive": "inconclusive",
    "changed": "passes with remarks",
    "unchanged": "unchanged",
    "passing": "passes",
}
"""Each result as the page says it."""


def model_card(  # noqa: PLR0913 - what one card shows
    model: ModelReport,
    anchor: str,
    result: str,
    findings: Sequence[Finding],
    waived: Sequence[Finding],
    *,
    opened: bool,
) -> Iterator[str]:
    """Yield the card, which opens and closes without a script."""
    yield f'<details class="card" id="{anchor}"{" open" if opened else ""}><summary>'
    yield f'<h2>{html(model.name)}</h2><span class="versions soft">{versions(model)}</span>'
    yield f'<span class="tag {TONES[result]}">{WORDS[result]}</span></summary>\n'
    yield '<div class="body">\n'
    if findings:
        yield '<div class="part">\n'
        for finding in findings:
            yield from finding_block(finding)
        yield "</div>\n"
    yield from waived_block(waived)
    yield from metric_table(model)
    trends = [trend for trend in model.trends if heights(trend) is not None]
    if trends:
        yield '<div class="part"><h3>Past releases</h3>\n<div class="trends">\n'
        for trend in trends:
            yield from chart(trend)
        yield "</div></div>\n"
    yield from _looked(model)
    yield "</div></details>\n"


def versions(model: ModelReport) -> str:
    """From which version to which, and what the change does with the model."""
    old, new = model.deployed_version, model.version
    known = [html(version) for version in (old, new) if version is not None]
    if old == new:
        known = known[:1]
    return f"{' → '.join(known)} {html(model.change)}".strip()


def _looked(model: ModelReport) -> Iterator[str]:
    """Which families looked at the model, and why the others did not."""
    skipped: defaultdict[str, list[str]] = defaultdict(list)
    for skip in model.skipped:
        family = html(skip.family) if skip.whole else f"part of {html(skip.family)}"
        skipped[skip.reason].append(family)
    yield '<div class="part"><h3>What was looked at</h3>\n<dl class="facts">\n'
    yield f"<dt>Directory</dt><dd><code>{html(model.path or '.')}</code></dd>\n"
    ran = ", ".join(map(html, model.families)) or "none"
    yield f"<dt>Families that ran</dt><dd>{ran}</dd>\n"
    for reason, families in skipped.items():
        yield f"<dt>Skipped</dt><dd>{', '.join(families)}: {html(reason)}</dd>\n"
    yield "</dl></div>\n"
