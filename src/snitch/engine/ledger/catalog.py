"""The whole registry for a static site: every model with its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.jobs import jobs_for
from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.book import WORKTREE
from snitch.engine.ledger.history import History
from snitch.engine.ledger.history import describe
from snitch.engine.ledger.history import legible
from snitch.engine.ledger.history import named_alike
from snitch.engine.ledger.metrics import trends
from snitch.engine.ledger.models import Overview
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.timelines import timelines
from snitch.engine.ledger.waivers import PastPolicies
from snitch.engine.processes import spread
from snitch.engine.spreading import CHUNK
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.findings import Place
from snitch.frozen import dataclass
from snitch.rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import TypeVar

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.models import ModelRow
    from snitch.engine.ledger.timelines import Timelines
    from snitch.registry.release import Release

    Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class Card:
    """One model's page."""

    row: ModelRow
    release: Release | None
    """What production holds; None for a model that it does not hold."""
    history: History | None
    failures: tuple[Failure, ...] = ()
    """What keeps its past from being told."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The site: the table of all models, and a page a model, made one after the other."""

    overview: Overview
    book: Book

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What cannot be read of what production and staging hold."""
        return tuple(failure for row in self.overview.models for _, failure in told_of(row))

    def each(self, make: Callable[[Card], Page]) -> Iterator[Page]:
        """What a function makes of each model's card, in the order of the table.

        It is called where the card is read, which is in other processes where models are many and
        the book's request leaves the number of processes open.
        """
        reading = _Reading(self.book, timelines(self.book))
        models = self.overview.models
        jobs = jobs_for(self.book.session.request.jobs, len(models))
        if jobs < 2:  # noqa: PLR2004 - one process is this one
            yield from (make(reading.card(row)) for row in models)
            return

        def work(rows: Sequence[ModelRow]) -> list[Page]:
            return [make(reading.card(row)) for row in rows]

        for made in spread(work, list(rounds(models, CHUNK)), jobs):
            yield from made


def told_of(row: ModelRow) -> Iterator[tuple[str, Failure]]:
    """What cannot be read of a model, by environment; the site tells nothing of working trees."""
    for environment, failures in row.failures.items():
        if environment != WORKTREE:
            yield from ((environment, failure) for failure in failures)


def catalog(book: Book) -> Catalog:
    """Read everything that the site tells.

    Raises:
        CannotJudgeError: there is no production branch, or something cannot be read.
    """
    book.environment(PRODUCTION)
    return Catalog(overview(book), book)


class _Reading:
    """Reads cards, from one walk over the branch for all of them."""

    def __init__(self, book: Book, every: Timelines) -> None:
        self._book = book
        self._every = every
        self._policies = PastPolicies(book, every.policies.__getitem__)

    def card(self, row: ModelRow) -> Card:
        """One model's; of what Git cannot give the page says so, and the others are told."""
        try:
            return self._card(row)
        except CannotJudgeError as error:
            failure = Failure(error.message, error.remedy, row.name, Place(row.path))
            return Card(row, None, None, (failure,))

    def _card(self, row: ModelRow) -> Card:
        book = self._book
        production = book.environment(PRODUCTION)
        place = production.places.get(row.path) if PRODUCTION in row.versions else None
        if place is None:
            return Card(row, None, None)
        line = self._every.of(place)
        self._every.load(line.past)
        past = named_alike(line.past)
        deployments = describe(book, past, self._every.maker, self._policies)
        drawn = trends(book.policy, legible(past))
        shown = History(row.name, production.ref, deployments, drawn)
        return Card(row, line.now, shown)
