"""The process that has every test loaded: it measures what they reach, and forks for mutants."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tools.mutation.grafts import graft
from tools.mutation.grafts import living
from tools.mutation.reach import Watch
from tools.mutation.reach import caches
from tools.mutation.reach import measure
from tools.mutation.reach import merged
from tools.mutation.trials import KILLED
from tools.mutation.trials import NOT_TRIED
from tools.mutation.trials import SURVIVED
from tools.mutation.trials import Order
from tools.mutation.trials import Outcome
from tools.mutation.trials import each
from tools.mutation.trials import room

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path
    from types import FunctionType

    import pytest

    from tools.mutation.asked import Asked
    from tools.mutation.mutants import Mutant


class Collected:
    """A pytest plugin that tries mutants where the tests would run."""

    def __init__(self, asked: Asked, at_import: Mapping[str, AbstractSet[int]]) -> None:
        self.asked = asked
        self.at_import = at_import

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of the tests: measure them, and try what can be put in place."""
        asked = self.asked
        if not asked.reach.exists():
            self._measure(session.items)
        order = Order(pickle.loads(asked.reach.read_bytes()), asked.patience)  # noqa: S301 - ours
        for test in order.reach.failed:
            asked.say(f"left out, as it does not pass: {test}")
        functions = living(mutant.path for mutant in asked.mutants)
        for cache in caches():
            cache.cache_clear()
        gc.freeze()
        items = {item.nodeid: item for item in session.items}
        outcomes = []
        for trial in each(self._trials(order, items, functions), asked.jobs, asked.scratch):
            outcome = Outcome(*trial)
            if outcome.status != NOT_TRIED:
                asked.tell(outcome)
                outcomes.append(outcome)
        sound = self._sound(outcomes, items, order.reach.seconds)
        (asked.scratch / "outcomes").write_bytes(pickle.dumps(sound))
        return True

    def _sound(
        self,
        outcomes: Sequence[Outcome],
        items: Mapping[str, pytest.Item],
        seconds: Mapping[str, float],
    ) -> list[Outcome]:
        """The outcomes, where no test counts that also fails without any mutant."""
        asked = self.asked
        killers = sorted({outcome.killer for outcome in outcomes} & items.keys())
        trials = ((killer, partial(_passed, [items[killer]], seconds)) for killer in killers)
        false = {killer for killer, status, _ in each(trials, asked.jobs, asked.scratch) if status}
        for killer in sorted(false):
            asked.say(f"fails without any mutant too, and killed none: {killer}")
        return [
            replace(outcome, status=SURVIVED) if outcome.killer in false else outcome
            for outcome in outcomes
        ]

    def _measure(self, items: Sequence[pytest.Item]) -> None:
        asked = self.asked
        for start in range(asked.jobs):
            if not os.fork():
                room(asked.scratch)
                measure(items[start :: asked.jobs], asked.sources, asked.scratch)
                os._exit(0)
        for _ in range(asked.jobs):
            os.wait()
        asked.reach.write_bytes(pickle.dumps(merged(asked.scratch, asked.jobs, self.at_import)))

    def _trials(
        self,
        order: Order,
        items: Mapping[str, pytest.Item],
        functions: Mapping[str, Sequence[FunctionType]],
    ) -> Iterator[tuple[Mutant, Callable[[Path], int]]]:
        for mutant in self.asked.mutants:
            file = str(mutant.path.absolute())
            tests = [items[test] for test in order.tests(mutant) if test in items]
            if tests and mutant.line not in self.at_import[file]:
                seconds = order.reach.seconds
                yield mutant, partial(_tried, mutant, tests, functions[file], seconds)


def _tried(
    mutant: Mutant,
    tests: Sequence[pytest.Item],
    functions: Sequence[FunctionType],
    seconds: Mapping[str, float],
    note: Path,
) -> int:
    if graft(functions, mutant.path.read_text(encoding="utf-8"), mutant.source()):
        return _passed(tests, seconds, note)
    return NOT_TRIED


def _passed(tests: Sequence[pytest.Item], seconds: Mapping[str, float], note: Path) -> int:
    watch = Watch()
    tests[0].config.pluginmanager.register(watch)
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        note.write_text(test.nodeid, encoding="utf-8")
        signal.alarm(60 + round(40 * seconds[test.nodeid]))
        if not watch.passes(test, following):
            return KILLED
    note.unlink()
    return SURVIVED
