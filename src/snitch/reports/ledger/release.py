"""One release whole."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.brevity import head
from snitch.reports.ledger.tables import facts
from snitch.reports.ledger.tables import markdown_table
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.ledger.tables import table
from snitch.reports.ledger.unread import unread_document
from snitch.reports.ledger.unread import unread_lines
from snitch.reports.ledger.unread import unread_markdown
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.paint import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from snitch.documents import Entry
    from snitch.engine.ledger.shown import Shown
    from snitch.reports.terminal.line import Line

_SECTIONS = ("config", "features", "data", "evaluation", "dependencies", "weights")
_METRICS = ("metric", "slice", "value", "n", "stderr")


def lines(shown: Shown, width: int) -> Iterator[Line]:
    """Yield the release, section by section."""
    yield from paragraph(_title(shown), width, indent="", style="bold")
    yield from unread_lines(shown.failures, shown.ref, width)
    for section in _SECTIONS:
        pairs = [(quoted(name), plain_cell(text)) for name, text in _section(shown, section)]
        if pairs:
            yield ()
            yield ((section, "bold underline"),)
            yield from facts(pairs, width)
    rows = [[plain_cell(value) for value in row] for row in _metrics(shown)]
    if rows:
        yield ()
        yield (("metrics", "bold underline"),)
        yield from table(_METRICS, rows, width)
    yield from _told(shown, width)


def _told(shown: Shown, width: int) -> Iterator[Line]:
    if shown.entry is not None:
        yield ()
        yield (("changelog", "bold underline"),)
        for line in shown.entry.text.split("\n"):
            yield ((plain(line), ""),)
    if shown.evidence:
        yield ()
        yield (("evidence", "bold underline"),)
        for path in shown.evidence:
            yield from paragraph(plain(path), width, indent="")
    if shown.commands:
        yield ()
        yield (("to have the weights", "bold underline"),)
        # A command is one line, however long, so that it can be copied.
        for command in shown.commands:
            yield ((plain(command), "cyan"),)


def markdown(shown: Shown) -> str:
    """Return the release, section by section."""
    parts = [f"### {code(_title(shown))}\n", *unread_markdown(shown.failures, shown.ref)]
    for section in _SECTIONS:
        pairs = _section(shown, section)
        if pairs:
            parts.append(f"#### {section}\n\n{markdown_table(('name', 'value'), pairs)}")
    rows = _metrics(shown)
    if rows:
        parts.append(f"#### metrics\n\n{markdown_table(_METRICS, rows)}")
    if shown.entry is not None:
        text = "<br>".join(code(line) for line in shown.entry.text.split("\n") if line.strip())
        parts.append(f"#### changelog\n\n{text}\n")
    if shown.commands:
        commands = "<br>".join(map(code, shown.commands))
        parts.append(f"#### to have the weights\n\n{commands}\n")
    return "\n".join(parts)


def document(shown: Shown) -> dict[str, Any]:
    """Return everything about the release."""
    release = shown.release
    return {
        "model": release.name,
        "version": release.metadata.version,
        "path": release.path,
        "layout": release.layout,
        "ref": shown.ref,
        "commit": shown.commit,
        "metadata": release.metadata.model_dump(mode="json"),
        "facts": [
            {"section": section, "name": name, "value": text}
            for (section, name), text in shown.facts.items()
        ],
        "metrics": [
            {
                "name": metric.name,
                "slice": metric.slice,
                "value": _decimal(metric.value),
                "n": metric.n,
                "stderr": _decimal(metric.stderr),
            }
            for metric in release.metrics.values()
        ],
        "weights": [
            {"path": one.path, "state": one.state, "digest": one.digest, "size": one.size}
            for one in release.weights
        ],
        "changelog": shown.entry and _entry(shown.entry),
        "evidence": list(shown.evidence),
        "commands": list(shown.commands),
        "failures": unread_document(shown.failures),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "version": entry.version.value,
        "date": None if entry.date is None else entry.date.value,
        "fields": {name: located.value for name, located in entry.fields.items()},
        "text": entry.text,
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _title(shown: Shown) -> str:
    release = shown.release
    named = " ".join(filter(None, (release.name, release.metadata.version)))
    commit = "" if shown.commit is None else head(shown.commit)
    at = "" if commit in {"", shown.ref} else f" ({commit})"
    return quoted(f"{named} in {shown.ref}{at}")


def _section(shown: Shown, section: str) -> list[tuple[str, str]]:
    return [(name, text) for (part, name), text in shown.facts.items() if part == section]


def _metrics(shown: Shown) -> list[tuple[object, ...]]:
    return [
        (
            metric.name,
            metric.slice,
            _decimal(metric.value),
            metric.n or (shown.release.slice_sizes.get(metric.slice) if metric.slice else None),
            metric.stderr,
        )
        for metric in shown.release.metrics.values()
    ]
