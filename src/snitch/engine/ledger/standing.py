"""How staging stands to production: by the states that each branch has held, not by commits.

A promotion may be a merge, a squash or a prepared branch; after any of them both branches hold one
state, and a later change on either is told from what the other one held before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.book import STAGING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

SAME = "same"
AHEAD = "ahead"
BEHIND = "behind"
DIVERGED = "diverged"
NEW = "new"
GONE = "gone"


def standings(book: Book, held: Mapping[str, Mapping[str, Release]]) -> dict[str, str]:
    """The word for each model that staging or production holds; empty without a staging branch.

    Args:
        book: The registry.
        held: The releases of each environment by model.
    """
    staging, production = book.staging, book.production
    if staging is None or production is None or staging.commit is None:
        return {}
    base = _merge_base(book, staging, production)
    ours, theirs = held.get(STAGING, {}), held.get(PRODUCTION, {})
    return {
        name: _standing(book, (staging, production), base, (ours.get(name), theirs.get(name)))
        for name in {*ours, *theirs}
    }


def compared(
    book: Book,
    sides: tuple[Environment, Environment],
    releases: tuple[Release | None, Release | None],
) -> str:
    """The word for one model: its release on one side, as that side stands to the other."""
    return _standing(book, sides, _merge_base(book, *sides), releases)


def _merge_base(book: Book, one: Environment, other: Environment) -> Snapshot | None:
    base = book.repository.merge_base(one.commit or "", other.commit or "")
    return None if base is None else book.repository.commit(base)


def _standing(
    book: Book,
    sides: tuple[Environment, Environment],
    base: Snapshot | None,
    releases: tuple[Release | None, Release | None],
) -> str:
    ours, theirs = releases
    if ours is None or theirs is None:
        return _one_sided(base, ours, theirs)
    if ours is theirs or _same(sides, ours, theirs):
        return SAME
    staging, production = sides
    if base is not None:
        moved = [
            _id(side.snapshot, release.path) != _id(base, release.path)
            for side, release in ((staging, ours), (production, theirs))
        ]
        if moved != [True, True]:
            return AHEAD if moved[0] else BEHIND
    if _held(book, staging, _id(production.snapshot, theirs.path), ours.path):
        return AHEAD
    if _held(book, production, _id(staging.snapshot, ours.path), theirs.path):
        return BEHIND
    return DIVERGED


def _same(sides: tuple[Environment, Environment], ours: Release, theirs: Release) -> bool:
    one, other = (_id(side.snapshot, ours.path) for side in sides)
    return ours.path == theirs.path and one == other


def _one_sided(base: Snapshot | None, ours: Release | None, theirs: Release | None) -> str:
    """Where one branch lacks the model, the merge base tells which of them has acted."""
    held = ours or theirs
    known = base is not None and held is not None and _id(base, held.path) is not None
    if theirs is None:
        return BEHIND if known else NEW
    return GONE if known else BEHIND


def _held(book: Book, environment: Environment, tree: str | None, path: str) -> bool:
    """Whether a branch once held a state of the model's directory."""
    limit = book.session.limits.max_releases
    commits = book.repository.history(_file(path), environment.commit or "", limit)
    return any(_id(book.repository.commit(commit), path) == tree for commit in commits)


def _id(snapshot: Snapshot, path: str) -> str | None:
    """The id of a model's directory, or of the file that holds it."""
    entry = snapshot.entry(_file(path))
    return None if entry is None else entry.oid


def _file(path: str) -> str:
    return path.partition("#")[0]
