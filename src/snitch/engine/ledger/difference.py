"""What lies between two releases of a model: metrics with their verdicts, and all else by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.book import WORKTREE
from snitch.engine.ledger.book import between
from snitch.engine.ledger.comparison import metric_rows
from snitch.engine.ledger.flat import SECTIONS
from snitch.engine.ledger.flat import facts_of
from snitch.engine.ledger.targets import target
from snitch.engine.ledger.targets import tree
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment
    from snitch.findings import MetricChange
    from snitch.registry.release import Release


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
    def empty(self) -> bool:
        """Whether nothing differs."""
        same = all(row.verdict == "equal" for row in self.metrics)
        return same and all(one.before == one.after for one in self.changes)


def differences(
    book: Book, model: str | None, before: str | None, after: str | None, *, everything: bool
) -> tuple[Difference, ...]:
    """Compare a model, or every model in which two trees differ.

    Args:
        book: The registry.
        model: Its name or directory; None for all that differ.
        before: An environment, a revision, or of one model a version; None for production.
        after: The same; None for the working tree.
        everything: Whether to tell also what is equal.

    Raises:
        CannotJudgeError: there is no such model, version or revision.
    """
    if model is None:
        one, other = tree(book, before or PRODUCTION), tree(book, after or WORKTREE)
        return tuple(_all(book, one, other, everything=everything))
    old, new = target(book, model, before or PRODUCTION), target(book, model, after or WORKTREE)
    releases = [book.read(side.environment, side.location) for side in (old, new)]
    sides = (old.environment, new.environment)
    return (_difference(model, book, sides, (releases[0], releases[1]), everything=everything),)


def _all(
    book: Book, old: Environment, new: Environment, *, everything: bool
) -> Iterator[Difference]:
    touched = between(book.session, old.snapshot, new.snapshot, {**old.places, **new.places})
    named: dict[str, list[Release | None]] = {}
    for index, side in enumerate((old, new)):
        for location in side.locations:
            if location.path in touched:
                release = book.read(side, location)
                named.setdefault(release.name, [None, None])[index] = release
    for name in sorted(named):
        one, other = named[name]
        found = _difference(name, book, (old, new), (one, other), everything=everything)
        if everything or not found.empty:
            yield found


def _difference(
    model: str,
    book: Book,
    sides: tuple[Environment, Environment],
    releases: tuple[Release | None, Release | None],
    *,
    everything: bool,
) -> Difference:
    old, new = releases
    rows = () if new is None else metric_rows(book, new, old)
    return Difference(
        model=model,
        before=_side(sides[0], old),
        after=_side(sides[1], new),
        metrics=tuple(row for row in rows if everything or row.verdict != "equal"),
        changes=tuple(_changes(old, new, everything=everything)),
    )


def _side(environment: Environment, release: Release | None) -> Side:
    version, path = None, None
    if release is not None:
        version, path = release.metadata.version, release.path
    return Side(environment.ref, environment.commit, version, path)


def _changes(old: Release | None, new: Release | None, *, everything: bool) -> Iterator[Change]:
    before = {} if old is None else facts_of(old)
    after = {} if new is None else facts_of(new)
    for section, name in sorted(
        {*before, *after}, key=lambda key: (SECTIONS.index(key[0]), key[1])
    ):
        one, other = before.get((section, name)), after.get((section, name))
        if everything or one != other:
            yield Change(section, name, one, other)
