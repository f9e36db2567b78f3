"""What the serving stack runs, read where the author of a change has no say, or not judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents import read_dependencies
from snitch.engine.legible import ILLEGIBLE
from snitch.findings import CannotJudgeError
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents import DependencyFile
    from snitch.documents import Limits
    from snitch.snapshots import Snapshot


def serving_constraints(
    path: str, production: Snapshot | None, candidate: Snapshot, limits: Limits
) -> DependencyFile:
    """The constraints as production holds them; the candidate's where it holds none to be read.

    Raises:
        CannotJudgeError: neither can be read whole: a line that is left out would limit nothing.
    """
    called = f"`{path}`, the policy's `dependencies.serving_constraints`,"
    reason, remedy = "is not there", f"commit `{path}`, or take the key out of the policy"
    for snapshot in (production, candidate):
        entry = None if snapshot is None else snapshot.entry(path)
        if snapshot is None or entry is None:
            continue
        remedy = f"mend `{path}` in a change of its own"
        if entry.kind is not Kind.FILE:
            reason = "is no file"
            continue
        found = read_dependencies(path, _reader(snapshot, limits), limits)
        wrong = _wrong(found)
        if wrong is None:
            return found
        reason = f"cannot be read: {wrong}"
    raise CannotJudgeError(f"{called} {reason}", remedy)


def _wrong(found: DependencyFile) -> str | None:
    """The first thing that keeps a file from being known whole."""
    for fault in found.faults:
        if fault.code in ILLEGIBLE:
            return fault.message
    for line, why in found.unparsable:
        return f"`{line.value}` ({line.place.path}, line {line.place.line}): {why}"
    return "it is no list of requirements" if found.broken else None


def _reader(snapshot: Snapshot, limits: Limits) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        try:
            return snapshot.read(path, limits.dependency_bytes)
        except FileNotFoundError:
            return None

    return read
