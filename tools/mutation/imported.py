"""A mutant of what runs on import: tried where nothing of its module's floor is loaded yet."""

from __future__ import annotations

import importlib.abc
import importlib.util
import signal
import sys
from importlib.machinery import SourceFileLoader
from typing import TYPE_CHECKING

import pytest

from tools.mutation import inside
from tools.mutation.trials import KILLED
from tools.mutation.trials import SURVIVED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import CodeType
    from types import ModuleType

    from tools.mutation.mutants import Mutant

SECONDS = 600
"""A mutant that takes longer hangs, and is killed."""


def tried(mutant: Mutant, tests: Sequence[str], quiet: Sequence[str], _: Path) -> int:
    """Whether the tests notice the mutant."""
    if not tests:
        return SURVIVED
    loader = _Mutant(mutant.module, str(mutant.path.absolute()), mutant.source())
    sys.meta_path.insert(0, _Finder(loader))
    # A test is asked for with all its parameters: not every case's name can be given to pytest.
    names = dict.fromkeys(test.partition("[")[0] for test in tests)
    signal.alarm(SECONDS)
    status = pytest.main([*quiet, *names], [inside, _Chosen(frozenset(tests))])
    failed = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
    return KILLED if status in failed else SURVIVED


class _Chosen:
    """A pytest plugin that leaves out what was not asked for, such as tests that never pass."""

    def __init__(self, tests: AbstractSet[str]) -> None:
        self.tests = tests

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep those that are."""
        items[:] = [item for item in items if item.nodeid in self.tests]


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
