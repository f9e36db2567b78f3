"""A run's inputs: what it recorded of them, what they are now, and which data it measured on."""

from __future__ import annotations

import hashlib
import json
import posixpath
from typing import TYPE_CHECKING

from snitch.documents import Located
from snitch.documents import Number
from snitch.registry.keypath import dig
from snitch.registry.keypath import fill
from snitch.registry.keypath import text_of
from snitch.registry.keypath import walk
from snitch.registry.pointers import digest_of
from snitch.registry.pointers import find_pointers
from snitch.registry.release import Drifted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.registry.reading import Reading
    from snitch.registry.sources import Recorded


def drifted(reading: Reading) -> Iterator[Drifted]:
    """Inputs that differ from what the layout's `recorded` says of them."""
    for source in reading.layout.recorded:
        scope = reading.scopes.get(source.piece)
        if scope is not None and scope.data is not None:
            for match in scope.matches(source.path, reading.captures):
                recorded: Located[Data] = Located(match.value, scope.document, match.route)
                yield from _drifted(reading, source, recorded, match.captures)


def _drifted(
    reading: Reading, source: Recorded, recorded: Located[Data], captures: object
) -> Iterator[Drifted]:
    kept = dict(captures) if isinstance(captures, dict) else {}
    name = posixpath.normpath(fill(source.file, kept))
    at = fill(source.at, kept)
    for path in reading.regular((name,)):
        document = reading.document(path)
        found: Located[Data] | None = None
        if at in kept.values():
            value = dig(document.data, at)
            found = Located(value, document, tuple(at.split("."))) if value is not None else None
        else:
            match = next(walk(document.data, at), None)
            found = None if match is None else Located(match.value, document, match.route)
        if found is not None and canonical(found.value) != canonical(recorded.value):
            yield Drifted(kept.get("key") or kept.get("path") or name, found, recorded)


def data_identity(reading: Reading) -> tuple[str | None, ...]:
    """The identity that the layout's `measured_on` gives every number; empty for none."""
    found = {
        pointer.weights.path: pointer.weights.digest
        for pointer in find_pointers(reading, reading.layout.measured_on)
        if pointer.weights.digest is not None
    }
    if not found:
        return ()
    digests = sorted(set(found.values()))
    if len(digests) == 1:
        return (None, None, digests[0])
    return (None, None, hashlib.sha256(" ".join(digests).encode()).hexdigest())


def canonical(data: Data) -> str:
    """One text for equal values: keys sorted, numbers by value, digests by content."""
    match data:
        case dict():
            members = (f"{json.dumps(key)}:{canonical(data[key])}" for key in sorted(data))
            return "{" + ",".join(members) + "}"
        case list():
            return "[" + ",".join(map(canonical, data)) + "]"
        case Number():
            decimal = data.decimal()
            return data.text if decimal is None else str(decimal.normalize())
        case str():
            return json.dumps(digest_of(data) or data)
        case _:
            return json.dumps(text_of(data))
