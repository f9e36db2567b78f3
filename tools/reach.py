"""Which tests run which lines, so that a mutant meets the tests that could notice it only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

LOADED_BEFORE = "ignore::pytest.PytestAssertRewriteWarning"
"""Hypothesis is loaded before pytest could rewrite its assertions, for speed."""
QUIET = (
    *("-q", "-n", "0", "-x", "-m", "not slow", "-W", LOADED_BEFORE),
    *("-p", "no:randomly", "-p", "no:cacheprovider"),
)
FORKED = "tests that run Snitch in a process of its own see no mutant, and do not count"

Reach = dict[str, dict[int, frozenset[str]]]
"""Source file to line to the tests, as pytest names them."""


def reach(sources: Sequence[Path], tests: Sequence[str]) -> Reach:
    """Run the tests once, in a process of their own, and note what each one touches.

    Raises:
        RuntimeError: they do not pass as they stand.
    """
    import coverage  # noqa: PLC0415 - patches the interpreter where it is imported

    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch, "coverage")
        child = os.fork()
        if not child:
            os._exit(_measure(sources, tests, data))
        _, status = os.waitpid(child, 0)
        if status:
            message = f"the tests do not pass without any mutant: {' '.join(tests)}"
            raise RuntimeError(message)
        found = coverage.CoverageData(str(data))
        found.read()
        names = _names(tests)
        return {
            file: {
                line: frozenset(names[context] for context in contexts if context in names)
                for line, contexts in found.contexts_by_lineno(file).items()
            }
            for file in found.measured_files()
        }


def _measure(sources: Sequence[Path], tests: Sequence[str], data: Path) -> int:
    import coverage  # noqa: PLC0415 - as above
    import pytest  # noqa: PLC0415 - only the child needs it

    include = [str(one / "*" if one.is_dir() else one) for one in map(Path.absolute, sources)]
    cover = coverage.Coverage(data_file=str(data), include=include, config_file=False)
    cover.set_option("run:dynamic_context", "test_function")
    cover.start()
    status = pytest.main([*QUIET, *tests])
    cover.stop()
    cover.save()
    return int(status)


def _names(tests: Sequence[str]) -> Mapping[str, str]:
    """Contexts as coverage spells them, `tests.checks.test_x.test_y`, to pytest's names."""
    import ast  # noqa: PLC0415 - only here

    found = {}
    for test in tests:
        root = Path(test)
        for path in sorted(root.rglob("test_*.py")) if root.is_dir() else [root]:
            module = ".".join(path.with_suffix("").parts)
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                    name = f"{path}::{node.name}"
                    for start in (module, module.removeprefix("tests."), path.stem):
                        found[f"{start}.{node.name}"] = name
    return found
