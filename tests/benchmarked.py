"""A release judged by the standard of one benchmark, `churn-standard` in its version 2026.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example import BENCHMARK_SHA
from example import BENCHMARKS
from measured import compared
from measured import measured

from snitch.checks.evaluation import CHECK

if TYPE_CHECKING:
    from snitch.findings import Outcome

SHA = f'"sha256": "{BENCHMARK_SHA}"'
CURRENT = f'"name": "churn-standard", "version": "2026.2", {SHA}'
STANDARD = BENCHMARKS
"""The whole policy."""


def judged(
    declared: str = CURRENT,
    *more: str,
    metrics: str = '"auc": 1',
    slices: str = "",
    policy: str = STANDARD,
    **facts: str,
) -> list[Outcome]:
    """What the evaluation check says of metrics that declare a benchmark, none if empty."""
    block = f'"benchmark": {{{declared}}}' if declared else '"x": 1'
    text = measured(metrics, slices, *more, benchmark=block)
    return compared(CHECK, text, None, policy, **facts)


def declared(version: str) -> str:
    """A declaration of that version of the benchmark."""
    return f'"name": "churn-standard", "version": "{version}"'
