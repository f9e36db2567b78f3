"""What production held of a model: every release, when it came, by whom, with which evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import timezone
from functools import partial
from typing import TYPE_CHECKING

from snitch.engine.aligned import in_line
from snitch.engine.ledger import people
from snitch.engine.ledger.book import Environment
from snitch.engine.ledger.metrics import benchmark_of
from snitch.engine.ledger.metrics import leading
from snitch.engine.ledger.metrics import trends
from snitch.engine.ledger.metrics import value_of
from snitch.engine.ledger.unknown import unknown
from snitch.engine.ledger.unread import failures_of
from snitch.engine.ledger.unread import unmeasured
from snitch.engine.ledger.waivers import PastPolicies
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.findings import Place
from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE
from snitch.registry.discovery import DEFAULT_PATTERNS
from snitch.registry.discovery import takes
from snitch.registry.location import Location
from snitch.registry.past_releases import PastRelease
from snitch.registry.past_releases import Unread
from snitch.registry.past_releases import rollbacks

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from snitch.engine.ledger.book import Book
    from snitch.findings import Trend
    from snitch.policy.model import Waiver
    from snitch.registry.past_releases import Moment
    from snitch.registry.release import Release
    from snitch.snapshots import CommitInfo

    Maker = Callable[[CommitInfo, Location], CommitInfo | None]


@dataclass(frozen=True, slots=True)
class Deployment:
    """One stay of a release in production, or of nothing after the model was removed."""

    commit: str
    """The first-parent commit of the branch that brought it."""
    subject: str
    """That commit's first line."""
    merge: bool
    """Whether that commit is a merge."""
    effective: datetime
    """When the branch came to hold it, in UTC, as that commit says."""
    until: datetime | None
    """When the next one came; None for what production holds now."""
    author: str | None
    """None where a shallow clone ends."""
    merger: str | None
    """None where nobody but the author is known."""
    cut: bool = False
    """Whether a shallow clone ends with that commit: what it holds may be older."""
    version: str | None = None
    """None where the config gives none, or where the model was removed."""
    release: Release | None = None
    """Without changelog and dependencies; None where the model was removed, or it is lost."""
    data_version: str | None = None
    data_cutoff: date | None = None
    benchmark: str | None = None
    metrics: tuple[tuple[str, str | None], ...] = ()
    """The leading metrics and their values."""
    waivers: tuple[Waiver, ...] = ()
    """Those of the policy that production held then, not yet expired."""
    rollback: str | None = None
    """The commit whose state this one brought back."""
    rollback_version: str | None = None
    failures: tuple[Failure, ...] = ()
    """What cannot be read of the release."""

    @property
    def removed(self) -> bool:
        """Whether production held nothing."""
        return self.release is None and not self.lost

    @property
    def lost(self) -> bool:
        """Whether Git cannot give what production held."""
        return self.release is None and bool(self.failures)


@dataclass(frozen=True, slots=True)
class History:
    """The releases of one model that production held, the newest first."""

    model: str
    ref: str
    """The branch: `origin/main`."""
    deployments: tuple[Deployment, ...]
    trends: tuple[Trend, ...]
    """Leading metrics since the benchmark last changed."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What Git cannot give, and what cannot be read of the newest release.

        That of the older ones is as it was written, and nobody can mend it.
        """
        told = (one for one in self.deployments if one.lost or one.until is None)
        return tuple(failure for one in told for failure in one.failures)


def history(book: Book, model: str) -> History:
    """Everything that production held of a model.

    Raises:
        CannotJudgeError: there is no production branch, it never held such a model, or Git cannot
            give any release of it.
    """
    production = book.environment("production")
    past = named_alike(tuple(walk(book, model, lenient=True)))
    if not any(isinstance(one, PastRelease) for one in past):
        raise next(one.error for one in past if isinstance(one, Unread))
    policies = PastPolicies(book, lambda commit: book.repository.commit(commit).entry(POLICY_FILE))
    deployments = describe(book, past, partial(people.maker, book.repository), policies)
    name = next(one.release.name for one in past if isinstance(one, PastRelease))
    return History(name, production.ref, deployments, trends(book.policy, legible(past)))


def named_alike(past: Sequence[Moment]) -> tuple[Moment, ...]:
    """A past whose releases call one number by one name, which is that of the newest."""
    named = in_line(one.release for one in past if isinstance(one, PastRelease))
    return tuple(
        replace(one, release=next(named)) if isinstance(one, PastRelease) else one for one in past
    )


def legible(past: Sequence[Moment]) -> list[Release]:
    """The releases whose metrics can be read, the newest first; all where none can."""
    held = [one.release for one in past if isinstance(one, PastRelease)]
    return [release for release in held if not unmeasured(release)] or held


