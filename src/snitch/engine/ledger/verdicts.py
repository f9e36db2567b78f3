"""What `check --all` says of production: one verdict a model, and a note of each release."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from snitch.engine.checking import run
from snitch.engine.checking import whole
from snitch.engine.deadline import within
from snitch.engine.ledger.unread import failures_of
from snitch.engine.request import Request
from snitch.findings import Place
from snitch.findings import Severity
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from snitch.engine.judging import Judged
    from snitch.engine.ledger.book import Book
    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import Report
    from snitch.policy.model import Policy
    from snitch.registry.metadata import Metadata
    from snitch.registry.release import Release


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


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a release as a table of many models tells."""

    name: str
    path: str
    """Its model's address."""
    metadata: Metadata
    failures: tuple[Failure, ...] = ()
    """What of it cannot be read."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Production, judged."""

    verdicts: Mapping[str, Verdict]
    """By address, waivers counted as `check` counts them."""
    releases: Mapping[str, Brief]
    """By address what was read on the way: all that could be judged."""
    refused: Mapping[str, tuple[Failure, ...]]
    """By address why the others could not."""


def audit(book: Book) -> Audit:
    """Judge every model of production against itself.

    Raises:
        CannotJudgeError: not every model could be judged.
    """
    production = book.production
    if production is None or production.commit is None:
        return Audit({}, {}, {})
    asked = book.session.request
    session = replace(
        book.session,
        request=Request(
            asked.start, asked.as_of, candidate="commit", everything=True, jobs=asked.jobs
        ),
        candidate=production.snapshot,
        forks=(production.snapshot,),
        note=partial(brief, book.policy),
    )
    read: dict[str, Brief] = {}
    refused: dict[str, tuple[Failure, ...]] = {}

    failed: set[str] = set()

    def keep(judged: Judged) -> None:
        path = judged.report.path
        if judged.failures:
            failed.add(path)
        match judged.noted:
            case Brief() as noted:
                read[path] = replace(noted, path=path)
            case _:
                refused[path] = tuple(replace(it, place=Place(path)) for it in judged.failures)

    with within(session.limits.max_seconds, None) as deadline:
        report = whole(run(session, deadline, each=keep))
    return Audit(_verdicts(report, failed), read, refused)


def brief(policy: Policy, release: Release) -> Brief:
    """As much as a table tells of a release."""
    failures = failures_of(policy, release)
    return Brief(release.name, release.path, release.metadata, failures)


def _verdicts(report: Report, failed: Collection[str]) -> dict[str, Verdict]:
    findings: dict[str, list[Finding]] = {model.path: [] for model in report.models}
    paths: dict[str | None, list[str]] = {}
    for model in report.models:
        paths.setdefault(model.name, []).append(model.path)
    for finding in report.findings:
        if finding.waiver is None:
            for path in _whose(finding, paths.get(finding.model, [])):
                findings[path].append(finding)
    return {path: _verdict(found, failed=path in failed) for path, found in findings.items()}


def _whose(finding: Finding, paths: list[str]) -> list[str]:
    """Which of the models under its name a finding is about: where it stands, else all of them."""
    at = "" if finding.place is None else finding.place.path
    own = [path for path in paths if at.startswith(f"{path}/")]
    return own or paths


def _verdict(findings: list[Finding], *, failed: bool) -> Verdict:
    found = [(one.level, one.rule.code) for one in findings]
    errors = sum(severity is Severity.ERROR for severity, _ in found)
    warnings = sum(severity is Severity.WARNING for severity, _ in found)
    found.sort(key=lambda one: (-one[0].rank, one[1]))
    codes = tuple(dict.fromkeys(code for _, code in found))
    word = "error" if failed else "fail" if errors else "pass"
    return Verdict(word, errors, warnings, codes)
