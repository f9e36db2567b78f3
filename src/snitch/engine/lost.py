"""What production held and gave up: read from its history once, and only if a model looks new."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from snitch.registry.discovery import owners
from snitch.snapshots.paths import parents

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.documents import Limits
    from snitch.registry.discovery import Pattern
    from snitch.snapshots import Repository
    from snitch.snapshots.commits import Removal


class Lost:
    """The files that a branch gave up, newest loss first, and ways to find one.

    `configs` are the names of files that say a model's name; a branch without any commit has no
    tip.
    """

    def __init__(
        self,
        repository: Repository,
        tip: str | None,
        configs: Collection[str],
        patterns: Sequence[Pattern],
        limits: Limits,
    ) -> None:
        self._repository = repository
        self._tip = tip
        self._configs = frozenset(configs)
        self._patterns = patterns
        self._limits = limits

    @cached_property
    def removals(self) -> list[Removal]:
        """Every file."""
        if self._tip is None:
            return []
        return self._repository.removals(self._tip, self._limits.max_releases)

    @cached_property
    def cut_off(self) -> bool:
        """Whether the clone is too shallow to tell what was given up before."""
        ends = self._repository.boundary
        if not ends or self._tip is None:
            return False
        return self._repository.first_parents(self._tip, self._limits.max_releases)[-1] in ends

    @cached_property
    def paths(self) -> frozenset[str]:
        """Where they stood."""
        return frozenset(removal.path for removal in self.removals)

    @cached_property
    def directories(self) -> dict[str, Removal]:
        """By directory, the last file at or below it that was given up."""
        found: dict[str, Removal] = {}
        for removal in self.removals:
            for directory in parents(removal.path):
                found.setdefault(directory, removal)
        return found

    @cached_property
    def blobs(self) -> dict[str, list[Removal]]:
        """By what they held."""
        found: dict[str, list[Removal]] = {}
        for removal in self.removals:
            found.setdefault(removal.oid, []).append(removal)
        return found

    def held(self) -> Iterator[dict[str, list[str]]]:
        """The paths by what is there, of what the branch holds; then by what was there before."""
        yield self._standing
        yield self._overwritten

    @cached_property
    def _standing(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if self._tip is not None:
            for path, entry in self._repository.commit(self._tip).files("").items():
                if entry.oid is not None:
                    found.setdefault(entry.oid, []).append(path)
        return found

    @cached_property
    def _overwritten(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if self._tip is not None:
            for one in self._repository.overwritten(self._tip, self._limits.max_releases):
                found.setdefault(one.oid, []).append(one.path)
        return found

    @cached_property
    def configs(self) -> list[tuple[Removal, bytes]]:
        """Those that said a model's name, with their bytes."""
        named = [one for one in self.removals if one.path.rpartition("/")[2] in self._configs]
        held = owners([one.path for one in named], self._patterns)
        taken = {path for _, paths in held.values() for path in paths}
        wanted = [one for one in named if one.path in taken]
        oids = list(dict.fromkeys(one.oid for one in wanted))
        read = self._repository.objects.read(oids, "blob", self._limits.file_bytes)
        contents = {found.oid: found.data for found in read}
        return [(one, contents[one.oid]) for one in wanted]
