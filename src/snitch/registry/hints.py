"""What stands in a repository in which no model was found, and what to write instead."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from snitch.documents import Limits
from snitch.documents import read_document
from snitch.frozen import dataclass
from snitch.registry.globs import matches
from snitch.registry.recognition import HEAD
from snitch.registry.recognition import MAX_READ
from snitch.registry.recognition import files_of_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.snapshots import Snapshot

HINTED = "metrics.json"
"""Where hints say that numbers are always found."""


class Hint(BaseModel):
    """One kind of file; see hints.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: tuple[str, ...]
    says: tuple[str, ...] = ()
    saw: str
    write: str


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
    for hint in _hints():
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


@cache
def _hints() -> tuple[Hint, ...]:
    file = Path(__file__).with_name("hints.yaml")
    data = read_document(file.name, file.read_bytes(), Limits()).data
    rows = data.get("hints") if isinstance(data, dict) else None
    return tuple(Hint.model_validate(row) for row in rows) if isinstance(rows, list) else ()
