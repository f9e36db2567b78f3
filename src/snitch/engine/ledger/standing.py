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

    The releases are those of each environment by model; what two of them share is one object.
    """
    staging, production = book.staging, book.production
    if staging is None or production is None:
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

    The address in an environment that does not hold it is None.
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
    staging, production = sides
    ours, theirs = paths
    if theirs is None:
        return NEW if _content(book, staging, ours, base) is None else BEHIND
    if ours is None:
        return BEHIND if _content(book, production, theirs, base) is None else GONE
    return _of_both(book, sides, base, (ours, theirs))


def _of_both(
    book: Book,
    sides: tuple[Environment, Environment],
    base: Snapshot | None,
    paths: tuple[str, str],
) -> str:
    (staging, production), (ours, theirs) = sides, paths
    one = _content(book, staging, ours, staging.snapshot)
    other = _content(book, production, theirs, production.snapshot)
    if ours == theirs and one == other:
        return SAME
    if base is not None:
        ahead = one != _content(book, staging, ours, base)
        behind = other != _content(book, production, theirs, base)
        if not (ahead and behind):
            return AHEAD if ahead else BEHIND
    if _held(book, staging, other, ours):
        return AHEAD
    if _held(book, production, one, theirs):
        return BEHIND
    return DIVERGED


def _held(book: Book, environment: Environment, content: object, path: str) -> bool:
    """Whether a branch once held some content at a model's address."""
    commits = book.registry.touching(environment.commit or "", environment.places[path])
    return any(
        _content(book, environment, path, book.repository.commit(commit)) == content
        for commit in commits
    )


def _content(
    book: Book, environment: Environment, path: str | None, tree: Snapshot | None
) -> object:
    """What tells two contents of a model's address apart; None where nothing stands there.

    The model is at that path in its environment; the tree may be one of a commit before.
    """
    if path is None or tree is None:
        return None
    place = environment.places[path]
    if place.root is not None:
        return book.registry.state(tree, place)
    inside = environment.inside(path)
    if path and not inside:
        return tree.tree_id(path)
    files = held(tree, path, inside)
    return {name.removeprefix(f"{path}/"): entry for name, entry in files.items()} or None
