"""What a judgement needs besides the two releases: their per-item results, and the past.

Each costs reading, so each is read only where the policy asks and something can follow from it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from itertools import takewhile
from typing import TYPE_CHECKING

from snitch.checks.coverage import wants_items
from snitch.checks.slide import slides
from snitch.engine.aligned import in_line
from snitch.snapshots import local_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.engine.selected import Selected
    from snitch.engine.session import Session
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


def with_record(session: Session, model: Selected, subject: Subject) -> Subject:
    """The subject with everything that its policy asks for.

    Raises:
        CannotJudgeError: the items or the history cannot be read.
    """
    if subject.rollback is not None:
        return subject
    if wants_items(subject.policy, subject.candidate):
        subject = _with_items(session, model, subject)
    if slides(subject.candidate, subject.deployed, subject.policy):
        count = subject.policy.regression.drift.releases
        subject = replace(subject, past=tuple(islice(_past(session, model), count)))
    if subject.policy.regression.max_evaluations is not None:
        subject = replace(subject, evaluations=_evaluations(session, model, subject.candidate))
    return subject


def _with_items(session: Session, model: Selected, subject: Subject) -> Subject:
    deployed, source = subject.deployed, model.source or session.baseline
    return replace(
        subject,
        candidate=_read(session, subject.candidate, session.candidate),
        deployed=deployed
        if deployed is None or source is None
        else _read(session, deployed, source),
    )


def _read(session: Session, release: Release, snapshot: Snapshot) -> Release:
    if release.items is None:
        return release
    from snitch.registry.items import with_items  # noqa: PLC0415 - few models name items

    stored = partial(local_object, session.repository)
    return with_items(release, snapshot, session.limits, stored)


def _past(session: Session, model: Selected) -> Iterator[Release]:
    """The releases that production deployed, the newest first, each measurement once."""
    if session.tip is None or model.deployed is None:
        return
    last = None
    past = session.registry.releases(session.tip, model.deployed)
    for release in in_line(one.release for one in past):
        evidence = _measurement(release)
        if evidence != last:
            yield release
        last = evidence


def _measurement(release: Release) -> dict[str, str | None]:
    """What a release's metrics files hold: releases that share them were judged once."""
    paths = {metric.written.source.path for metric in release.metrics.values()}
    paths.add(release.pieces["metrics"].path)
    names = map(release.inside, paths)
    return {name: release.digests.get(name) for name in names}


def _evaluations(session: Session, model: Selected, candidate: Release) -> int | None:
    """How many releases were judged on the candidate's benchmark version, one after the other."""
    now = candidate.metadata.benchmark
    if now.name is None or now.version is None:
        return None
    own = _measurement(candidate)

    def is_same(release: Release) -> bool:
        then = release.metadata.benchmark
        return (then.name, then.version) == (now.name, now.version)

    # A benchmark's versions follow each other: what lies before another one is over.
    judged = takewhile(is_same, _past(session, model))
    return sum(_measurement(release) != own for release in judged)
