"""Two releases side by side: the rows that the regression check gives, and nothing of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.check import Subject
from snitch.engine.aligned import aligned
from snitch.findings import MetricChange
from snitch.policy.family import policy_of

if TYPE_CHECKING:
    from snitch.engine.ledger.book import Book
    from snitch.registry.release import Release

FAMILY = "REG"


def metric_rows(
    book: Book, candidate: Release, deployed: Release | None
) -> tuple[MetricChange, ...]:
    """The comparison of two releases' metrics under the policy in force."""
    subject = Subject(
        candidate=aligned(candidate, deployed),
        deployed=deployed,
        policy=policy_of(book.policy, candidate, deployed),
        as_of=book.session.request.as_of,
        baseline="first-release" if deployed is None else "deployed",
    )
    return tuple(
        outcome
        for check in book.session.catalog.checks
        if check.family == FAMILY and check.judge is not None
        for outcome in check.judge(subject)
        if isinstance(outcome, MetricChange)
    )
