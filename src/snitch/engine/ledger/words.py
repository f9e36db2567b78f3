"""What is said of a word that names no model, or more than one."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from snitch.engine.belonging import holders
from snitch.engine.belonging import inside_of
from snitch.engine.wanted import path_from_root
from snitch.findings import CannotJudgeError
from snitch.policy.nearest import nearest
from snitch.registry.names import own_name

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.book import Environment

LISTED = "`snitch models` lists them"
SHOWN = 5
"""How many places of one name are told."""


def name_of(book: Book, environment: Environment, path: str) -> str:
    """A model's name; without its config, that in production, else its directory's."""
    for one in (environment, book.production):
        if one is not None and path in one.places:
            with suppress(CannotJudgeError):
                return one.names[path]
    return own_name(path)


def twice(sides: Iterable[Iterable[str]]) -> frozenset[str]:
    """The names that more than one model of one side has."""
    times = (Counter(names) for names in sides)
    return frozenset(name for counted in times for name, times in counted.items() if times > 1)


def title(name: str, path: str, twice: Collection[str]) -> str:
    """What tells a model from all others: its name, or its address where others share that."""
    return (path or ".") if name in twice else name


def empty() -> CannotJudgeError:
    """The error that no word at all is."""
    return CannotJudgeError("no model is named: the name is empty", LISTED)


def shared(environment: Environment, word: str, paths: Sequence[str]) -> CannotJudgeError:
    """The error that a name is which several directories have."""
    told = ", ".join(f"`{path}`" for path in paths[:SHOWN])
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    message = f"{environment.ref} holds `{word}` more than once: {told}{more}"
    return CannotJudgeError(message, "name one of these directories")


def unknown(book: Book, word: str) -> CannotJudgeError:
    """The error that a word is which no environment holds a model of, with what may be meant."""
    if not word.strip():
        return empty()
    message = f"`{word}` is no model of this repository"
    path = path_from_root(book.session, word)
    names = set()
    for one in book.environments:
        within = [at for at, place in one.places.items() if path and place.file == path]
        within = within or ([] if path is None else [*inside_of(path, sorted(one.places))])
        if within:
            number = f"{len(within)} models" if len(within) > 1 else "a model"
            remedy = f"it holds {number}: name one, as `{within[0]}`"
            return CannotJudgeError(message, remedy)
        for holder in holders([] if path is None else [path], one.places):
            if holder:
                return CannotJudgeError(message, f"it is a file of `{name_of(book, one, holder)}`")
        names |= {name_of(book, one, place) for place in one.places}
    hint = nearest(word, sorted(names))
    return CannotJudgeError(message, f"the nearest is `{hint}`" if hint else LISTED)
