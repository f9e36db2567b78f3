"""What is wrong with a policy: a list, of which the run's last line shows the first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from snitch.documents import Route
    from snitch.findings import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a policy and how to mend it."""

    message: str
    remedy: str
    route: Route = ()
    """Where in the merged policy."""
    key: bool = False
    """True where the key itself is wrong, not its value."""
    place: Place | None = None
    """Where in a file, once somebody looked."""

    def __str__(self) -> str:
        if self.place is None:
            return self.message
        numbers = (self.place.line, self.place.column)
        where = ":".join([self.place.path, *(str(number) for number in numbers if number)])
        return f"{where}: {self.message}"


class PolicyError(CannotJudgeError):
    """A policy that cannot be used. `problems` has all of them, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = len(self.problems) - 1
        # `snitch policy check` prints them all.
        super().__init__(f"{first}; and {more} more" if more else str(first), first.remedy)


def refuse(problems: Iterable[Problem], locate: Callable[[Problem], Place]) -> None:
    """Ends the run where there is any problem.

    Raises:
        PolicyError: there is one; every problem has its place, in the order of the files.
    """
    placed = [
        problem if problem.place else replace(problem, place=locate(problem))
        for problem in problems
    ]
    if placed:
        raise PolicyError(sorted(placed, key=_order))


def _order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.path, place.line or 0, place.column or 0) if place else ("", 0, 0)
