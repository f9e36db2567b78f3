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
    from snitch.engine.ledger.verdicts import Brief
    from snitch.snapshots import Snapshot

SAME = "same"
AHEAD = "ahead"
BEHIND = "behind"
DIVERGED = "diverged"
NEW = "new"
GONE = "gone"


def standings(book: Book, held: Mapping[str, Mapping[str, Brief]]) -> dict[str, str]:
    """The word for each model that staging or production holds; empty without a staging branch.

    Args:
        book: The registry.
        held: The releases of each environment by model; what two of them share is one object.
    """
    staging, production = book.staging, book.production
    if staging is None or production is None or staging.commit is None:
        return {}
    base = _merge_base(book, staging, production)
    ours, theirs = held.get(STAGING, {}), held.get(PRODUCTION, {})
    found = dict.fromkeys({*ours, *theirs}, SAME)
    for name in found:
        one, other = ours.get(name), theirs.get(name)
        if one is not other:
            paths = (None if one is None else one.path, None if other is None else other.path)
            found[name] = _standing(book, (staging, production), base, paths)
    return found


def compared(
    book: Book,
    sides: tuple[Environment, Environment],
    paths: tuple[str | None, str | None],
) -> str:
    """The word for one model: what one side holds at its address, as it stands to the other's.

    Args:
        book: The registry.
        sides: The two environments.
        paths: The model's address in each; None where that one does not hold it.
    """
    return _standing(book, sides, _merge_base(book, *sides), paths)


def _merge_base(book: Book, one: Environment, other: Environment) -> Snapshot | None:
    base = book.repository.merge_base(one.commit or "", other.commit or "")
    return None if base is None else book.repository.commit(base)


def _standing(
    book: Book,
    sides: tuple[Environment, Environment],
    base: Snapshot | None,
    paths: tuple[str | None, str | None],
) -> str:
    ours, theirs = paths
    if ours is None or theirs is None:
        return _one_sided(base, ours, theirs)
    if _same(sides, ours, theirs):
        return SAME
    staging, production = sides
    if base is not None:
        moved = [
            _id(side.snapshot, path) != _id(base, path)
            for side, path in ((staging, ours), (production, theirs))
        ]
        if moved != [True, True]:
            return AHEAD if moved[0] else BEHIND
    if _held(book, staging, _id(production.snapshot, theirs), ours):
        return AHEAD
    if _held(book, production, _id(staging.snapshot, ours), theirs):
        return BEHIND
    return DIVERGED


def _same(sides: tuple[Environment, Environment], ours: str, theirs: str) -> bool:
    one, other = (_id(side.snapshot, ours) for side in sides)
    return ours == theirs and one == other


def _one_sided(base: Snapshot | None, ours: str | None, theirs: str | None) -> str:
    """Where one branch lacks the model, the merge base tells which of them has acted."""
    held = ours if theirs is None else theirs
    known = base is not None and held is not None and _id(base, held) is not None
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
