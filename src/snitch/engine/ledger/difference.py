"""What lies between two releases of a model: metrics with their verdicts, and all else by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger import titles
from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.book import WORKTREE
from snitch.engine.ledger.book import between
from snitch.engine.ledger.comparison import metric_rows
from snitch.engine.ledger.flat import SECTIONS
from snitch.engine.ledger.flat import facts_of
from snitch.engine.ledger.targets import target
from snitch.engine.ledger.targets import tree
from snitch.engine.ledger.unread import failures_of
from snitch.engine.ledger.unread import illegible
from snitch.engine.ledger.unread import unmeasured
from snitch.findings import Failure
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment
    from snitch.findings import MetricChange
    from snitch.registry.release import Release

    Held = Release | Failure | None
    """What one side holds of a model; a failure where it cannot be had."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two releases."""

    ref: str
    """`origin/main`, `the working tree`, a revision or a commit."""
    commit: str | None
    version: str | None
    """None where the config gives none, or where there is no such model."""
    path: str | None
    """Its directory; None where there is no such model."""
    failures: tuple[Failure, ...] = ()
    """What of it cannot be read: of such files nothing is compared but their digests."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of the releases."""

    section: str
    """`config`, `features`, `data`, `dependencies`, `weights`, `evaluation` or `files`."""
    name: str
    before: str | None
    """None where it is new."""
    after: str | None
    """None where it is gone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two releases of one model."""

    model: str
    before: Side
    after: Side
    metrics: tuple[MetricChange, ...]
    changes: tuple[Change, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What cannot be read of either."""
        return (*self.before.failures, *self.after.failures)

    @property
    def empty(self) -> bool:
        """Whether nothing differs, as far as both can be read."""
        if self.failures:
            return False
        same = all(row.verdict == "equal" for row in self.metrics)
        return same and all(one.before == one.after for one in self.changes)


def differences(
    book: Book, model: str | None, before: str | None, after: str | None, *, everything: bool
) -> tuple[Difference, ...]:
    """Compare a model, or every model in which two trees differ.

    Without a model, all that differ. The sides are environments, revisions or, of one model,
    versions; by default production and the working tree. With `everything`, also what is equal is
    told.

    Raises:
        CannotJudgeError: there is no such model, version or revision.
    """
    before = PRODUCTION if before is None else before
    after = WORKTREE if after is None else after
    if model is None:
        one, other = tree(book, before), tree(book, after)
        return tuple(_all(book, one, other, everything=everything))
    old, new = target(book, model, before), target(book, model, after)
    earlier = book.read(old.environment, old.location)
    later = book.read(new.environment, new.location)
    sides = (old.environment, new.environment)
    return (_difference(later.name, book, sides, (earlier, later), everything=everything),)


def _all(
    book: Book, old: Environment, new: Environment, *, everything: bool
) -> Iterator[Difference]:
    touched = between(book.session, old.snapshot, new.snapshot, {**old.places, **new.places})
    sides = [
        {place.path: book.attempt(side, place) for place in side.locations if place.path in touched}
        for side in (old, new)
    ]
    twice = titles.twice([map(_name, side.values()) for side in sides])
    before, after = (
        {titles.title(_name(held), path, twice): held for path, held in side.items()}
        for side in sides
    )
    for title in sorted({*before, *after}):
        pair = (before.get(title), after.get(title))
        found = _difference(title, book, (old, new), pair, everything=everything)
        if everything or not found.empty:
            yield found


def _name(held: Release | Failure) -> str:
    match held:
        case Failure(model=name):
            return name or ""
        case release:
            return release.name


def _difference(
    model: str,
    book: Book,
    sides: tuple[Environment, Environment],
    held: tuple[Held, Held],
    *,
    everything: bool,
) -> Difference:
    before, after = (_side(book, *side) for side in zip(sides, held, strict=True))
    old, new = held
    if isinstance(old, Failure) or isinstance(new, Failure):
        return Difference(model, before, after, (), ())
    rows = () if new is None else _rows(book, old, new)
    return Difference(
        model=model,
        before=before,
        after=after,
        metrics=tuple(row for row in rows if everything or row.verdict != "equal"),
        changes=tuple(_changes(old, new, everything=everything)),
    )


def _side(book: Book, environment: Environment, held: Held) -> Side:
    ref, commit = environment.ref, environment.commit
    match held:
        case None:
            return Side(ref, commit, None, None)
        case Failure(place=place):
            return Side(ref, commit, None, None if place is None else place.path, (held,))
        case _:
            failures = failures_of(book.policy, held)
            return Side(ref, commit, held.metadata.version, held.path, failures)


def _rows(book: Book, old: Release | None, new: Release) -> tuple[MetricChange, ...]:
    if unmeasured(new) or (old is not None and unmeasured(old)):
        return ()
    return metric_rows(book, new, old)


def _changes(old: Release | None, new: Release | None, *, everything: bool) -> Iterator[Change]:
    lost = {*_lost(old, new), *_lost(new, old)}
    before = {} if old is None else facts_of(old, lost)
    after = {} if new is None else facts_of(new, lost)
    for section, name in sorted(
        {*before, *after}, key=lambda key: (SECTIONS.index(key[0]), key[1])
    ):
        one, other = before.get((section, name)), after.get((section, name))
        if everything or one != other:
            yield Change(section, name, one, other)


def _lost(one: Release | None, other: Release | None) -> Iterator[str]:
    """The files of one that cannot be read, and what the other keeps in their place."""
    if one is None:
        return
    for path in illegible(one):
        yield one.inside(path)
        for name, piece in one.pieces.items():
            if piece.path == path and other is not None and name in other.pieces:
                yield other.inside(other.pieces[name].path)
