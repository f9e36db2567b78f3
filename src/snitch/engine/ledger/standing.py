"""How staging stands to production: by the states that each branch has held, not by commits.

A promotion may be a merge, a squash or a prepared branch; after any of them both branches hold one
state, and a later change on either is told from what the other one held before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.book import STAGING
from snitch.engine.ledger.moving import held

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


def standings(book: Book, releases: Mapping[str, Mapping[str, Brief]]) -> dict[str, str]:
    """The word for each model that staging or production holds; empty without a staging branch.

    Args:
        book: The registry.
        releases: Those of each environment by model; what two of them share is one object.
    """
    staging, production = book.staging, book.production
    if staging is None or production is None or staging.commit is None:
        return {}
    base = _merge_base(book, staging, production)
    ours, theirs = releases.get(STAGING, {}), releases.get(PRODUCTION, {})
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
    one, other = _content(staging, ours), _content(production, theirs)
    if base is not None:
        moved = [one != _content(staging, ours, base), other != _content(production, theirs, base)]
        if moved != [True, True]:
            return AHEAD if moved[0] else BEHIND
    if _held(book, staging, other, ours):
        return AHEAD
    if _held(book, production, one, theirs):
        return BEHIND
    return DIVERGED


def _same(sides: tuple[Environment, Environment], ours: str, theirs: str) -> bool:
    one, other = (_content(side, ours) for side in sides)
    return ours == theirs and one == other


def _one_sided(base: Snapshot | None, ours: str | None, theirs: str | None) -> str:
    """Where one branch lacks the model, the merge base tells which of them has acted."""
    path = ours if theirs is None else theirs
    known = base is not None and path is not None and _id(base, path) is not None
    if theirs is None:
        return BEHIND if known else NEW
    return GONE if known else BEHIND


def _held(book: Book, environment: Environment, content: object, path: str) -> bool:
    """Whether a branch once held some content at a model's address."""
    limit = book.session.limits.max_releases
    commits = book.repository.history(_file(path), environment.commit or "", limit)
    return any(
        _content(environment, path, book.repository.commit(commit)) == content for commit in commits
    )


def _content(environment: Environment, path: str, snapshot: Snapshot | None = None) -> object:
    """What tells two contents of a model's address apart; None where nothing stands there.

    Args:
        environment: Where the model is.
        path: Its address.
        snapshot: Another tree to look at; None for the environment's own.
    """
    tree = snapshot or environment.snapshot
    inside = environment.inside(path)
    if path and not inside:
        return _id(tree, path)
    files = held(tree, path, inside)
    return {name.removeprefix(f"{path}/"): entry for name, entry in files.items()} or None


def _id(snapshot: Snapshot, path: str) -> str | None:
    """The id of a model's directory, or of the file that holds it."""
    entry = snapshot.entry(_file(path))
    return None if entry is None else entry.oid


def _file(path: str) -> str:
    return path.partition("#")[0]
