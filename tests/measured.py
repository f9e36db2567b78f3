"""Metrics files and what a check says of them, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example import OID
from example import OLD_OID
from example import config
from example import pointer

from snitch.findings import Finding
from snitch.findings import MetricChange
from snitch.findings import Skipped
from snitch.testing import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.checks.check import Check
    from snitch.findings import Outcome

BENCHMARK = '"benchmark": {"name": "churn-standard", "version": "2026.2"}'


def measured(metrics: str, slices: str = "", *more: str, benchmark: str = BENCHMARK) -> str:
    """A metrics file: one block a line, `metrics` on the third, `slices` on the fourth."""
    blocks = [benchmark, f'"metrics": {{{metrics}}}', f'"slices": {{{slices}}}', *more]
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def model(text: str, oid: str = OID, version: str = "1.4.0") -> dict[str, str]:
    """A model's files around a metrics file."""
    return {
        "config.yaml": config(version),
        "metrics.json": text,
        "weights/model.safetensors": pointer(oid),
    }


def deployed(text: str) -> dict[str, str]:
    """The deployed release's files around a metrics file."""
    return model(text, OLD_OID, "1.3.2")


def compared(
    check: Check, new: str, old: str | None = None, policy: str = "", **facts: str
) -> list[Outcome]:
    """What a check says of one metrics file against another."""
    policy = f"version: 1\n{policy}" if policy else ""
    base = None if old is None else deployed(old)
    return judge(
        check,
        model(new),
        base,
        policy=policy,
        as_of=facts.get("as_of", "2026-10-05"),
        baseline=facts.get("baseline"),
        rollback=facts.get("rollback"),
    )


def findings(outcomes: Iterable[Outcome]) -> list[Finding]:
    """The findings, as reports sort them."""
    found = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
    return sorted(found, key=lambda one: (*at(one)[1:], one.rule.code, one.message))


def at(finding: Finding) -> tuple[str, int, int]:
    """(code, line, column); zeros for a place that has none."""
    place = finding.place
    line, column = (place.line, place.column) if place is not None else (0, 0)
    return finding.rule.code, line or 0, column or 0


def places(outcomes: Iterable[Outcome]) -> list[tuple[str, int, int]]:
    """(code, line, column) of every finding."""
    return [at(finding) for finding in findings(outcomes)]


def codes(outcomes: Iterable[Outcome]) -> list[str]:
    """The codes of the findings, sorted."""
    return sorted(finding.rule.code for finding in findings(outcomes))


def only(outcomes: Iterable[Outcome]) -> Finding:
    """The one finding there is."""
    (finding,) = findings(outcomes)
    return finding


def rows(outcomes: Iterable[Outcome]) -> dict[tuple[str | None, str], MetricChange]:
    """The table of metrics by (slice, name)."""
    found = [outcome for outcome in outcomes if isinstance(outcome, MetricChange)]
    return {(row.slice, row.name): row for row in found}


def skips(outcomes: Iterable[Outcome]) -> list[Skipped]:
    """What was skipped."""
    return [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
