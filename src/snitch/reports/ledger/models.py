"""The table of all models."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.checks.wording import count
from snitch.checks.wording import few
from snitch.reports.ledger.tables import markdown_table
from snitch.reports.ledger.tables import plain_cell
from snitch.reports.ledger.tables import table
from snitch.reports.ledger.unread import unread_document
from snitch.reports.ledger.unread import unread_lines
from snitch.reports.ledger.unread import unread_markdown
from snitch.reports.neutral.markdown import code
from snitch.reports.neutral.plain import quoted
from snitch.reports.terminal.paint import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.models import ModelRow
    from snitch.engine.ledger.models import Overview
    from snitch.engine.ledger.verdicts import Verdict
    from snitch.findings import Failure
    from snitch.reports.terminal.line import Line

_ENVIRONMENTS = ("production", "staging", "worktree")
_HEADER = (
    "model",
    "production",
    "since",
    "staging",
    "worktree",
    "data",
    "benchmark",
    "verdict",
)
_VERDICT = _HEADER.index("verdict")
_STYLES = {"pass": "green", "fail": "bold red", "error": "bold red"}
_UNSAID = "?"
"""A version where the config gives none."""
_CODES = 3
"""How many broken rules a verdict names."""


def lines(overview: Overview, width: int) -> Iterator[Line]:
    """Yield the table, and where the environments are."""
    if overview.models:
        rows = [
            [
                plain_cell(text, _STYLES.get(row.verdict.word, "") if index == _VERDICT else "")
                for index, text in enumerate(_texts(row))
            ]
            for row in overview.models
        ]
        yield from table(_HEADER, rows, width)
        for environment, failures in _unread(overview):
            yield from unread_lines(failures, environment, width)
        yield ()
    yield from paragraph(", ".join(_footer(overview)), width, indent="", style="dim")


def markdown(overview: Overview) -> str:
    """Return the table, and where the environments are."""
    body = markdown_table(_HEADER, [_texts(row) for row in overview.models])
    places = ", ".join(f"{name} {code(ref)}" for name, ref in overview.environments.items())
    number = count(len(overview.models), "model")
    unread = "".join(
        line
        for environment, failures in _unread(overview)
        for line in unread_markdown(failures, environment)
    )
    said = f"{number}, {places}, as of {overview.as_of.isoformat()}"
    return "\n".join(filter(None, (body, unread, f"{said}\n")))


def _unread(overview: Overview) -> Iterator[tuple[str, list[Failure]]]:
    """What cannot be read, by environment."""
    for environment in _ENVIRONMENTS:
        told = [row.failures.get(environment, ()) for row in overview.models]
        yield environment, [failure for failures in told for failure in failures]


def document(overview: Overview) -> dict[str, Any]:
    """Return every value of every row."""
    return {
        "as_of": overview.as_of.isoformat(),
        "environments": dict(overview.environments),
        "models": [
            {
                "name": row.name,
                "path": row.path,
                "versions": {
                    name: row.versions[name] for name in _ENVIRONMENTS if name in row.versions
                },
                "staging": row.staging,
                "changed": row.changed,
                "since": None if row.since is None else row.since.isoformat(),
                "data": {
                    "version": row.data_version,
                    "cutoff": None if row.data_cutoff is None else row.data_cutoff.isoformat(),
                    "age_days": row.data_age,
                },
                "benchmark": row.benchmark,
                "verdict": {
                    "word": row.verdict.word,
                    "errors": row.verdict.errors,
                    "warnings": row.verdict.warnings,
                    "codes": list(row.verdict.codes),
                },
                "failures": [
                    {"environment": environment, **failure}
                    for environment, failures in row.failures.items()
                    for failure in unread_document(failures)
                ],
            }
            for row in overview.models
        ],
    }


def told(verdict: Verdict) -> str:
    """A verdict in a few words: `pass, 1 warning`, or `fail: REG301, FRS401`."""
    if verdict.errors:
        return f"{verdict.word}: {few(verdict.codes, _CODES)}"
    return verdict.word + (f", {count(verdict.warnings, 'warning')}" if verdict.warnings else "")


def _texts(row: ModelRow) -> tuple[str | None, ...]:
    versions = {name: row.versions[name] or _UNSAID for name in row.versions}
    staging = " ".join(filter(None, (versions.get("staging"), row.staging)))
    age = None if row.data_age is None else f"{count(row.data_age, 'day')} old"
    return (
        row.title,
        versions.get("production"),
        None if row.since is None else row.since.date().isoformat(),
        staging or None,
        f"{versions['worktree']}{', changed' if row.changed else ''}"
        if "worktree" in versions
        else None,
        age,
        row.benchmark,
        told(row.verdict),
    )


def _footer(overview: Overview) -> Iterator[str]:
    yield count(len(overview.models), "model")
    for name, ref in overview.environments.items():
        if name != "worktree":
            yield f"{name} {quoted(ref)}"
    yield f"as of {overview.as_of.isoformat()}"
