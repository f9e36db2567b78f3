"""Judges one model: reads both releases, hands them to every check, collects what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.check import Subject
from snitch.documents.limits import CEILINGS
from snitch.engine.aligned import aligned
from snitch.engine.belonging import inside_of
from snitch.engine.legible import unreadable
from snitch.engine.legible import without_unjudged
from snitch.engine.mending import only_mends
from snitch.engine.outcomes import Outcomes
from snitch.engine.past import rollback_of
from snitch.engine.proposal import proposed_policy
from snitch.engine.record import with_record
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.findings import Finding
from snitch.findings import ModelReport
from snitch.frozen import dataclass
from snitch.policy.effective import policy_for
from snitch.policy.family import policy_of
from snitch.registry.discovery import locate
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.engine.selected import Selected
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.policy.model import Policy
    from snitch.registry.location import Location
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Judged:
    """What one model's checks said, before severities and waivers."""

    report: ModelReport
    policy: Policy
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    crashes: tuple[tuple[str, str], ...] = ()
    """(family, what it raised or wrongly yielded)."""
    weights: str | None = None
    """The digest of the main weights, which a finding's waiver may be bound to."""
    renamed_from: str | None = None
    """What production calls it, where that is another name."""
    noted: object = None
    """What the session's `note` makes of the candidate's release."""


def judge(session: Session, selection: Selection, model: Selected) -> Judged:
    """Judge one model; a base that cannot be read fails this model and no other."""
    policy = policy_for(session.loaded.policy, model.name)
    if model.trouble is not None:
        return _unjudged(model.trouble, model, policy)
    try:
        model = _with_ancestor(session, selection, model)
        same = _candidate(session, selection, model) if _is_same(session, model) else None
        deployed, baseline, failures = _deployed(session, selection, model, same)
        candidate = same or aligned(_candidate(session, selection, model, deployed), deployed)
    except CannotJudgeError as error:
        return _unjudged(error, model, policy)
    if baseline == "unreadable" and only_mends(candidate, deployed):
        baseline, failures = "mended", ()
    subject = _subject(session, selection, model, candidate, deployed, baseline)
    try:
        subject = with_record(session, model, subject)
    except CannotJudgeError as error:
        # What the two releases say by themselves is worth telling all the same.
        failures = (*failures, Failure(error.message, error.remedy, model.name))
    outcomes = Outcomes(model, subject)
    for check in session.catalog.checks:
        outcomes.run(check)
    return Judged(
        outcomes.told(_report(model, candidate, deployed)),
        policy,
        tuple(outcomes.findings),
        failures,
        tuple(outcomes.crashes),
        _main_weights(candidate) if outcomes.findings else None,
        model.renamed_from,
        None if session.note is None else session.note(candidate),
    )


def _subject(  # noqa: PLR0913, PLR0917 - a run, a model, and what it is compared with
    session: Session,
    selection: Selection,
    model: Selected,
    candidate: Release,
    deployed: Release | None,
    baseline: str,
) -> Subject:
    brought = proposed_policy(session, selection)
    return Subject(
        candidate=candidate,
        deployed=None if baseline in {"unreadable", "mended"} else deployed,
        policy=policy_of(session.loaded.policy, candidate, deployed),
        as_of=session.request.as_of,
        baseline=baseline,
        change=model.change,
        rollback=rollback_of(session, model, candidate, deployed),
        serving=session.serving,
        twins=model.twins,
        renamed_from=model.renamed_from,
        proposed=None if brought is None else policy_for(brought, model.name),
        copied_from=model.copied_from,
    )


def _unjudged(error: CannotJudgeError, model: Selected, policy: Policy) -> Judged:
    failure = Failure(error.message, error.remedy, model.name)
    return Judged(_report(model, None, None), policy, failures=(failure,))


def _main_weights(release: Release) -> str | None:
    """The digest that a waiver may be bound to: of the named weights, or of the only ones."""
    named = release.metadata.weights.path is not None
    if named or len(release.weights) == 1:
        return release.weights[0].digest if release.weights else None
    return None


def _with_ancestor(session: Session, selection: Selection, model: Selected) -> Selected:
    """The model, compared with what production knew it as where its tip does not hold it."""
    if model.deployed is not None or session.baseline is None:
        return model
    from snitch.engine.ancestry import with_ancestor  # noqa: PLC0415 - most models are deployed

    return with_ancestor(session, selection, model, _candidate(session, selection, model))


def _is_same(session: Session, model: Selected) -> bool:
    """Whether the candidate's release is the deployed one to the byte, by its tree's id."""
    location, baseline = model.location, session.baseline
    if baseline is None or model.source is not None or model.deployed != location:
        return False
    if location.root is not None or not session.layouts[location.layout].plain:
        return False
    tree = baseline.tree_id(location.path)
    return tree is not None and tree == session.candidate.tree_id(location.path)


def _deployed(
    session: Session, selection: Selection, model: Selected, same: Release | None
) -> tuple[Release | None, str, tuple[Failure, ...]]:
    """The deployed release, which kind of baseline it is, and what is unreadable of it.

    `same` is the candidate's release where the deployed one is the same.
    """
    if session.baseline is None:
        return None, "none", ()
    source, location = model.source or session.baseline, model.deployed
    if location is None:
        return None, "first-release", ()
    if same is not None and _reads_no_other(same):
        release = same
    else:
        release = read_release(
            source,
            location,
            session.layouts[location.layout],
            # Whoever edits an old entry is held against all of them.
            replace(session.limits, max_entries=CEILINGS.max_entries),
            others=_others(session, selection, source, location),
        )
    release = without_unjudged(release, policy_for(session.loaded.policy, model.name))
    failures = tuple(unreadable(release, model.name, session.baseline_ref))
    return release, "unreadable" if failures else "deployed", failures


def _others(
    session: Session, selection: Selection, source: Snapshot, location: Location
) -> Sequence[str]:
    """Directories of other models inside of a deployed one, sought where there can be any."""
    path = location.path
    if location.root is not None or (path and not inside_of(path, selection.directories)):
        return ()
    places = locate(source, session.loaded.policy.models, session.layouts, session.limits)
    return inside_of(path, [place.path for place in places if place.root is None])


def _reads_no_other(release: Release) -> bool:
    """Whether a release holds all its requirements itself, none in a file that models share."""
    sources = (
        requirement.spelling.source.path
        for file in release.dependencies
        for requirement in file.requirements
    )
    return all(source.startswith(f"{release.path}/") for source in sources)


def _candidate(
    session: Session, selection: Selection, model: Selected, deployed: Release | None = None
) -> Release:
    keep = (
        ()
        if deployed is None or deployed.changelog is None
        else tuple(entry.version.value for entry in deployed.changelog.entries)
    )
    return read_release(
        session.candidate,
        model.location,
        session.layouts[model.location.layout],
        session.limits,
        others=inside_of(model.location.path, selection.directories),
        code=True,
        keep=keep,
    )


def _report(model: Selected, candidate: Release | None, deployed: Release | None) -> ModelReport:
    return ModelReport(
        name=model.name,
        path=model.location.path,
        version=None if candidate is None else candidate.metadata.version,
        deployed_version=None if deployed is None else deployed.metadata.version,
        change=model.change,
    )
