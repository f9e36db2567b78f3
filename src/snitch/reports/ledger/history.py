"""The releases that production held, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.brevity import head
from snitch.checks.wording import count
from snitch.reports.ledger.tables import markdown_table
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.ledger.tables import table
from snitch.reports.ledger.unread import unread_document
from snitch.reports.ledger.unread import unread_lines
from snitch.reports.ledger.unread import unread_markdown
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.paint import flowing
from snitch.reports.terminal.paint import paragraph
from snitch.reports.trend import reading
from snitch.reports.trend import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.history import Deployment
    from snitch.engine.ledger.history import History
    from snitch.findings import Trend
    from snitch.policy.model import Waiver
    from snitch.reports.terminal.line import Line

_HEADER = ("version", "effective", "until", "commit", "author", "merger", "data", "benchmark")


def lines(history: History, width: int) -> Iterator[Line]:
    """Yield the releases, what was waived, and how the leading metrics went."""
    header = (*_HEADER, *_names(history), "")
    rows = [
        [plain_cell(text, "dim" if one.removed else "") for text in _texts(one)]
        for one in history.deployments
    ]
    rows = [_padded(row, len(header)) for row in rows]
    first = _first(history)
    yield from table(header[first:], [row[first:] for row in rows], width)
    yield from _trends(history, width)
    for one in history.deployments:
        for waiver in one.waivers:
            said = f"{quoted(one.version or '?')} waived {_waiver(waiver)}"
            yield from paragraph(said, width, indent="")
    for one in history.deployments:
        yield from unread_lines(one.failures, head(one.commit), width)
    yield ()
    number = count(len(history.deployments), "release")
    last = f"{quoted(history.model)}, {number} in {quoted(history.ref)}"
    yield from paragraph(last, width, indent="", style="dim")


def markdown(history: History) -> str:
    """Return the releases as a table, then trends and waivers."""
    header = (*_HEADER, *map(code, _names(history)), "remark")
    first = _first(history)
    rows = [_texts(one)[first:] for one in history.deployments]
    body = markdown_table(header[first:], rows)
    more = [
        f"- {code(trend.name)} {sparkline(trend)} {code(_ends(trend))}, {reading(trend)}"
        for trend in history.trends
        if sparkline(trend)
    ]
    more += [
        f"- {code(one.version or '?')} waived {code(_waiver(waiver))}"
        for one in history.deployments
        for waiver in one.waivers
    ]
    more += [
        line.rstrip("\n")
        for one in history.deployments
        for line in unread_markdown(one.failures, head(one.commit))
    ]
    return "\n".join((body, *more)).rstrip("\n") + "\n"


def document(history: History) -> dict[str, Any]:
    """Return every stay in production."""
    return {
        "model": history.model,
        "ref": history.ref,
        "deployments": [deployment(one) for one in history.deployments],
    }


def deployment(one: Deployment) -> dict[str, Any]:
    """Return one stay in production as JSON shows it."""
    return {
        "version": one.version,
        "removed": one.removed,
        "path": None if one.release is None else one.release.path,
        "commit": one.commit,
        "subject": one.subject,
        "merge": one.merge,
        "effective": one.effective.isoformat(),
        "cut": one.cut,
        "until": None if one.until is None else one.until.isoformat(),
        "author": one.author,
        "merger": one.merger,
        "data": {
            "version": one.data_version,
            "cutoff": None if one.data_cutoff is None else one.data_cutoff.isoformat(),
        },
        "benchmark": one.benchmark,
        "metrics": dict(one.metrics),
        "waivers": [
            {
                "rule": waiver.rule,
                "metric": waiver.metric,
                "reason": waiver.reason,
                "approved_by": waiver.approved_by,
                "expires": waiver.expires.isoformat(),
            }
            for waiver in one.waivers
        ],
        "rollback": None
        if one.rollback is None
        else {"commit": one.rollback, "version": one.rollback_version},
        "failures": unread_document(one.failures),
    }


def since(one: Deployment) -> str:
    """Return the day on which a stay began, as far as the clone tells."""
    return one.effective.date().isoformat() + (" or before" if one.cut else "")


def _first(history: History) -> int:
    """The first column: of a family that keeps no versions each row begins with its day."""
    return 0 if any(one.version or one.removed for one in history.deployments) else 1


def _names(history: History) -> tuple[str, ...]:
    held = (one for one in history.deployments if not one.removed)
    return next((tuple(name for name, _ in one.metrics) for one in held), ())


def _texts(one: Deployment) -> list[str | None]:
    remark = None
    if one.rollback is not None:
        remark = f"rollback to {one.rollback_version or head(one.rollback)}"
    elif one.lost:
        remark = "cannot be read"
    return [
        "removed" if one.removed else one.version or "?",
        since(one),
        None if one.until is None else one.until.date().isoformat(),
        head(one.commit),
        one.author,
        one.merger,
        one.data_version,
        one.benchmark,
        *(value for _, value in one.metrics),
        remark,
    ]


def _padded(row: list[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    """A row of a time without the model has no metrics."""
    return [*row[:-1], *[("", "")] * (size - len(row)), row[-1]]


def _trends(history: History, width: int) -> Iterator[Line]:
    for trend in history.trends:
        line = sparkline(trend)
        if line:
            items = (
                (quoted(trend.name), "bold"),
                (line, "cyan"),
                (quoted(_ends(trend)), ""),
                (reading(trend), "dim"),
            )
            yield from flowing(items, width)


def _ends(trend: Trend) -> str:
    return f"{trend.points[0].value} → {trend.points[-1].value}"


def _waiver(waiver: Waiver) -> str:
    of = f" of {waiver.metric}" if waiver.metric else ""
    said = f"{waiver.rule}{of} until {waiver.expires.isoformat()}: {waiver.reason}"
    return quoted(f"{said} ({waiver.approved_by})")
