"""What stands in a repository in which no model was found, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.registry.globs import matches
from snitch.registry.recognition import HEAD
from snitch.registry.recognition import MAX_READ
from snitch.registry.recognition import files_of_models
from snitch.registry.signs import hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.registry.signs import Hint
    from snitch.snapshots import Snapshot

HINTED = "metrics.json"
"""Where hints say that numbers are always found."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Files of one kind that are there."""

    path: str
    """The first of them."""
    more: int
    saw: str
    write: str


def seen(snapshot: Snapshot) -> Iterator[Seen]:
    """The kinds of files that tell of a model, those that say most of it first."""
    paths = files_of_models(snapshot)
    for hint in hints():
        found = [path for path in paths if any(matches(path, glob) for glob in hint.files)]
        found = list(_saying(snapshot, hint, found)) if hint.says else found
        if found:
            yield Seen(found[0], len(found) - 1, hint.saw, hint.write)


def _saying(snapshot: Snapshot, hint: Hint, paths: list[str]) -> Iterator[str]:
    chosen = paths[:MAX_READ]
    for path, blob in zip(chosen, snapshot.read_many(chosen, HEAD), strict=True):
        text = blob.lower()
        if any(word.encode() in text for word in hint.says):
            yield path
