"""What a release's file of items holds, once it is read: frozen columns in canonical order."""

from __future__ import annotations

from dataclasses import field
from itertools import compress
from itertools import islice
from operator import eq
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """Exact numbers: `units` times ten to the power of minus `places`."""

    units: tuple[int, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Score:
    """How one metric follows from the items' columns."""

    column: str
    """The score of each item, or the model's probability where there is a label."""
    label: str | None = None
    """The column of the true class, 0 or 1; None: the metric is the mean of the scores."""
    bins: int | None = None
    """Of a calibration error; None: the customary number."""
    threshold: Decimal | None = None
    """From which probability on an item is called positive; None: one half."""


@dataclass(frozen=True, slots=True)
class ItemScores:
    """Per-item results of one release, sorted by id."""

    path: str
    reason: str | None = None
    """Why nothing could be read; ends a sentence. None where it could."""
    ids: tuple[str, ...] = ()
    """In the order of their code points; twice where an item appears twice."""
    scores: Mapping[str, Score] = field(default_factory=dict)
    """By metric."""
    numbers: Mapping[str, Column] = field(default_factory=dict)
    """Scores and labels by column."""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Clusters, and the columns that slices are named after."""
    cluster: str | None = None
    """The column that tells which items belong together."""

    @property
    def sha256(self) -> str:
        """The digest that a policy's `items_sha256` pins: of all ids, sorted, a line each."""
        from hashlib import sha256  # noqa: PLC0415 - only for benchmarks that pin their items

        text = "".join(f"{one}\n" for one in self.ids)
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def duplicates(self) -> tuple[str, ...]:
        """The ids that appear more than once, each once."""
        again = compress(self.ids, map(eq, self.ids, islice(self.ids, 1, None)))
        return tuple(dict.fromkeys(again))
