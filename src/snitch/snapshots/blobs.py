"""Blobs at hand: small ones read ahead for many models, and the large ones that were read last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from snitch.snapshots.conversation import Object

MAX_SMALL = 1 << 16
"""Bytes of the largest blob that is read ahead."""
LARGE = 1 << 14
"""Bytes from which a blob is kept because somebody read it."""
MAX_LARGE = 1 << 24
"""Bytes of all large blobs that are at hand once read: one file may hold hundreds of models."""


class Blobs:
    """What was read and may be asked for again."""

    def __init__(self) -> None:
        self._ahead: dict[str, Object] = {}
        self._large: dict[str, Object] = {}
        self._size = 0

    def get(self, oid: str, limit: int | None) -> Object | None:
        """A blob that is at hand, at most `limit + 1` bytes of it."""
        found = self._ahead.get(oid) or self._large.get(oid)
        if found is None or limit is None or found.size <= limit:
            return found
        return replace(found, data=found.data[: limit + 1])

    def look_ahead(
        self,
        wanted: Sequence[str],
        read: Callable[[Iterable[str], int], Iterable[Object | None]],
    ) -> None:
        """Read the small ones wanted that are not yet, and forget all others read ahead.

        What is missing, damaged or large is left to whoever asks for it.
        """
        known = {oid: self._ahead[oid] for oid in wanted if oid in self._ahead}
        found = read((oid for oid in wanted if oid not in known), MAX_SMALL)
        new = {one.oid: one for one in found if one is not None and one.size <= MAX_SMALL}
        self._ahead = known | new

    def remember(self, found: Object) -> None:
        """Keep a blob that was asked for by itself, if it is large, whole and not at hand."""
        if LARGE < found.size == len(found.data) and self.get(found.oid, None) is None:
            self._size += found.size
            if self._size > MAX_LARGE:
                self._large, self._size = {}, found.size
            self._large[found.oid] = found
