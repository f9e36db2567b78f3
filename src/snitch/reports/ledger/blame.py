"""Who moved a metric, the newest movement first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.brevity import head
from snitch.reports.ledger.history import deployment
from snitch.reports.ledger.history import since
from snitch.reports.ledger.tables import markdown_table
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.ledger.tables import table
from snitch.reports.ledger.unread import unread_lines
from snitch.reports.ledger.unread import unread_markdown
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import QUOTE_LIMIT
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.line import VERDICTS
from snitch.reports.terminal.paint import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.blame import Blame
    from snitch.engine.ledger.blame import Movement
    from snitch.engine.ledger.history import Deployment
    from snitch.reports.terminal.line import Line

_HEADER = ("since", "commit", "release", "before", "after", "delta", "verdict", "author", "merger")


def lines(found: Blame, width: int) -> Iterator[Line]:
    """Yield the movements, and what the last one's commit says of itself."""
    rows = [
        [plain_cell(text, VERDICTS.get(one.row.verdict, "")) for text in _texts(one)]
        for one in found.movements
    ]
    yield from table(_HEADER, rows, width)
    for one in found.unread:
        yield from unread_lines(one.failures, head(one.commit), width)
    yield ()
    last = found.movements[0].deployment
    said = f"{_named(found)} was last moved {_by(last)}{head(last.commit)}: {quoted(last.subject)}"
    yield from paragraph(said, width, indent="", style="dim")


def markdown(found: Blame) -> str:
    """Return the movements."""
    body = markdown_table(_HEADER, [_texts(one) for one in found.movements])
    last = found.movements[0].deployment
    said = f"was last moved {_by(last)}{code(head(last.commit))}: {code(last.subject, QUOTE_LIMIT)}"
    unread = "".join(
        line for one in found.unread for line in unread_markdown(one.failures, head(one.commit))
    )
    return "\n".join(filter(None, (body, unread, f"{code(_named(found))} {said}\n")))


def document(found: Blame) -> dict[str, Any]:
    """Return the movements, each with the release that brought it."""
    return {
        "model": found.model,
        "metric": found.metric,
        "slice": found.slice,
        "movements": [
            {
                "before": one.row.deployed,
                "after": one.row.candidate,
                "delta": one.row.delta,
                "verdict": one.row.verdict,
                "version_before": one.before,
                "deployment": deployment(one.deployment),
            }
            for one in found.movements
        ],
        "unread": [deployment(one) for one in found.unread],
    }


def _by(last: Deployment) -> str:
    return "by or before " if last.cut else "by "


def _named(found: Blame) -> str:
    of = "" if found.slice is None else f" of {found.slice}"
    return quoted(f"{found.metric}{of} in {found.model}")


def _texts(one: Movement) -> tuple[str | None, ...]:
    came = one.deployment
    version = came.version or "?"
    kept = one.before is not None or came.version is not None
    return (
        since(came),
        head(came.commit),
        (version if one.before is None else f"{one.before} → {version}") if kept else None,
        one.row.deployed,
        one.row.candidate,
        one.row.delta,
        one.row.verdict,
        came.author,
        came.merger,
    )