def at(found: History, day: date) -> Deployment | None:
    """What production held at the end of a day (UTC); None before the first release.

    Commits claim their dates; where these run backwards, the order of the branch decides.
    """
    for one in found.deployments:
        if one.effective.date() <= day:
            return one
    return None


def held_on(book: Book, model: str, day: date) -> Release:
    """All of what production held at the end of a day; see `at`.

    Raises:
        CannotJudgeError: it held no such model.
    """
    info = book.repository.commit_info
    held = (one for one in walk(book, model) if _effective(info(one.commit)).date() <= day)
    last = next(held, None)
    if not isinstance(last, PastRelease):
        message = f"production held no `{model}` on {day.isoformat()}"
        raise CannotJudgeError(message, "ask `history` when it did")
    tree = book.repository.commit(last.commit)
    then = Environment(day.isoformat(), last.commit, tree, book.session)
    return book.read(then, last.location)


def walk(book: Book, model: str, *, lenient: bool = False) -> Iterator[Moment]:
    """The releases of a model and the times without one, read as they are asked for.

    See `Registry.past`.

    Raises:
        CannotJudgeError: production never held such a model.
    """
    book.environment("production")
    past = held(book, model, lenient=lenient)
    first = next(past, None)
    if first is None:
        raise unknown(book, model)
    yield first
    yield from past


def held(book: Book, model: str, *, lenient: bool = False) -> Iterator[Moment]:
    """The same; nothing where production never held such a model."""
    production = book.production
    for place in () if production is None else _places(book, model):
        past = book.registry.past(book.session.tip or "", place, lenient=lenient)
        first = next(past, None)
        if first is not None:
            yield first
            yield from past
            return


def _places(book: Book, model: str) -> Iterator[Location]:
    """Where the model may have stood last: where an environment holds it, or held it once."""
    for environment in book.environments:
        place = environment.find(model)
        if place is not None:
            yield place
    patterns = book.policy.models or DEFAULT_PATTERNS
    guesses = [model.strip("/")]
    guesses += [f"{pattern.path.rpartition('/')[0]}/{model}".strip("/") for pattern in patterns]
    for path in filter(None, dict.fromkeys(guesses)):
        taking = next((pattern for pattern in patterns if takes(pattern, path)), None)
        if taking is not None:
            yield Location(path, taking.layout)


def describe(
    book: Book,
    past: Sequence[Moment],
    maker: Maker,
    policies: PastPolicies,
) -> tuple[Deployment, ...]:
    """What is known of each stay in production.

    The past is the newest first; `maker` finds which commit made what a merge brought.
    """
    back = rollbacks(past)
    names = leading(book.policy, legible(past)[0])
    found: list[Deployment] = []
    until: datetime | None = None
    for one in past:
        stay = _stay(book, one, maker, until)
        until = stay.effective
        if isinstance(one, PastRelease):
            waivers = policies.waivers(one.commit, one.release.name, until.date())
            stay = _holding(stay, one.release, names, waivers, back.get(one.commit))
            stay = replace(stay, failures=failures_of(book.policy, one.release))
        elif isinstance(one, Unread):
            failure = Failure(one.error.message, one.error.remedy, place=Place(one.location.path))
            unknown = tuple((name, None) for name in names)
            stay = replace(stay, metrics=unknown, failures=(failure,))
        found.append(stay)
    return tuple(found)


def _stay(book: Book, one: Moment, maker: Maker, until: datetime | None) -> Deployment:
    """What a commit tells of the time that it began, whatever the branch held then."""
    commit = book.repository.commit_info(one.commit)
    merge = len(commit.parents) > 1
    cut = commit.oid in book.repository.boundary
    made = maker(commit, one.location) if merge and not cut else None
    author, merger = (None, None) if cut else people.author_and_merger(commit, made)
    return Deployment(
        commit=commit.oid,
        subject=commit.subject,
        merge=merge,
        effective=_effective(commit),
        until=until,
        author=author,
        merger=merger,
        cut=cut,
    )


def _effective(commit: CommitInfo) -> datetime:
    return datetime.fromtimestamp(commit.committer.time, timezone.utc)


def _holding(
    stay: Deployment,
    release: Release,
    names: Sequence[str],
    waivers: tuple[Waiver, ...],
    rollback: PastRelease | None,
) -> Deployment:
    data = release.metadata.data
    read = not unmeasured(release)
    return replace(
        stay,
        version=release.metadata.version,
        release=release,
        data_version=data.version,
        data_cutoff=data.cutoff,
        benchmark=benchmark_of(release.metadata),
        metrics=tuple((name, value_of(release, name) if read else None) for name in names),
        waivers=waivers,
        rollback=None if rollback is None else rollback.commit,
        rollback_version=None if rollback is None else rollback.release.metadata.version,
    )
