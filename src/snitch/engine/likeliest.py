"""Which of the families that a repository shows signs of is proposed: one whose numbers it has."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.documents import Limits
from snitch.findings import CannotJudgeError
from snitch.registry.discovery import locate
from snitch.registry.layout import load_built_in
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.registry.location import Location
    from snitch.registry.recognition import Recognised
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

MAX_MODELS = 300
"""Models that are read for the proposal; the others look alike."""
COMMON = frozenset({"metrics", "weights", "dependencies"})
"""Pieces that tell no family from another."""


class Family:
    """A family in a tree: its models, read when somebody asks, and once."""

    def __init__(self, tree: Snapshot, recognised: Recognised) -> None:
        self.recognised = recognised
        self.layout = load_built_in(recognised.layout)
        self._tree = tree

    @cached_property
    def locations(self) -> tuple[Location, ...]:
        """Where its models stand."""
        layouts = {self.recognised.layout: self.layout}
        return locate(self._tree, self.recognised.patterns, layouts, Limits())

    @cached_property
    def releases(self) -> list[Release]:
        """The first of them that can be read."""
        found = []
        for location in self.locations[:MAX_MODELS]:
            with suppress(CannotJudgeError):
                found.append(read_release(self._tree, location, self.layout, Limits()))
        return found

    @property
    def numbers(self) -> int:
        """How many metrics these have."""
        return sum(len(release.metrics) for release in self.releases)

    @property
    def is_numbers(self) -> bool:
        """Whether numbers are all that tells a model of the family."""
        return self.layout.unit.each == "directory" and not self.layout.files.config

    @property
    def reads(self) -> bool:
        """Whether it has the numbers that it demands."""
        demanded = self.layout.files.metrics and "metrics" not in self.layout.optional
        return not (demanded or self.is_numbers) or self.numbers > 0


def likeliest(tree: Snapshot, families: Iterable[Recognised]) -> Family | None:
    """The first family that has models here, unless it demands numbers and can read none.

    One that reads none gives way to a later one with as many models that does; one that is known
    by its numbers alone, to the last resort where that reads more of them.
    """
    having = [family for one in families if (family := Family(tree, one)).locations]
    own = [family for family in having if not family.is_numbers]
    first = next((family for family in having if family.reads), next(iter(own), None))
    if first is None:
        return None
    if not first.numbers:
        rivals = (one for one in own if len(one.locations) >= len(first.locations))
        return next((one for one in rivals if one.numbers), first)
    if any(_pieces(release) - COMMON for release in first.releases):
        return first
    rivals = (family for family in having if family is first or family.is_numbers)
    return max(rivals, key=lambda family: family.numbers)


def _pieces(release: Release) -> set[str]:
    return {name for name, piece in release.pieces.items() if piece.state == "present"}
