"""Which files bring one model's release to another branch, and no file of any other model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.surroundings import is_of_the_gate
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.engine.ledger.book import Environment
    from snitch.registry.location import Location
    from snitch.snapshots import Entry
    from snitch.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Move:
    """One model's release on its way."""

    model: str
    source: Environment
    location: Location
    """Where the source holds it."""
    replaced: Location | None
    """Where the target holds what it replaces."""
    directory: str
    """Where the target will hold it."""
    version: str | None
    version_before: str | None


def edits_of(target: Environment, moves: Sequence[Move]) -> dict[str, Entry | None]:
    """The files to write, and (None) to remove, so that the target holds what the sources hold.

    Raises:
        CannotJudgeError: a file of somebody else stands where one would be written.
    """
    removed: set[str] = set()
    added: dict[str, Entry] = {}
    for move in moves:
        if move.replaced is not None:
            removed.update(own_files(target, move.replaced))
    for move in moves:
        skip = len(move.location.path)
        for path, entry in own_files(move.source, move.location).items():
            there = f"{move.directory}{path[skip:]}" if skip else f"{move.directory}/{path}"
            there = there.lstrip("/")
            held = target.snapshot.entry(there)
            if there in added or (held is not None and held != entry and there not in removed):
                message = f"`{there}` is on both sides, and on the target no file of `{move.model}`"
                raise CannotJudgeError(message, "settle in a merge whose file it is")
            added[there] = entry
    return {**dict.fromkeys(removed), **added}


def own_files(environment: Environment, location: Location) -> Mapping[str, Entry]:
    """What `held` gives of a model that an environment holds.

    Raises:
        CannotJudgeError: the model is no directory.
    """
    if location.root is not None:
        message = f"`{location.path}` shares its files with other models"
        raise CannotJudgeError(message, "promote and roll back such models by a merge or a revert")
    return held(environment.snapshot, location.path, environment.inside(location.path))


def held(snapshot: Snapshot, directory: str, inside: Sequence[str]) -> Mapping[str, Entry]:
    """The files of a model's directory that are its own: no other model's, nor the gate's.

    At the root (`""`) the standard and the gate lie beside it; `inside` are the directories of
    models below it.
    """
    others = tuple(f"{path}/" for path in inside)
    return {
        path: entry
        for path, entry in snapshot.files(directory).items()
        if not path.startswith(others) and (directory or not is_of_the_gate(path))
    }
