"""Where a value of a merged policy stands: in which of the files, and at which line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import Place
from snitch.policy import POLICY_FILE
from snitch.policy.merge import JOINED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route

    Held = tuple[Document, Data]


def place_in_layers(documents: Sequence[Document], route: Route, *, key: bool) -> Place:
    """The place of a merged policy's value in the last file that writes it, else its parent's.

    The documents are in the order of merging; with `key` the key's place is wanted.
    """
    if not documents:
        return Place(POLICY_FILE)
    if len(route) > 1 and route[0] in JOINED:
        documents, route = _of_joined(documents, route)
    holders: list[Held] = [(document, document.data) for document in documents]
    for part in route:
        held = _topmost((document, _member(data, part)) for document, data in holders)
        if not held:
            break
        holders = held
    return holders[-1][0].place(route, key=key)


def _of_joined(documents: Sequence[Document], route: Route) -> tuple[Sequence[Document], Route]:
    """The one file that a member of a joined list comes from, and its route there."""
    name, index, *rest = route
    for document in documents:
        members = _member(document.data, name)
        if not isinstance(members, list) or not isinstance(index, int):
            continue
        if index < len(members):
            return [document], (name, index, *rest)
        index -= len(members)
    return documents, route


_ABSENT: list[Data] = []
"""Stands for no value, told from all others by identity."""


def _topmost(found: Iterable[Held]) -> list[Held]:
    """The values that still show: what replaces a mapping hides all that stood below it."""
    showing: list[Held] = []
    for document, data in found:
        if data is _ABSENT:
            continue
        if not isinstance(data, dict) or (showing and not isinstance(showing[-1][1], dict)):
            showing.clear()
        showing.append((document, data))
    return showing


def _member(data: Data, part: str | int) -> Data:
    match data, part:
        case dict(), str():
            return data.get(part, _ABSENT)
        case list(), int() if 0 <= part < len(data):
            return data[part]
        case _:
            return _ABSENT
