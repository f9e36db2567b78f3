"""A mutant put into the program that runs: the changed functions get their new code in place."""

from __future__ import annotations

import gc
import inspect
from types import CodeType
from types import FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path


def living(paths: Iterable[Path]) -> Mapping[str, Sequence[FunctionType]]:
    """Every function of these modules that was made, by file."""
    found: dict[str, list[FunctionType]] = {str(path.absolute()): [] for path in paths}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in found:
            found[one.__code__.co_filename].append(one)
    return found


def graft(functions: Sequence[FunctionType], before: str, after: str) -> bool:
    """Give every function of a module that differs its new code.

    False, and nothing done, where more than functions differ: what ran on import has to run anew.
    """
    changes = _changes(_compiled(before), _compiled(after))
    if changes is None:
        return False
    found = [[one for one in functions if one.__code__ == old] for old, _ in changes]
    if not all(found):
        return False
    for alike, (_, new) in zip(found, changes, strict=True):
        for function in alike:
            function.__code__ = new
    return True


def _compiled(text: str) -> CodeType:
    return compile(text, "mutant", "exec", dont_inherit=True)


def _changes(old: CodeType, new: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """The functions that differ, outermost first; None if a module's or class's own code does."""
    if _own(old) != _own(new):
        return None
    found = []
    for one, other in zip(_inner(old), _inner(new), strict=True):
        if one.co_flags & inspect.CO_OPTIMIZED:
            if not _same(one, other):
                found.append((one, other))
        elif (below := _changes(one, other)) is None:
            return None
        else:
            found += below
    return found


def _same(old: CodeType, new: CodeType) -> bool:
    return _own(old) == _own(new) and all(map(_same, _inner(old), _inner(new)))


def _own(code: CodeType) -> tuple[object, ...]:
    """All of a code but what is nested in it."""
    constants = [None if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    return (code.co_code, code.co_names, code.co_varnames, code.co_freevars, constants)


def _inner(code: CodeType) -> Iterator[CodeType]:
    return (one for one in code.co_consts if isinstance(one, CodeType))
