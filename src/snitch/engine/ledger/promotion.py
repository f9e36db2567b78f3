"""Promotion and rollback, prepared: a branch with exactly the named models' files, judged.

Nothing but that branch is made. The working tree, the index and `HEAD` are not touched, nothing is
pushed, and with a failing gate, an interruption or a branch that has moved meanwhile there is no
branch either.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import chain
from itertools import count
from typing import TYPE_CHECKING

from snitch.engine.checking import check
from snitch.engine.ledger import standing
from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.book import WORKTREE
from snitch.engine.ledger.book import Environment
from snitch.engine.ledger.book import between
from snitch.engine.ledger.history import walk
from snitch.engine.ledger.moving import Move
from snitch.engine.ledger.moving import edits_of
from snitch.engine.ledger.unknown import unknown
from snitch.engine.request import Request
from snitch.engine.wanted import shared
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.registry.past_releases import PastRelease
from snitch.registry.past_releases import state_of
from snitch.snapshots.writing import create_branch
from snitch.snapshots.writing import remove_branch
from snitch.snapshots.writing import write_commit
from snitch.snapshots.writing import write_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.findings import Report
    from snitch.registry.location import Location


COMMIT = 7
"""Characters of a commit's id that name it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be brought where."""

    kind: str
    """`promote` or `rollback`."""
    source: str
    """Where it comes from: an environment, or a version."""
    target: Environment
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of it."""

    plan: Plan
    report: Report
    """The gate's."""
    branch: str | None
    """The branch made; None where the gate failed."""
    commit: str | None


def plan_promotion(book: Book, source: str, target: str, models: Sequence[str]) -> Plan:
    """What a promotion brings: the models named, or every one in which the source is ahead.

    Raises:
        CannotJudgeError: there is nothing to promote, or a named model is not ahead.
    """
    if target == WORKTREE or source in {WORKTREE, target}:
        message = f"nothing is promoted from {source} to {target}"
        raise CannotJudgeError(message, "promote --from staging --to production")
    ours, theirs = book.environment(source), book.environment(target)
    moves = []
    for model in models or _differing(book, ours, theirs):
        move, word = _move(book, ours, theirs, model)
        if word in {standing.AHEAD, standing.NEW}:
            moves.append(move)
        elif models:
            raise _not_ahead(model, word, source, target)
    if not moves:
        message = f"{source} is ahead of {target} in no model"
        raise CannotJudgeError(message, "see where each stands: snitch models")
    return Plan("promote", source, theirs, tuple(moves))


def plan_rollback(book: Book, model: str, version: str) -> Plan:
    """What brings back a release that production once held: by its version, or by its commit.

    Raises:
        CannotJudgeError: production never held it, or holds it now.
    """
    production = book.environment(PRODUCTION)
    now = _only(production, model)
    current = None if now is None else book.registry.read(production.snapshot, now)
    if current is not None and current.metadata.version == version:
        raise _held_now(model, version)
    releases = (one for one in walk(book, model) if isinstance(one, PastRelease))
    past = next((one for one in releases if _is(one, version)), None)
    if past is None:
        message = f"production never held {model} {version}"
        remedy = f"choose another version: snitch history {model}"
        if book.repository.is_shallow():
            message += ", as far back as this shallow clone goes"
            remedy = f"git fetch --unshallow, or {remedy}"
        raise CannotJudgeError(message, remedy)
    if current is not None and state_of(current) == state_of(past.release):
        raise _held_now(model, version)
    snapshot = book.repository.commit(past.commit)
    source = Environment(version, past.commit, snapshot, book.session)
    move = Move(
        past.release.name,
        source,
        past.location,
        now,
        past.location.path if now is None else now.path,
        past.release.metadata.version,
        None if current is None else current.metadata.version,
    )
    return Plan("rollback", version, production, (move,))


def _is(past: PastRelease, word: str) -> bool:
    """Whether a word is a release's version, or begins its commit as `history` tells it."""
    named = len(word) >= COMMIT and past.commit.startswith(word)
    return named or past.release.metadata.version == word


def _held_now(model: str, version: str) -> CannotJudgeError:
    message = f"production holds {model} {version}"
    return CannotJudgeError(message, f"choose another version: snitch history {model}")


def prepare(
    book: Book, plan: Plan, message: Callable[[Plan, Report], str], branch: str | None = None
) -> Prepared:
    """Write the commit, judge it, and make the branch if it passes.

    Without a name for the branch it has one that tells what it is.

    Raises:
        CannotJudgeError: files are in the way, the target moved, or the branch exists.
    """
    _ruled(book)
    repository, target = book.repository, plan.target
    base = target.commit or ""
    tree = write_tree(repository, base, edits_of(target, plan.moves))
    draft = write_commit(repository, tree, base, f"{plan.kind}\n")
    _verify(book, plan, draft)
    report = check(_gate(book, plan, draft))
    if report.verdict != "pass":
        return Prepared(plan, report, None, None)
    commit = write_commit(repository, tree, base, message(plan, report))
    name = _branch(book, plan) if branch is None else branch
    try:
        create_branch(repository, name, commit, {_ref(book, target): base})
    except KeyboardInterrupt:
        with suppress(CannotJudgeError):
            remove_branch(repository, name, commit)
        raise
    return Prepared(plan, report, name, commit)


