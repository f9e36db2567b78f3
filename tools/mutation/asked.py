"""What a run of mutation testing is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from tools.mutation.mutants import Mutant
    from tools.mutation.trials import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """The mutants, the tests that meet them, and how to tell of it."""

    mutants: Sequence[Mutant]
    modules: Sequence[str]
    sources: Sequence[Path]
    tests: Sequence[str]
    patience: float
    jobs: int
    reach: Path
    scratch: Path
    say: Callable[[str], None]

    def tell(self, outcome: Outcome) -> None:
        """Show a mutant that survived, or that hung."""
        if outcome.status <= 0:
            word = f"ended by signal {-outcome.status}" if outcome.status else "survived"
            self.say(f"{word}  {outcome.mutant} {outcome.killer}")
