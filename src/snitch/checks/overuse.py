"""BEN209: how often this model was judged on one version of a benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject

BENCHMARK_OVERUSED = Rule(
    code="BEN209",
    name="benchmark-overused",
    severity=Severity.WARNING,
    summary="Too many releases of this model were chosen by one version of its benchmark.",
    why=(
        "Every release that is chosen because it scores better fits the benchmark a little more "
        "and the world no better. After enough of them the numbers measure how well the "
        "benchmark is known."
    ),
    remedy=(
        "Have the benchmark's owners release a version with fresh items. "
        "`regression.max_evaluations` in the policy is the number of releases that are too many."
    ),
    bad="# max_evaluations: 20, and this is the 21st release judged on churn-standard 2026.2",
    good="# max_evaluations: 20, and this is the 8th",
    also=(Severity.INFO,),
)


def overused(subject: Subject) -> Iterator[Finding]:
    """Tells the count wherever the policy sets a limit, and warns past it."""
    limit, before = subject.policy.regression.max_evaluations, subject.evaluations
    if limit is None or before is None:
        return
    benchmark = subject.candidate.metadata.benchmark
    count = before + 1
    name = quoted(f"{benchmark.name} {benchmark.version}")
    yield Finding(
        BENCHMARK_OVERUSED,
        f"this is release number {count:,} of the model that is judged on {name}; the policy "
        f"expects at most {limit:,}",
        "ask the benchmark's owners for a version with fresh items"
        if count > limit
        else "nothing must change",
        subject.candidate.place("benchmark.version"),
        severity=None if count > limit else Severity.INFO,
    )
