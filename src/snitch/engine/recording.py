"""Writes today's findings down, so that from then on only new ones fail."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from snitch.engine.checking import check
from snitch.engine.checking import whole
from snitch.engine.known import BASELINE_FILE
from snitch.engine.known import SCHEMA
from snitch.engine.known import directories_of
from snitch.engine.known import marks
from snitch.engine.known import read_entries
from snitch.frozen import dataclass
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.engine.request import Request
    from snitch.findings import Finding
    from snitch.findings import Report


@dataclass(frozen=True, slots=True)
class Recording:
    """What the file will hold, and how that differs from what it holds now."""

    path: Path
    text: str
    total: int
    added: int
    gone: int
    existed: bool
    """Whether there is a file already."""
    uncovered: int
    """Errors that no file can cover, because nobody may switch their rules off."""


def record(
    request: Request,
    *,
    prune: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Judge every model by itself, without comparison, and list what is wrong.

    A regression or any other finding about a change is none of today's findings: it is told when
    the change is made. Entries of models that cannot be judged stay as they are.

    To `prune` is only to drop entries that are gone.

    Raises:
        CannotJudgeError: not everything could be judged, or the present file cannot be read.
    """
    with Repository.discover(request.start) as repository:
        tree = repository.worktree()
        existed = tree.entry(BASELINE_FILE) is not None
        old = read_entries(tree, "worktree")
        path = repository.root / BASELINE_FILE
    report = whole(check(replace(request, everything=True, itself=True), progress))
    failed = {failure.model for failure in report.failures}
    today = {
        **{mark: row for mark, row in old.items() if row.get("model") in failed},
        **dict(_rows(report)),
    }
    kept = {mark: old.get(mark, row) for mark, row in today.items() if not prune or mark in old}
    return Recording(
        path=path,
        text=_written(kept),
        total=len(kept),
        added=len(kept.keys() - old.keys()),
        gone=len(old.keys() - kept.keys()),
        existed=existed,
        uncovered=sum(finding.rule.fixed for finding in report.findings),
    )


def _rows(report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    directories = directories_of(report.models)
    for index, mark in marks(report.findings, directories):
        yield mark, _row(report.findings[index], mark)


def _row(finding: Finding, mark: str) -> dict[str, Any]:
    return {
        "fingerprint": mark,
        "code": finding.rule.code,
        "model": finding.model,
        "path": None if finding.place is None else finding.place.path,
        "message": finding.message,
    }


def _written(entries: Mapping[str, Mapping[str, Any]]) -> str:
    """One entry a line, so that a review shows what comes and goes."""
    rows = sorted(entries.values(), key=_order)
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    listed = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "schema": {SCHEMA},\n  "findings": {listed}\n}}\n'


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(key) or "") for key in ("model", "path", "code", "fingerprint"))
