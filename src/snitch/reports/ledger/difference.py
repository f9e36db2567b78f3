"""What lies between two releases, for one model or for several."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Any

from snitch.reports.ledger.tables import facts
from snitch.reports.ledger.tables import markdown_table
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.ledger.tables import table
from snitch.reports.ledger.unread import unread_document
from snitch.reports.ledger.unread import unread_lines
from snitch.reports.ledger.unread import unread_markdown
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.line import VERDICTS
from snitch.reports.terminal.paint import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.difference import Change
    from snitch.engine.ledger.difference import Difference
    from snitch.engine.ledger.difference import Side
    from snitch.findings import MetricChange
    from snitch.reports.terminal.line import Line

_METRICS = ("metric", "slice", "better", "before", "after", "delta", "verdict")
_CHANGES = ("what", "name", "before", "after")
_DIGEST = re.compile("([0-9a-f]{12})[0-9a-f]{20,}")
_NOTHING = "nothing differs"
_LONG = 56
"""Characters of one side that are shown: together less than a quoted value may have."""
_BEFORE = 16


def lines(found: Sequence[Difference], width: int) -> Iterator[Line]:
    """Yield each model's metrics, then everything else that differs; of a lost one that it is."""
    if not found:
        yield ((_NOTHING, ""),)
    for index, one in enumerate(found):
        if index:
            yield ()
        yield from paragraph(_title(one), width, indent="", style="bold")
        for side in (one.before, one.after):
            yield from unread_lines(side.failures, side.ref, width)
        if one.after.path is None:
            continue
        if one.empty and not one.metrics and not one.changes:
            yield ((f"  {_NOTHING}", ""),)
        if one.metrics:
            yield ()
            yield from table(_METRICS, [_styled(row) for row in one.metrics], width)
        for section, changes in groupby(one.changes, key=lambda change: change.section):
            yield ()
            yield ((section, "dim"),)
            yield from facts([(quoted(it.name), _cell(it)) for it in changes], width)


def markdown(found: Sequence[Difference]) -> str:
    """Return each model's metrics, then everything else that differs; of a lost one that it is."""
    if not found:
        return f"{_NOTHING}\n"
    return "\n".join(part for one in found for part in _parts(one))


def document(found: Sequence[Difference]) -> dict[str, Any]:
    """Return every row."""
    return {
        "models": [
            {
                "model": one.model,
                "before": _side(one.before),
                "after": _side(one.after),
                "metrics": [
                    {
                        "name": row.name,
                        "slice": row.slice,
                        "before": row.deployed,
                        "after": row.candidate,
                        "delta": row.delta,
                        "direction": row.direction,
                        "tolerance": row.tolerance,
                        "verdict": row.verdict,
                        "critical": row.critical,
                    }
                    for row in one.metrics
                ],
                "changes": [
                    {
                        "section": change.section,
                        "name": change.name,
                        "before": change.before,
                        "after": change.after,
                    }
                    for change in one.changes
                ],
            }
            for one in found
        ]
    }


def _parts(one: Difference) -> Iterator[str]:
    yield f"### {code(one.model)}: {_named(one.before, code)} → {_named(one.after, code)}\n"
    for side in (one.before, one.after):
        yield from unread_markdown(side.failures, side.ref)
    if one.after.path is None:
        return
    if one.metrics:
        yield markdown_table(_METRICS, [_texts(row) for row in one.metrics])
    if one.changes:
        rows = [(row.section, row.name, row.before, row.after) for row in one.changes]
        yield markdown_table(_CHANGES, rows)
    if one.empty and not one.metrics and not one.changes:
        yield f"{_NOTHING}\n"


def _title(one: Difference) -> str:
    return f"{quoted(one.model)}: {_named(one.before, quoted)} → {_named(one.after, quoted)}"


def _named(side: Side, quote: Any) -> str:  # noqa: ANN401 - either format's quoting
    if side.path is None:
        return f"nothing in {quote(side.ref)}"
    if side.version is None:
        return str(quote(side.ref))
    return f"{quote(side.version)} in {quote(side.ref)}"


def _side(side: Side) -> dict[str, Any]:
    return {
        "ref": side.ref,
        "commit": side.commit,
        "version": side.version,
        "path": side.path,
        "failures": unread_document(side.failures),
    }


def _texts(row: MetricChange) -> tuple[str | None, ...]:
    return (
        row.name,
        row.slice,
        row.direction,
        row.deployed,
        row.candidate,
        row.delta,
        row.verdict,
    )


def _styled(row: MetricChange) -> list[tuple[str, str]]:
    *texts, verdict = _texts(row)
    return [*map(plain_cell, texts), plain_cell(verdict, VERDICTS.get(row.verdict, ""))]


def _cell(change: Change) -> tuple[str, str]:
    before, after = (_DIGEST.sub(r"\1…", text or "") for text in (change.before, change.after))
    if change.before is None:
        return plain_cell(f"new: {after}", "green")
    if change.after is None:
        return plain_cell(f"gone, was {before}", "red")
    if change.before == change.after:
        return plain_cell(before)
    pairs = enumerate(zip(before, after, strict=False))
    start = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    return plain_cell(f"{_around(before, start)} → {_around(after, start)}")


def _around(text: str, start: int) -> str:
    """A long text from shortly before the place on in which it differs."""
    if len(text) <= _LONG:
        return text
    first = max(0, min(start - _BEFORE, len(text) - _LONG))
    cut = text[first : first + _LONG]
    return ("…" if first else "") + cut + ("…" if first + _LONG < len(text) else "")
