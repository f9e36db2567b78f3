"""Where a pass over a document stands: the mapping or list that it is in, and at which member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from snitch.documents.document import Extent

if TYPE_CHECKING:
    from snitch.documents.document import Route


@dataclass(slots=True, eq=False, repr=False)
class Level:
    """A mapping (keyed) or list that is not closed yet."""

    route: Route
    keyed: bool
    start: int = -1
    """The offset at which it opens."""
    key: str | None = None
    key_start: int = -1
    key_end: int = -1
    index: int = 0

    @property
    def wants_key(self) -> bool:
        """Whether the next scalar is a key."""
        return self.keyed and self.key is None

    @property
    def member(self) -> Route:
        """The route of the member at hand."""
        return (*self.route, (self.key or "") if self.keyed else self.index)

    def name(self, key: str, start: int, end: int) -> None:
        """Take the key of the next member."""
        self.key, self.key_start, self.key_end = key, start, end

    def extent(self, start: int, end: int) -> Extent:
        """The extent of the member at hand, whose value goes from `start` to `end`."""
        return Extent(start, end, self.key_start, self.key_end)

    def next(self) -> None:
        """The member at hand is done."""
        self.index += 1
        self.key, self.key_start, self.key_end = None, -1, -1
