"""A prepared promotion or rollback: its commit message, and what to do with the branch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.checks.wording import count
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.ledger.tables import table
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.paint import painted
from snitch.reports.terminal.paint import paragraph
from snitch.reports.wording import counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.moving import Move
    from snitch.engine.ledger.promotion import Plan
    from snitch.engine.ledger.promotion import Prepared
    from snitch.findings import Report
    from snitch.reports import RenderOptions
    from snitch.reports.terminal.line import Line

_MOVES = ("model", "from", "to", "metric", "before", "after", "delta", "verdict")
_SUBJECT = 72
_LIVE = re.compile(r"[^\w.+=%,-]", re.ASCII)
"""Whatever a platform may read in a commit message: mentions, issue numbers, links, keywords."""


def message(plan: Plan, report: Report) -> str:
    """Return the commit message: what moves, the verdict, and what it rests on."""
    baseline, policy = report.baseline, report.policy
    said = f"Snitch {report.version}: {report.verdict}, {counts(report)}"
    return "\n".join(
        (
            _subject(plan),
            "",
            f"{said}, as of {report.as_of.isoformat()}.",
            "",
            *_aligned([_MOVES, *_rows(plan, report)]),
            "",
            *([f"Baseline: {baseline.commit}"] if baseline else []),
            *([f"Policy: sha256 {policy.sha256}"] if policy else []),
            *_sources(plan),
            "",
        )
    )


def render(prepared: Prepared, commands: Sequence[str], options: RenderOptions) -> str:
    """Return what was prepared, and the commands that bring it on its way."""
    return painted(_lines(prepared, commands, options.width), color=options.color)


def _lines(prepared: Prepared, commands: Sequence[str], width: int) -> Iterator[Line]:
    yield ((f"{_subject(prepared.plan)}: ", "bold"), ("PASS", "bold green"))
    yield ()
    rows = [[plain_cell(text) for text in row] for row in _rows(prepared.plan, prepared.report)]
    yield from table(_MOVES, rows, width)
    for finding in prepared.report.findings:
        if finding.waiver is None:
            word = finding.level.value
            said = f"{word} {finding.rule.code}: {plain(finding.message)}"
            yield from paragraph(said, width, indent="", style="yellow")
    yield ()
    yield (("prepared as branch ", ""), (quoted(prepared.branch or ""), "bold"))
    yield (("to bring it on its way", "dim"),)
    for command in commands:
        yield ((f"  {plain(command)}", "cyan"),)


def _subject(plan: Plan) -> str:
    match plan.moves:
        case (move,):
            what = _released(move)
        case moves:
            what = ", ".join(map(_released, moves))
            if len(what) > _SUBJECT - 32:
                what = count(len(moves), "model")
    if plan.kind == "rollback":
        return f"Roll {_safe(plan.moves[0].model)} back to {_safe(plan.source)}"
    return f"Promote {what} from {_safe(plan.source)} to {_safe(plan.target.name)}"


def _released(move: Move) -> str:
    return _safe(move.model) + ("" if move.version is None else f" {_safe(move.version)}")


def _rows(plan: Plan, report: Report) -> list[tuple[str, ...]]:
    """One row a metric that moved, one a model without such."""
    metrics = {model.name: model.metrics for model in report.models}
    found = []
    for move in plan.moves:
        ends = (_safe(move.model), _safe(move.version_before), _safe(move.version))
        rows = [row for row in metrics.get(move.model, ()) if row.slice is None]
        moved = [row for row in rows if row.verdict != "equal"] or rows[:1]
        numbers: list[tuple[str | None, ...]] = [
            (row.name, row.deployed, row.candidate, row.delta, row.verdict) for row in moved
        ]
        numbers = numbers or [(None, None, None, None, _skipped(move, report))]
        found += [(*ends, *map(_safe, row)) for row in numbers]
    return found


def _skipped(move: Move, report: Report) -> str:
    model = next((one for one in report.models if one.name == move.model), None)
    rollback = model is not None and any("rollback" in skip.reason for skip in model.skipped)
    return "rollback" if rollback else "not compared"


def _sources(plan: Plan) -> Iterator[str]:
    for commit in sorted({move.source.commit or "" for move in plan.moves}):
        yield f"Source: {commit}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        yield f"    {'  '.join(cells).rstrip()}"


def _safe(text: str | None) -> str:
    return "-" if text is None else _LIVE.sub("_", text)[:60] or "-"
