"""One cause, one finding: a file of metrics that is gone or broken takes every metric with it.

What is lost by it is told where nothing else closes the gate over that file: the rule that misses
the file can be off, lowered, waived or not selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.findings import Finding

LOSS = "REG302"
CAUSES = ("SNT", "CPL101")


def without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one model, weighed and waived, without a loss that another one explains."""
    explained = {
        one.place.path
        for one in findings
        if one.place is not None
        and one.rule.code.startswith(CAUSES)
        and one.severity is Severity.ERROR
        and one.waiver is None
    }
    return [
        one
        for one in findings
        if not (
            one.rule.code == LOSS
            and one.metric is None
            and one.place is not None
            and one.place.path in explained
        )
    ]
