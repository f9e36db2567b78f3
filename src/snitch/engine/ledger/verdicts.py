"""What `check --all` says of production, in short: one verdict a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.checking import check
from snitch.engine.checking import whole
from snitch.engine.request import Request
from snitch.findings import Severity
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.engine.ledger.book import Book
    from snitch.findings import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """One model, judged against itself: what the standard and the day say of it now."""

    word: str
    """`pass`, `fail`, `error` (it could not be judged) or `not judged`."""
    errors: int = 0
    warnings: int = 0
    codes: tuple[str, ...] = ()
    """The rules broken, the gravest first."""


UNJUDGED = Verdict("not judged")
"""Of a model that production does not hold."""


def verdicts(book: Book) -> dict[str, Verdict]:
    """The verdict on every model of production, waivers counted as `check` counts them.

    Raises:
        CannotJudgeError: not every model could be judged.
    """
    production = book.production
    if production is None or production.commit is None:
        return {}
    asked = book.session.request
    request = Request(
        asked.start,
        asked.as_of,
        candidate="commit",
        ref=production.commit,
        baseline=production.commit,
        everything=True,
    )
    report = whole(check(request))
    findings: dict[str, list[Finding]] = {model.name: [] for model in report.models}
    for finding in report.findings:
        if finding.model is not None and finding.waiver is None:
            findings.setdefault(finding.model, []).append(finding)
    failed = {failure.model for failure in report.failures}
    return {name: _verdict(found, failed=name in failed) for name, found in findings.items()}


def _verdict(findings: list[Finding], *, failed: bool) -> Verdict:
    found = [((one.severity or one.rule.severity), one.rule.code) for one in findings]
    errors = sum(severity is Severity.ERROR for severity, _ in found)
    warnings = sum(severity is Severity.WARNING for severity, _ in found)
    found.sort(key=lambda one: (-one[0].rank, one[1]))
    codes = tuple(dict.fromkeys(code for _, code in found))
    word = "error" if failed else "fail" if errors else "pass"
    return Verdict(word, errors, warnings, codes)
