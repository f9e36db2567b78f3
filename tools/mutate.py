"""Mutation testing: `python -m tools.mutate src/snitch/checks src/snitch/engine`.

Each mutant of cosmic-ray's runs in a fork that has everything else loaded, against the tests that
reach its line, in seconds per hundred instead of per one. Nothing on the disk is changed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
from collections import Counter
from collections import defaultdict
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

from tools.mutants import mutants
from tools.reach import QUIET
from tools.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType
    from types import ModuleType

    from tools.mutants import Mutant
    from tools.reach import Reach

TESTS = ("tests/checks", "tests/engine")
LOADED = (
    "hypothesis",
    "git",
    "packaging.requirements",
    "markdown_it",
    "snitch.policy.load",
    "snitch.policy.verify",
    "snitch.registry.reader",
    "snitch.snapshots",
)
"""What every fork has from the start: all floors below those that are mutated."""
SECONDS = 60
"""A mutant that runs longer hangs, and is killed."""


class _Mutant(SourceFileLoader):
    """Loads one module with another text."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the protocol's shape
        """The mutant, compiled."""
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module, for its mutant to be loaded."""

    def __init__(self, loader: _Mutant) -> None:
        self.loader = loader

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's shape
        target: ModuleType | None = None,  # noqa: ARG002 - the same
    ) -> ModuleSpec | None:
        """The module's own spec, for its name alone."""
        if fullname != self.loader.name:
            return None
        where = self.loader.path
        return importlib.util.spec_from_file_location(fullname, where, loader=self.loader)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every mutant and print what survived; 1 where fewer than --bar percent were killed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutate", description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument("--sample", type=int, help="at most so many mutants, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bar", type=float, default=90.0, help="percent to be killed")
    given = parser.parse_args(arguments)
    sys.path[:0] = ["src", "tests"]
    for name in LOADED:
        importlib.import_module(name)
    reached = reach(given.sources, given.tests)
    every = [mutant for path in _files(given.sources) for mutant in mutants(path)]
    if given.sample is not None and given.sample < len(every):
        drawn = random.Random(given.seed).sample(range(len(every)), given.sample)  # noqa: S311 - no secret
        every = [every[index] for index in sorted(drawn)]
    killed, total = _run(every, reached)
    return _tell(killed, total, given.bar)


def _files(sources: Iterable[Path]) -> list[Path]:
    return [
        path
        for source in sources
        for path in (sorted(source.rglob("*.py")) if source.is_dir() else [source])
    ]


def _run(every: list[Mutant], reached: Reach) -> tuple[Counter[Path], Counter[Path]]:
    killed: Counter[Path] = Counter()
    total: Counter[Path] = Counter()
    for number, mutant in enumerate(every, 1):
        total[mutant.path] += 1
        lines = reached.get(str(mutant.path.absolute()), {})
        if _is_killed(mutant, _tests(lines, mutant.line)):
            killed[mutant.path] += 1
        else:
            print(f"survived  {mutant.path}:{mutant.line}  {mutant.operator}", flush=True)
        if number == len(every) or every[number].path != mutant.path:
            print(_line(mutant.path, killed[mutant.path], total[mutant.path]), flush=True)
    return killed, total


def _line(path: object, killed: int, total: int) -> str:
    return f"{killed:5} of {total:5} killed  {100 * killed / max(1, total):5.1f} %  {path}"


def _tests(lines: dict[int, frozenset[str]], line: int) -> list[str]:
    """The tests that run a line; for one that runs on import, those that run any line."""
    found = lines.get(line)
    if not found:
        found = frozenset(test for tests in lines.values() for test in tests)
    by_file = defaultdict(list)
    for test in sorted(found):
        by_file[test.partition("::")[0]].append(test)
    # Whatever tests a module most is the likeliest to notice.
    return [
        test
        for file in sorted(by_file, key=lambda one: -len(by_file[one]))
        for test in by_file[file]
    ]


def _is_killed(mutant: Mutant, tests: list[str]) -> bool:
    if not tests:
        return False
    child = os.fork()
    if not child:
        os._exit(_try(mutant, tests))
    _, status = os.waitpid(child, 0)
    return status != 0


def _try(mutant: Mutant, tests: list[str]) -> int:
    signal.alarm(SECONDS)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        name = ".".join(mutant.path.with_suffix("").parts).removeprefix("src.")
        name = name.removesuffix(".__init__")
        sys.meta_path.insert(0, _Finder(_Mutant(name, str(mutant.path), mutant.source())))
        import pytest  # noqa: PLC0415 - the parent must not run it
        from hypothesis import settings  # noqa: PLC0415 - the same

        settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
        settings.load_profile("mutants")
        return int(pytest.main([*QUIET, *tests]))
    except BaseException:  # noqa: BLE001 - whatever a mutant raises has noticed it
        return 1


def _tell(killed: Counter[Path], total: Counter[Path], bar: float) -> int:
    print(_line("all", killed.total(), total.total()))
    return 0 if 100 * killed.total() >= bar * total.total() else 1


if __name__ == "__main__":
    sys.exit(main())
