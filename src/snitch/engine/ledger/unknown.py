"""A word that names no model: what may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.belonging import holders
from snitch.engine.belonging import inside_of
from snitch.engine.wanted import LISTED
from snitch.engine.wanted import empty
from snitch.engine.wanted import no_model
from snitch.engine.wanted import path_from_root
from snitch.policy.nearest import nearest_or

if TYPE_CHECKING:
    from snitch.engine.ledger.book import Book
    from snitch.findings import CannotJudgeError


def unknown(book: Book, word: str) -> CannotJudgeError:
    """The error that a word is which no environment holds a model of, with what may be meant."""
    if not word.strip():
        return empty()
    path = path_from_root(book.session, word)
    names = set()
    for one in book.environments:
        within = [at for at, place in one.places.items() if path and place.file == path]
        within = within or ([] if path is None else [*inside_of(path, sorted(one.places))])
        if within:
            number = f"{len(within)} models" if len(within) > 1 else "a model"
            return no_model(word, f"it holds {number}: name one, as `{within[0]}`")
        for holder in holders([] if path is None else [path], one.places):
            if holder:
                return no_model(word, f"it is a file of `{book.name_of(one, holder)}`")
        names |= {book.name_of(one, place) for place in one.places}
    return no_model(word, nearest_or(word, sorted(names), LISTED))
