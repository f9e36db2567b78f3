"""What SARIF says of a rule: the help that code scanning shows beside an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from snitch.findings import Severity
from snitch.reports.neutral.link import rule_link
from snitch.reports.neutral.plain import plain
from snitch.reports.neutral.sarif import message

if TYPE_CHECKING:
    from snitch.findings import Rule

LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.OFF: "none",
}
"""Severities in SARIF's words."""

_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
    Severity.OFF: "recommendation",
}


def rule_metadata(rule: Rule, rules_url: str) -> dict[str, Any]:
    """Return the rule as a SARIF reporting descriptor, with its help as text and as Markdown."""
    summary, why, remedy = message(rule.summary), message(rule.why), message(rule.remedy)
    address = rule_link(rules_url, rule.code)
    return {
        "id": plain(rule.code),
        "name": plain(rule.name),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{summary}\n\nWhy it matters: {why}\n\nHow to mend it: {remedy}",
            "markdown": _markdown(rule, summary, why, remedy),
        },
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "problem.severity": _PROBLEMS[rule.severity],
            "precision": "very-high",
            "tags": ["machine-learning", plain(rule.family)],
        },
    }


def _markdown(rule: Rule, summary: str, why: str, remedy: str) -> str:
    parts = [summary, f"**Why it matters.** {why}", f"**How to mend it.** {remedy}"]
    if rule.bad:
        parts.append(f"Breaks the rule:\n\n{_fenced(rule.bad)}")
    if rule.good:
        parts.append(f"Mended:\n\n{_fenced(rule.good)}")
    return "\n\n".join(parts)


def _fenced(snippet: str) -> str:
    lines = "\n".join(map(plain, snippet.replace("```", "'''").split("\n")))
    return f"```\n{lines}\n```"
