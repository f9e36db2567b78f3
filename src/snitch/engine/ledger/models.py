"""Every model with its version in each environment, the age of its data, and its verdict."""

from __future__ import annotations

from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.engine.jobs import jobs_for
from snitch.engine.ledger import titles
from snitch.engine.ledger.book import PRODUCTION
from snitch.engine.ledger.metrics import benchmark_of
from snitch.engine.ledger.since import since
from snitch.engine.ledger.standing import standings
from snitch.engine.ledger.verdicts import UNJUDGED
from snitch.engine.ledger.verdicts import Brief
from snitch.engine.ledger.verdicts import audit
from snitch.engine.ledger.verdicts import brief
from snitch.engine.processes import beside
from snitch.findings import Failure
from snitch.frozen import dataclass
from snitch.registry.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date
    from datetime import datetime

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment
    from snitch.engine.ledger.verdicts import Audit
    from snitch.engine.ledger.verdicts import Verdict
    from snitch.registry.location import Location


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model over all environments."""

    name: str
    title: str
    """What tells it apart: its name, or where an environment holds several of that, its address."""
    path: str
    """Its address, in the first environment that holds it: a directory, a file, `FILE#NAME`."""
    versions: Mapping[str, str | None]
    """The version in each environment that holds it; None where the config gives none."""
    staging: str | None
    """How staging stands to production: `same`, `ahead`, `behind`, `diverged`, `new` (production
    does not hold it) or `gone` (staging does not); None without a staging branch."""
    changed: bool
    """Whether the working tree differs from production."""
    since: datetime | None
    """When production came to hold what it holds, in UTC."""
    data_version: str | None
    data_cutoff: date | None
    data_age: int | None
    """Days from the cutoff to the day of the question."""
    benchmark: str | None
    """Name and version of what it was measured on."""
    verdict: Verdict
    """Of `check --all` on production."""
    failures: Mapping[str, tuple[Failure, ...]] = field(default_factory=dict)
    """By environment what of its release cannot be read, each once."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All models of a repository, by title."""

    as_of: date
    environments: Mapping[str, str]
    """Those that there are, each with its branch or `the working tree`."""
    models: tuple[ModelRow, ...]
    unread: Failure | None = None
    """Why it is not known of some since when production holds them."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What cannot be read of any of them."""
        every = (row.failures.values() for row in self.models)
        return tuple(failure for failures in every for told in failures for failure in told)


def overview(book: Book) -> Overview:
    """Read every model of every environment, and judge production.

    Raises:
        CannotJudgeError: something of Git cannot be read.
    """
    models = 0 if book.production is None else len(book.production.locations)
    # Git walks through the past while models are judged.
    with beside(since, book, jobs_for(book.session.request.jobs, models)) as told:
        judged = audit(book)
        held = _held(book, judged)
        past = told()
        rows = _rows(book, held, judged.verdicts, past.moments)
    return Overview(
        book.session.request.as_of,
        {one.name: one.ref for one in book.environments},
        tuple(rows),
        past.unread,
    )


def _rows(
    book: Book,
    held: Mapping[str, Mapping[str, Brief]],
    verdicts: Mapping[str, Verdict],
    since: Mapping[str, datetime],
) -> Iterator[ModelRow]:
    compared, as_of = standings(book, held), book.session.request.as_of
    changed = frozenset() if book.worktree is None else book.worktree.differing
    for title in sorted({title for releases in held.values() for title in releases}):
        found = {place: releases[title] for place, releases in held.items() if title in releases}
        release = next(iter(found.values()))
        data, deployed = release.metadata.data, found.get(PRODUCTION)
        yield ModelRow(
            name=release.name,
            title=title,
            path=release.path,
            versions={place: one.metadata.version for place, one in found.items()},
            staging=compared.get(title),
            changed=any(one.path in changed for one in found.values()),
            since=None if deployed is None else since.get(release.path),
            data_version=data.version,
            data_cutoff=data.cutoff,
            data_age=None if data.cutoff is None else (as_of - data.cutoff).days,
            benchmark=benchmark_of(release.metadata),
            verdict=UNJUDGED if deployed is None else verdicts.get(release.path, UNJUDGED),
            failures=_failures(found),
        )


def _failures(found: Mapping[str, Brief]) -> dict[str, tuple[Failure, ...]]:
    told: set[Failure] = set()
    by_environment = {}
    for environment, one in found.items():
        new = tuple(failure for failure in one.failures if failure not in told)
        told.update(new)
        if new:
            by_environment[environment] = new
    return by_environment


def _held(book: Book, judged: Audit) -> dict[str, dict[str, Brief]]:
    """The releases of each environment by title; what production holds too is read once."""
    known = dict(judged.releases)
    production = book.production
    for path, failures in judged.refused.items():
        if production is not None:
            one = _brief(book, production, production.places[path])
            known[path] = replace(one, failures=one.failures or failures)
    found = {
        environment.name: [
            known[place.path]
            if place.path in known and place.path not in environment.differing
            else _brief(book, environment, place)
            for place in environment.locations
        ]
        for environment in book.environments
    }
    twice = titles.twice([[one.name for one in releases] for releases in found.values()])
    return {
        place: {titles.title(one.name, one.path, twice): one for one in releases}
        for place, releases in found.items()
    }


def _brief(book: Book, environment: Environment, place: Location) -> Brief:
    match book.attempt(environment, place):
        case Failure(model=name) as failure:
            return Brief(name or "", place.path, Metadata.model_construct(), (failure,))
        case release:
            return replace(brief(book.policy, release), path=place.path)
