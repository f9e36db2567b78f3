"""Mutation testing: `python -m tools.mutate`, for the checks and the engine.

The tests run once under coverage, so that a mutant meets only those that reach its line. Each of
cosmic-ray's mutants is then put into a fork of a process that has all tests loaded, in seconds per
hundred instead of per one. Nothing on the disk is changed. Tests that run Snitch in a process of
its own see no mutant and do not count, except for those that do it by `judging.snitch`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pickle
import random
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import settings

from tools.mutation import imported
from tools.mutation import inside
from tools.mutation.asked import Asked
from tools.mutation.collected import Collected
from tools.mutation.mutants import mutants
from tools.mutation.reach import at_import
from tools.mutation.tally import Tally
from tools.mutation.trials import Order
from tools.mutation.trials import Outcome
from tools.mutation.trials import each

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from tools.mutation.mutants import Mutant

SOURCES = (Path("src/snitch/checks"), Path("src/snitch/engine"))
AREAS = "checks statistics engine adoption trust registry_commands layouts cli plugin"
TESTS = tuple(f"tests/{area}" for area in AREAS.split())
"""Where the sources are tested, by themselves or through a command."""
QUIET = (
    *("-q", "-s", "-n", "0", "-x", "-m", "not slow and not network"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # much is loaded before pytest starts
    *("-o", "tmp_path_retention_policy=failed"),
    *("-p", "no:randomly", "-p", "no:cacheprovider"),
)
LOADED = (
    "git",
    "packaging.requirements",
    "markdown_it",
    "snitch.policy.load",
    "snitch.policy.verify",
    "snitch.registry.reader",
    "snitch.snapshots",
)
"""What a mutant of a constant finds loaded: the floors below those that are mutated."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Try mutants and print what survived; 1 where fewer than --bar percent were killed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutate", description=__doc__)
    parser.add_argument("sources", nargs="*", type=Path, default=SOURCES)
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument("--sample", type=int, help="at most so many of a module, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--patience", type=float, default=20.0, help="seconds of tests a mutant")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reach", type=Path, help="keeps what the tests reach, or has kept it")
    parser.add_argument("--bar", type=float, default=90.0, help="percent to be killed")
    given = parser.parse_args(arguments)
    tally = Tally(given.sources, {path: [*mutants(path)] for path in _files(given.sources)})
    with tempfile.TemporaryDirectory() as scratch:
        asked = Asked(
            tally.drawn(given.sample, random.Random(given.seed)),  # noqa: S311 - no secret
            tally.modules(),
            given.sources,
            given.tests,
            given.patience,
            given.jobs,
            given.reach or Path(scratch, "reach"),
            Path(scratch),
            partial(print, flush=True),
        )
        for outcome in _outcomes(asked):
            tally.count(outcome)
    print("\n".join(tally.lines()))
    return 0 if 100 * min(tally.share(source)[0] for source in given.sources) >= given.bar else 1


def _files(sources: Sequence[Path]) -> Iterator[Path]:
    for source in sources:
        yield from sorted(source.rglob("*.py")) if source.is_dir() else [source]


def _outcomes(asked: Asked) -> Iterator[Outcome]:
    sys.path[:0] = ["src", "tests"]
    _settle()
    for name in LOADED:
        importlib.import_module(name)
    if not (child := os.fork()):
        os._exit(_collect(asked))
    if os.waitpid(child, 0)[1]:
        sys.exit("the tests cannot be collected")
    found: list[Outcome] = pickle.loads((asked.scratch / "outcomes").read_bytes())  # noqa: S301 - ours
    yield from found
    order = Order(pickle.loads(asked.reach.read_bytes()), asked.patience)  # noqa: S301 - ours
    done = {outcome.mutant for outcome in found}
    trials = _trials(order, [mutant for mutant in asked.mutants if mutant not in done])
    for trial in each(trials, asked.jobs, asked.scratch):
        outcome = Outcome(*trial)
        asked.tell(outcome)
        yield outcome


def _settle() -> None:
    """Let hypothesis draw the same for every mutant, and not look for the smallest failure."""
    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    settings.load_profile("mutants")


def _collect(asked: Asked) -> int:
    ran = at_import(asked.modules, asked.sources)
    silence = os.open(os.devnull, os.O_RDWR)
    voice = os.fdopen(os.dup(1), "w")
    os.dup2(silence, 1)
    heard = replace(asked, say=partial(print, file=voice, flush=True))
    plugins = [inside, Collected(heard, ran)]
    return int(pytest.main([*QUIET, *asked.tests], plugins))


def _trials(
    order: Order, every: Sequence[Mutant]
) -> Iterator[tuple[Mutant, Callable[[Path], int]]]:
    for mutant in every:
        yield mutant, partial(imported.tried, mutant, [*order.tests(mutant)], QUIET)


if __name__ == "__main__":
    sys.exit(main())
