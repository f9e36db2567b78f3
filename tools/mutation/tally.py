"""How many mutants were killed, and how sure that is where only some of them were tried."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

from tools.mutation.trials import SURVIVED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from tools.mutation.mutants import Mutant
    from tools.mutation.trials import Outcome

SURE = 1.96
"""Standard errors on either side that hold the truth 95 times in 100."""


class Tally:
    """Counts by module."""

    def __init__(self, sources: Sequence[Path], every: Mapping[Path, Sequence[Mutant]]) -> None:
        self.sources = sources
        self.every = {path: mutants for path, mutants in every.items() if mutants}
        self.tried: Counter[Path] = Counter()
        self.killed: Counter[Path] = Counter()

    def modules(self) -> Sequence[str]:
        """The modules that have mutants, as they are imported."""
        return [mutants[0].module for mutants in self.every.values()]

    def drawn(self, most: int | None, random: Random) -> Sequence[Mutant]:
        """So many mutants of each module, or all."""
        found: list[Mutant] = []
        for mutants in self.every.values():
            size = len(mutants) if most is None else min(most, len(mutants))
            found += (mutants[index] for index in sorted(random.sample(range(len(mutants)), size)))
        return found

    def count(self, outcome: Outcome) -> None:
        """One more mutant was tried."""
        self.tried[outcome.mutant.path] += 1
        self.killed[outcome.mutant.path] += outcome.status != SURVIVED

    def lines(self) -> Iterator[str]:
        """Each module, then each source as a whole."""
        for path in self.every:
            share = self.killed[path] / max(1, self.tried[path])
            yield f"{self.killed[path]:5} of {self.tried[path]:5} killed {share:7.1%}  {path}"
        for source in self.sources:
            tried = sum(self.tried[path] for path in self._of(source))
            total = sum(len(self.every[path]) for path in self._of(source))
            killed, error = self.share(source)
            yield f"{killed:.1%} ± {SURE * error:.1%} killed, {tried} of {total} tried  {source}"

    def share(self, source: Path) -> tuple[float, float]:
        """The share killed of a source, and its standard error: a stratified sample's."""
        paths = [*self._of(source)]
        total = sum(len(self.every[path]) for path in paths)
        share = variance = 0.0
        for path in paths:
            size, tried, killed = len(self.every[path]), self.tried[path], self.killed[path]
            share += size / total * killed / tried
            # One more of each: even a module where all were killed may have one that is not.
            p = (killed + 1) / (tried + 2)
            variance += (size / total) ** 2 * p * (1 - p) / tried * (1 - tried / size)
        return share, sqrt(variance)

    def _of(self, source: Path) -> Iterable[Path]:
        return (path for path in self.every if path.is_relative_to(source))
