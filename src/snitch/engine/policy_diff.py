"""Two policies side by side: what differs, what is looser, and which models would tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.engine.checking import run
from snitch.engine.checking import whole
from snitch.engine.deadline import within
from snitch.engine.in_force import of_revision
from snitch.engine.request import Request
from snitch.engine.session import checks_of
from snitch.engine.session import open_session
from snitch.findings import CannotJudgeError
from snitch.findings import Severity
from snitch.frozen import dataclass
from snitch.policy.changes import loosenings
from snitch.policy.changes import summary
from snitch.policy.load import defaults
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from snitch.engine.session import Session
    from snitch.findings import Report
    from snitch.policy.load import LoadedPolicy


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What a change of the standard does."""

    differences: tuple[str, ...]
    """Each in a sentence, stricter or looser."""
    loosened: tuple[str, ...]
    """What would newly pass, each in a sentence."""
    models: int
    """How many models were judged under both."""
    failing: tuple[str, ...]
    """Models that pass under the old policy and fail under the new one."""
    passing: tuple[str, ...]
    """Models that fail under the old policy and pass under the new one."""


def policy_diff(
    start: Path, as_of: date, environ: Mapping[str, str], old: str, new: str
) -> PolicyDiff:
    """Compare the policies of two revisions, and judge the second one's models under both.

    For a revision without a policy the defaults stand.

    Raises:
        CannotJudgeError: a revision or a policy cannot be had, or neither holds one.
    """
    with_policy = _holder(start, old, new)
    request = Request(
        start,
        as_of,
        candidate="commit",
        ref=new,
        everything=True,
        policy_from=with_policy,
        environ=environ,
    )
    session = open_session(request)
    try:
        before, after = (_policy(session.repository, revision) for revision in (old, new))
        reports = [_judged(session, loaded) for loaded in (before, after)]
        rules = session.catalog.rules
    finally:
        session.repository.close()
    names = [model.name for report in reports for model in report.models]
    failed, fails = (_failing(report) for report in reports)
    return PolicyDiff(
        tuple(summary(before.policy, after.policy)),
        tuple(one.message for one in loosenings(before.policy, after.policy, names, rules)),
        len({model.path for report in reports for model in report.models}),
        tuple(sorted(fails - failed)),
        tuple(sorted(failed - fails)),
    )


def _holder(start: Path, old: str, new: str) -> str:
    with Repository.discover(start) as repository:
        for revision in (new, old):
            if _policy(repository, revision).path is not None:
                return revision
    message = f"neither `{old}` nor `{new}` holds a snitch.yaml"
    raise CannotJudgeError(message, "name two revisions of which one does")


def _policy(repository: Repository, revision: str) -> LoadedPolicy:
    return of_revision(repository, revision) or defaults()


def _judged(session: Session, loaded: LoadedPolicy) -> Report:
    under = replace(session, loaded=loaded, catalog=checks_of(loaded, session.repository.root))
    with within(under.limits.max_seconds, None) as deadline:
        return whole(run(under, deadline))


def _failing(report: Report) -> set[str]:
    """Models with an error that nothing excuses, or that could not be judged."""
    found = {failure.model for failure in report.failures}
    found |= {
        finding.model
        for finding in report.findings
        if finding.waiver is None and finding.severity is Severity.ERROR
    }
    return {name for name in found if name is not None}
