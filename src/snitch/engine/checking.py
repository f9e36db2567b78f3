"""The whole run: from a request to a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch import __version__
from snitch.engine.deadline import within
from snitch.engine.echoes import without_echoes
from snitch.engine.jobs import LostProcessError
from snitch.engine.known import directories_of
from snitch.engine.known import known_findings
from snitch.engine.removed import removed_models
from snitch.engine.selection import select
from snitch.engine.session import open_session
from snitch.engine.spreading import judge_all
from snitch.engine.surveying import survey
from snitch.engine.waivers import Waivers
from snitch.engine.waivers import weigh
from snitch.findings import Candidate
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Report
from snitch.findings import Severity
from snitch.findings import Summary

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.deadline import Deadline
    from snitch.engine.judging import Judged
    from snitch.engine.known import Known
    from snitch.engine.opening import Opened
    from snitch.engine.request import Request
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session

CRASH = "POL708"


def check(
    request: Request,
    progress: Callable[[int, int], None] | None = None,
    expired: Callable[[int], object] | None = None,
    opened: Opened | None = None,
) -> Report:
    """Judge what the request asks for.

    Args:
        request: The options.
        progress: Called with (models judged, models to judge) after each one.
        expired: Called with the policy's `limits.max_seconds`, from another thread, where a
            model hangs past them; it should end the process.
        opened: From `open_candidate`, where that is done already.

    Raises:
        CannotJudgeError: nothing could be judged at all; what stops one model only is a
            failure of the report instead.
    """
    session = open_session(request, opened)
    if request.itself:
        session = replace(session, baseline=session.candidate, forks=(session.candidate,))
    try:
        with within(session.limits.max_seconds, expired) as deadline:
            return run(session, deadline, progress)
    finally:
        session.repository.close()


def run(
    session: Session,
    deadline: Deadline,
    progress: Callable[[int, int], None] | None = None,
    each: Callable[[Judged], None] | None = None,
) -> Report:
    """Judge what an open session asks for; see `check`. `each` sees what is known of one model."""
    selection = select(session, deadline)
    judged: list[Judged] = []
    lost = None
    try:
        for one in judge_all(session, selection, deadline):
            judged.append(one)
            if each is not None:
                each(one)
            if progress is not None:
                progress(len(judged), len(selection.models))
    except LostProcessError as error:
        lost = error
    report = _report(session, selection, judged, lost=lost is not None)
    if len(judged) < len(selection.models):
        late = lost or deadline.error(len(judged), len(selection.models))
        failure = Failure(late.message, late.remedy)
        report = replace(report, verdict="error", failures=(failure, *report.failures))
    if session.request.trends:
        from snitch.engine.trends import with_trends  # noqa: PLC0415 - few reports draw them

        report = with_trends(session, selection.models, report)
    return report


def _report(
    session: Session, selection: Selection, judged: Sequence[Judged], *, lost: bool
) -> Report:
    request, loaded = session.request, session.loaded
    known = known_findings(session)
    findings = _findings(session, selection, judged, known, lost=lost)
    failures = tuple(failure for one in judged for failure in one.failures)
    candidate, baseline = session.described()
    return Report(
        version=__version__,
        verdict=_verdict(findings, request.fail_on, failed=bool(failures)),
        as_of=request.as_of,
        candidate=candidate,
        baseline=baseline,
        policy=None if loaded.path is None else loaded.source,
        summary=replace(_count(len(judged), findings), known=known.met),
        models=tuple(one.report for one in judged),
        findings=tuple(findings),
        failures=failures,
        removed=removed_models(session, selection),
        total_models=selection.total,
        behind=selection.behind,
        notices=(*session.notices, *_in_vain(session), *known.notices),
        deviations=request.deviations,
    )


def _findings(
    session: Session,
    selection: Selection,
    judged: Sequence[Judged],
    known: Known,
    *,
    lost: bool,
) -> list[Finding]:
    """What is told of all that the checks said: asked for, in force, and not known before."""
    request, chosen = session.request, _chosen(session)
    waivers = Waivers(
        session.loaded.policy.waivers if request.ignores else (),
        request.as_of,
        session.limits.max_waiver_days,
    )
    directories = directories_of(one.report for one in judged)
    findings: list[Finding] = []
    for one in judged:
        kept = [finding for finding in one.findings if finding.rule.code in chosen]
        weighed = [found for finding in kept if (found := weigh(finding, one.policy))]
        waived = [waivers.apply(finding, one.weights) for finding in weighed]
        new = without_echoes(known.without(waived, directories))
        findings += new if request.itself else _at_most(new, session.limits.max_findings)
    of_the_run = [
        waivers.apply(found, None)
        for finding in survey(session, selection, judged, waivers, lost=lost)
        if finding.rule.code in chosen and (found := weigh(finding, session.loaded.policy))
    ]
    return sorted([*findings, *known.without(of_the_run, directories)], key=_order)


def whole(report: Report) -> Report:
    """The report, where it is on every model that was asked about.

    Raises:
        CannotJudgeError: the run ended before that.
    """
    for failure in report.failures:
        if failure.model is None:
            raise CannotJudgeError(failure.message, failure.remedy)
    return report


def could_not_judge(request: Request, error: CannotJudgeError) -> Report:
    """The report of a run that ended before anything was judged."""
    return Report(
        version=__version__,
        verdict="error",
        as_of=request.as_of,
        candidate=Candidate(request.candidate, None),
        baseline=None,
        policy=None,
        summary=Summary(0, 0, 0, 0, 0),
        models=(),
        findings=(),
        failures=(Failure(error.message, error.remedy),),
        deviations=request.deviations,
    )


def _chosen(session: Session) -> frozenset[str]:
    """The codes that --select and --ignore leave; those of fixed rules always are."""
    request, catalog = session.request, session.catalog
    every = frozenset(rule.code for rule in catalog.rules)
    chosen = catalog.select(request.select) if request.select else every
    fixed = {rule.code for rule in catalog.rules if rule.fixed}
    return (chosen - catalog.select(request.ignore)) | fixed


def _in_vain(session: Session) -> Iterator[str]:
    """What --ignore names and nobody may leave out."""
    for word in session.request.ignore:
        rule = session.catalog.find(word)
        if rule is not None and rule.fixed:
            yield f"{rule.code} cannot be left out, and is judged in spite of --ignore"


def _at_most(findings: list[Finding], limit: int) -> list[Finding]:
    """At most `limit` findings of one rule; the last one tells how many more there are."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=_order):
        by_rule.setdefault(finding.rule.code, []).append(finding)
    kept = []
    for group in by_rule.values():
        kept += group[:limit]
        if len(group) > limit:
            worst = max(group[limit:], key=lambda one: (one.waiver is None, one.level.rank))
            more = len(group) - limit
            kept.append(
                replace(
                    worst,
                    message=f"and {more} more findings of this rule in this model",
                    remedy="mend those above, then check again",
                    place=None,
                    metric=None,
                    slice=None,
                )
            )
    return kept


def _order(finding: Finding) -> tuple[str, str, int, int, str, str]:
    place = finding.place or Place("")
    return (
        finding.model or "",
        place.path,
        place.line or 0,
        place.column or 0,
        finding.rule.code,
        finding.message,
    )


def _count(models: int, findings: list[Finding]) -> Summary:
    open_ones = [finding for finding in findings if finding.waiver is None]
    count = {
        severity: sum(finding.level.rank == severity.rank for finding in open_ones)
        for severity in Severity
    }
    return Summary(
        models=models,
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        infos=count[Severity.INFO],
        waived=len(findings) - len(open_ones),
    )


def _verdict(findings: list[Finding], fail_on: str, *, failed: bool) -> str:
    if failed or any(finding.rule.code == CRASH for finding in findings):
        return "error"
    if fail_on == "never":
        return "pass"
    bar = Severity(fail_on).rank
    return (
        "fail"
        if any(finding.waiver is None and finding.level.rank >= bar for finding in findings)
        else "pass"
    )
