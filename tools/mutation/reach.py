"""Which tests run which lines, so that a mutant meets the tests that could notice it only."""

from __future__ import annotations

import gc
import importlib
import json
import os
from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TYPE_CHECKING

import coverage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import pytest


@dataclass(frozen=True, slots=True)
class Reach:
    """What one run of all tests told."""

    lines: Mapping[str, Mapping[int, Sequence[str]]]
    """Source file to line to the tests that run it, as pytest names them."""
    at_import: Mapping[str, AbstractSet[int]]
    """Source file to the lines that run without any test."""
    seconds: Mapping[str, float]
    """The processor's time that each test took that passed."""
    failed: Sequence[str]
    """The tests that do not pass as things stand, and judge no mutant."""

    def tests(self, path: Path, line: int) -> dict[str, float]:
        """Those that run a line, with how much each is about that line.

        That is what else of the module a test runs; a line counts the more, the nearer it is and
        the fewer tests run it. For a line that runs on import, those that run any. One that runs
        in processes of their own only has the tests of the line above it.
        """
        lines = self.lines.get(str(path.absolute()), {})
        depth: defaultdict[str, float] = defaultdict(float)
        for other, tests in lines.items():
            for test in tests:
                depth[test] += 1 / len(tests) / (1 + abs(other - line))
        found = set(lines.get(max((one for one in lines if one <= line), default=line), ()))
        if line in self.at_import.get(str(path.absolute()), ()):
            found = set(depth) or set(self.seconds)  # all of them, where no function is there
        return {test: depth[test] for test in found & self.seconds.keys()}

    def breadth(self) -> Mapping[str, int]:
        """How many lines each test runs in all."""
        every = (lines.values() for lines in self.lines.values())
        return Counter(test for lines in every for tests in lines for test in tests)


def measure(items: Sequence[pytest.Item], sources: Iterable[Path], scratch: Path) -> None:
    """Run the tests and leave notes of what each one touches, for `merged`."""
    cover = _coverage(sources, scratch / f"coverage-{os.getpid()}")
    watch = Watch()
    items[0].config.pluginmanager.register(watch)
    seconds, kept = {}, caches()
    cover.start()
    for item, following in zip(items, [*items[1:], None], strict=True):
        for cache in kept:
            cache.cache_clear()
        cover.switch_context(item.nodeid)
        start = _spent()
        if watch.passes(item, following):
            seconds[item.nodeid] = _spent() - start
    cover.stop()
    cover.save()
    notes = json.dumps([seconds, [item.nodeid for item in items]])
    (scratch / f"seconds-{os.getpid()}").write_text(notes, encoding="utf-8")


def caches() -> list[_lru_cache_wrapper[object]]:
    """What Snitch keeps from one call to the next, and would hide from the next test."""
    kept = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    return [one for one in kept if one.__module__.startswith("snitch.")]


def merged(scratch: Path, count: int, at_import: Mapping[str, AbstractSet[int]]) -> Reach:
    """What so many processes have noted.

    Raises:
        RuntimeError: one of them did not come to its end.
    """
    noted = list(scratch.glob("seconds-*"))
    if len(noted) < count:
        message = "a test ended the process that measures"
        raise RuntimeError(message)
    lines: dict[str, dict[int, list[str]]] = {}
    for data in scratch.glob("coverage-*"):
        found = coverage.CoverageData(str(data))
        found.read()
        for file in found.measured_files():
            of_file = lines.setdefault(file, {})
            for line, contexts in found.contexts_by_lineno(file).items():
                of_file.setdefault(line, []).extend(filter(None, contexts))
    seconds: dict[str, float] = {}
    every: list[str] = []
    for notes in noted:
        passed, run = json.loads(notes.read_text(encoding="utf-8"))
        seconds |= passed
        every += run
    return Reach(lines, at_import, seconds, sorted(set(every) - seconds.keys()))


def at_import(names: Iterable[str], sources: Iterable[Path]) -> Mapping[str, AbstractSet[int]]:
    """Import modules; file by file the lines that ran."""
    cover = _coverage(sources, None)
    cover.start()
    for name in names:
        importlib.import_module(name)
    cover.stop()
    data = cover.get_data()
    return {file: set(data.lines(file) or ()) for file in data.measured_files()}


class Watch:
    """A pytest plugin that knows whether a test passed."""

    def __init__(self) -> None:
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test is over."""
        self.failed |= report.failed

    def passes(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        """Run a test."""
        self.failed = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self.failed


def _spent() -> float:
    """Seconds of the processor, Git's among them: those do not depend on what else runs."""
    return sum(os.times()[:4])


def _coverage(sources: Iterable[Path], data: Path | None) -> coverage.Coverage:
    include = [str(one / "*" if one.is_dir() else one) for one in map(Path.absolute, sources)]
    return coverage.Coverage(data_file=data and str(data), include=include, config_file=False)