def _ruled(book: Book) -> None:
    """Refuse where the gate would judge by another policy than the registry was read with."""
    session = book.session
    if session.deployed is None and session.loaded.path is not None:
        message = f"{session.baseline_ref} holds no policy, so its gate knows no models yet"
        raise CannotJudgeError(message, f"merge `{session.loaded.path}` there first")


def _differing(book: Book, ours: Environment, theirs: Environment) -> list[str]:
    """The models of the source in directories that differ."""
    paths = between(book.session, theirs.snapshot, ours.snapshot, ours.places)
    return sorted({ours.names[place.path] for place in ours.locations if place.path in paths})


def _move(book: Book, ours: Environment, theirs: Environment, model: str) -> tuple[Move, str]:
    """How a model would get there, and how the source stands to the target."""
    place, there = _only(ours, model), _only(theirs, model)
    if place is None:
        if there is None:
            raise unknown(book, model)
        message = f"{ours.ref} holds no model `{model}`"
        raise CannotJudgeError(message, "remove a model in a pull request of its own")
    if there is None and place.path in theirs.places:
        was = theirs.names[place.path]
        if ours.find(was) is None:
            message = f"what {theirs.ref} holds as `{was}` is `{ours.names[place.path]}` there"
            raise CannotJudgeError(message, "rename a model in a pull request of its own")
    release = book.read(ours, place)
    held = None if there is None else book.read(theirs, there)
    paths = (place.path, None if there is None else there.path)
    word = standing.compared(book, (ours, theirs), paths)
    before = None if held is None else held.metadata.version
    version = release.metadata.version
    return Move(release.name, ours, place, there, place.path, version, before), word


def _only(environment: Environment, model: str) -> Location | None:
    """Where an environment holds a model, which must be one place."""
    found = environment.find(model)
    paths = environment.names.holders(model)
    if found is not None and len(paths) > 1 and model not in paths:
        raise shared(environment.ref, model, paths)
    return found


def _not_ahead(model: str, word: str, source: str, target: str) -> CannotJudgeError:
    match word:
        case standing.SAME:
            message = f"{target} holds the `{model}` of {source}"
            return CannotJudgeError(message, "there is nothing to promote")
        case standing.DIVERGED:
            message = f"{target} holds changes of `{model}` that {source} never held"
            remedy = f"merge {target} into {source} first, so that they are not lost"
            return CannotJudgeError(message, remedy)
        case _:
            message = f"{source} is behind {target} in `{model}`"
            return CannotJudgeError(message, "to bring back an old release: snitch rollback")


def _verify(book: Book, plan: Plan, commit: str) -> None:
    """Hold the commit to its promise: no model but those named differs from the target."""
    snapshot = book.repository.commit(commit)
    named = {move.directory for move in plan.moves}
    named |= {move.replaced.path for move in plan.moves if move.replaced is not None}
    after = Environment("prepared", commit, snapshot, book.session)
    models = {**plan.target.places, **after.places}
    touched = between(book.session, plan.target.snapshot, snapshot, models) - named
    if others := sorted(touched & models.keys()):
        told = ", ".join(f"`{path}`" for path in others)
        message = f"this would change other models too: {told}"
        raise CannotJudgeError(message, "settle in a merge whose files they are")


def _gate(book: Book, plan: Plan, commit: str) -> Request:
    asked = book.session.request
    baseline = None if plan.target.name == PRODUCTION else _ref(book, plan.target)
    return Request(asked.start, asked.as_of, candidate="commit", ref=commit, baseline=baseline)


def _ref(book: Book, environment: Environment) -> str:
    """The full name of an environment's branch."""
    names = (f"refs/remotes/{environment.ref}", f"refs/heads/{environment.ref}")
    for name, commit in book.repository.find_refs(*names).items():
        if commit == environment.commit:
            return name
    message = f"`{environment.ref}` has moved while it was looked at"
    raise CannotJudgeError(message, "run the command again")


def _branch(book: Book, plan: Plan) -> str:
    """A free name that tells what the branch is."""
    match plan.moves:
        case (move,):
            # Of a family that keeps no versions a rollback has its commit for one.
            known = move.version or (plan.source if plan.kind == "rollback" else None)
            what = "-".join(filter(None, (move.model, known)))
        case moves:
            what = f"{len(moves)}-models"
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", what.replace(".", "_")).strip("-") or "model"
    stem = f"snitch/{plan.kind}-{slug[:80]}"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(name for name in names if not book.repository.find_refs(f"refs/heads/{name}"))


def commands(book: Book, prepared: Prepared) -> tuple[str, ...]:
    """What pushes the branch and opens the pull request, for a shell."""
    branch = prepared.branch
    environments = book.policy.environments
    onto = getattr(environments, prepared.plan.target.name)
    remotes = book.repository.remotes()
    if not remotes:
        return (f"git switch {onto}", f"git merge --ff-only {branch}")
    remote = "origin" if "origin" in remotes else remotes[0]
    if "gitlab" in (book.repository.remote_url(remote) or ""):
        options = f"-o merge_request.create -o merge_request.target={onto}"
        return (f"git push {options} {remote} {branch}",)
    return (
        f"git push {remote} {branch}",
        f"gh pr create --base {onto} --head {branch} --fill",
    )
