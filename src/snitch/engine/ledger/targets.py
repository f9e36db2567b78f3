"""From what a person calls a release to where it stands: an environment, a version, a revision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.engine.ledger.book import ENVIRONMENTS
from snitch.engine.ledger.book import Environment
from snitch.engine.ledger.history import held
from snitch.engine.ledger.unknown import unknown
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.registry.past_releases import PastRelease

if TYPE_CHECKING:
    from snitch.engine.ledger.book import Book
    from snitch.registry.location import Location


REVISION = re.compile("HEAD$|.*[~^:]")
"""What is no version, whatever a branch is called: the whole past need not be read for one."""


@dataclass(frozen=True, slots=True)
class Target:
    """One release in one tree."""

    environment: Environment
    location: Location


def target(book: Book, model: str, where: str | None) -> Target:
    """The release that a word names.

    An environment's name comes first, then a version that production holds or held, last a
    revision.

    Without a word it is production's, or the working tree's where production does not hold the
    model.

    Raises:
        CannotJudgeError: there is no such model, or not there.
    """
    if where is None:
        for environment in book.environments:
            if environment.find(model) is not None:
                return _in(book, environment, model)
        raise unknown(book, model)
    if where in ENVIRONMENTS:
        return _in(book, book.environment(where), model)
    if REVISION.match(where):
        return _in(book, book.at(where), model)
    past, trouble = _once_held(book, model, where)
    found = past or _held_now(book, model, where)
    return found or _in(book, _revision(book, model, where, trouble), model)


def tree(book: Book, where: str) -> Environment:
    """The tree that a word names, whatever models it holds: an environment or a revision.

    Raises:
        CannotJudgeError: it is neither.
    """
    if where in ENVIRONMENTS:
        return book.environment(where)
    try:
        return book.at(where)
    except CannotJudgeError as error:
        message = f"`{where}` is no environment and no commit"
        remedy = f"a version needs its model, `snitch diff MODEL A B`; or {error.remedy}"
        if where and any(one.find(where) for one in book.environments):
            message = f"`{where}` is a model, and of one model two releases are compared"
            remedy = f"name both, for instance: snitch diff {where} production staging"
        raise CannotJudgeError(message, remedy) from None


def _in(book: Book, environment: Environment, model: str) -> Target:
    location = environment.find(model)
    if location is not None:
        return Target(environment, location)
    if not any(one.find(model) for one in book.environments):
        raise unknown(book, model)
    message = f"{environment.ref} holds no model `{model}`"
    raise CannotJudgeError(message, f"see where it was: snitch history {model}")


def _once_held(
    book: Book, model: str, version: str
) -> tuple[Target | None, CannotJudgeError | None]:
    """The newest release of a version in production's past, and why not all of that is known."""
    try:
        for past in held(book, model):
            if isinstance(past, PastRelease) and past.release.metadata.version == version:
                snapshot = book.repository.commit(past.commit)
                there = Environment(version, head(past.commit), snapshot, book.session)
                return Target(there, past.location), None
    except CannotJudgeError as error:
        return None, error
    return None, None


def _held_now(book: Book, model: str, version: str) -> Target | None:
    """The release of a version that an environment holds."""
    for environment in book.environments:
        location = environment.find(model)
        if location is not None:
            release = book.read(environment, location)
            if release.metadata.version == version:
                return Target(environment, location)
    return None


def _revision(book: Book, model: str, where: str, trouble: CannotJudgeError | None) -> Environment:
    try:
        return book.at(where)
    except CannotJudgeError as error:
        if trouble is not None:
            raise trouble from None
        message = f"`{where}` is no environment, no version of `{model}` and no commit"
        remedy = f"see its versions: snitch history {model}; or {error.remedy}"
        raise CannotJudgeError(message, remedy) from None
