"""The whole registry for a static site: every model with its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.history import History
from snitch.engine.ledger.history import describe
from snitch.engine.ledger.metrics import trends
from snitch.engine.ledger.models import Overview
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.people import author_and_merger
from snitch.engine.ledger.timelines import timelines
from snitch.engine.ledger.waivers import PastPolicies
from snitch.frozen import dataclass
from snitch.registry.history import PastRelease

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.models import ModelRow
    from snitch.registry.release import Release
    from snitch.snapshots import CommitInfo
    from snitch.snapshots import Repository


@dataclass(frozen=True, slots=True)
class Card:
    """One model's page."""

    row: ModelRow
    release: Release | None
    """What production holds; None for a model that it does not hold."""
    history: History | None


@dataclass(frozen=True, slots=True)
class Catalog:
    """The site: the table of all models, and a page a model, made one after the other."""

    overview: Overview
    cards: Iterator[Card]


def catalog(book: Book) -> Catalog:
    """Read everything that the site tells.

    Raises:
        CannotJudgeError: there is no production branch, or something cannot be read.
    """
    book.environment("production")
    found = overview(book)
    return Catalog(found, _cards(book, found))


def _cards(book: Book, found: Overview) -> Iterator[Card]:
    production = book.environment("production")
    every = timelines(book)
    policies = PastPolicies(book.repository, every.policies)

    def people(repository: Repository, commit: CommitInfo, path: str) -> tuple[str, str | None]:
        if len(commit.parents) > 1:
            made = every.author(commit.oid, path)
            return made or commit.author.name, commit.author.name
        return author_and_merger(repository, commit, path)

    for row in found.models:
        place = production.places.get(row.path) if "production" in row.versions else None
        if place is None:
            yield Card(row, None, None)
            continue
        past = every.past(place)
        every.load(past)
        deployments = describe(book, past, people, policies)
        releases = [one.release for one in past if isinstance(one, PastRelease)]
        shown = History(row.name, production.ref, deployments, trends(book.policy, releases))
        yield Card(row, book.read(production, place), shown)
