"""What a change makes of the standard: the policy that it brings along, beside production's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from snitch.checks.check import Loosened
from snitch.checks.check import Proposal
from snitch.engine import known
from snitch.findings import CannotJudgeError
from snitch.findings import Place
from snitch.policy import POLICY_FILE
from snitch.policy import load as policies
from snitch.policy.load import LoadedPolicy
from snitch.policy.problem import PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver


def proposed_policy(session: Session, selection: Selection) -> Policy | None:
    """The policy that this change brings along; None where it brings none that can be read."""
    if session.deployed is None or not _edits(session.deployed, selection):
        return None
    match session.proposed:
        case LoadedPolicy(policy):
            return policy
        case _:
            return None


def proposal_of(session: Session, selection: Selection, models: Iterable[str]) -> Proposal | None:
    """What this change makes of production's policy.

    The names are those of the models judged.
    """
    old = session.deployed
    if old is None:
        return None
    constraints = (*_constraints(old, selection), *_excused(session, selection))
    if not _edits(old, selection):
        if not constraints:
            return None
        told = tuple(f"`{one.place.path}` changes" for one in constraints)
        return Proposal(constraints[0].place, old.source.source, told, constraints)
    match session.proposed:
        case None:
            return _without(old, constraints)
        case CannotJudgeError() as error:
            loosened = (*_unreadable(error), *constraints)
            return Proposal(Place(POLICY_FILE), old.source.source, (), loosened)
        case new:
            names = {*models, *(path.rpartition("/")[2] for path in selection.directories)}
            return _edited(session, old, new, names, constraints)


def _edits(old: LoadedPolicy, selection: Selection) -> bool:
    """Whether the change touches a file of the policy, or one that may be taken for it."""
    files = {document.path for document in old.documents}
    named_like_it = any(map(policies.is_named_like, selection.at_root))
    return named_like_it or not selection.changed.isdisjoint(files)


def _edited(
    session: Session,
    old: LoadedPolicy,
    new: LoadedPolicy,
    names: Iterable[str],
    constraints: tuple[Loosened, ...],
) -> Proposal | None:
    from snitch.policy.changes import loosenings  # noqa: PLC0415 - few changes edit the policy
    from snitch.policy.changes import summary  # noqa: PLC0415

    before, rules = _at_fork(session), session.catalog.rules
    # What production has changed since is not this change's doing.
    since = (
        {one.message for one in loosenings(old.policy, before, names, rules)} if before else set()
    )
    past = Counter(summary(old.policy, before) if before else ())
    loosened = tuple(
        Loosened(one.message, new.place(one.route), models=one.models)
        for one in loosenings(old.policy, new.policy, names, rules)
        if one.message not in since
    )
    lines = tuple((Counter(summary(old.policy, new.policy)) - past).elements())
    if not lines and not loosened and not constraints:
        return None
    waivers = tuple(_new_waivers(old, new, before))
    return Proposal(
        new.place(),
        old.source.source,
        lines,
        (*loosened, *constraints),
        waivers,
        _authors(session) if waivers else frozenset(),
    )


def _authors(session: Session) -> frozenset[str]:
    """Who wrote the commits of this change, as far as they are known."""
    repository, base, tip = session.repository, session.tip, session.candidate.commit
    if base is None or tip is None:
        return frozenset()
    infos = repository.commit_infos(repository.between(base, tip, session.limits.max_releases))
    people = (info.author for info in infos)
    return frozenset(word.casefold() for one in people for word in (one.name, one.email))


def _at_fork(session: Session) -> Policy | None:
    """The policy where the change left production; None where that is production's own."""
    fork = session.fork
    if fork is None or fork is session.baseline:
        return None
    try:
        loaded = policies.load(fork, label="the merge base", repository=session.repository.root)
    except CannotJudgeError:
        return None
    return None if loaded is None else loaded.policy


def _new_waivers(
    old: LoadedPolicy, new: LoadedPolicy, before: Policy | None
) -> Iterator[tuple[Waiver, Place]]:
    there = {*old.policy.waivers, *(before.waivers if before is not None else ())}
    for index, waiver in enumerate(new.policy.waivers):
        if waiver not in there:
            yield waiver, new.place(("waivers", index))


def _without(old: LoadedPolicy, constraints: tuple[Loosened, ...]) -> Proposal:
    gone = f"`{POLICY_FILE}` is removed, and with it the whole standard"
    remedy = f"restore it with `git checkout {_revision(old)} -- {POLICY_FILE}`"
    place = Place(POLICY_FILE)
    return Proposal(
        place, old.source.source, (gone,), (Loosened(gone, place, remedy), *constraints)
    )


def _revision(old: LoadedPolicy) -> str:
    return old.source.source.removesuffix(f":{POLICY_FILE}")


def _unreadable(error: CannotJudgeError) -> Iterator[Loosened]:
    if not isinstance(error, PolicyError):
        yield Loosened(error.message, Place(POLICY_FILE), error.remedy, breaks=True)
        return
    for problem in error.problems:
        place = problem.place or Place(POLICY_FILE)
        message = f"the policy of this change cannot be used: {problem.message}"
        yield Loosened(message, place, problem.remedy, breaks=True)


def _excused(session: Session, selection: Selection) -> Iterator[Loosened]:
    """Findings that the change adds to the list of those that fail nobody."""
    if known.BASELINE_FILE not in selection.changed or session.baseline is None:
        return
    try:
        before = known.read_entries(session.baseline, session.baseline_ref)
        added = known.read_entries(session.candidate, session.candidate.kind).keys() - before.keys()
        count = str(len(added))
    except CannotJudgeError:
        count = "unknown"
    if count != "0":
        message = f"`{known.BASELINE_FILE}` excuses findings that fail now ({count} more)"
        yield Loosened(message, Place(known.BASELINE_FILE))


def _constraints(old: LoadedPolicy, selection: Selection) -> Iterator[Loosened]:
    """The serving stack's constraints are part of the standard wherever they stand."""
    path = old.policy.dependencies.serving_constraints
    if path is not None and path in selection.changed:
        message = f"the serving constraints in `{path}` change, which may let more pass"
        yield Loosened(message, Place(path))
