"""What is known of a model before it is read: where it stands, and what it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.findings import CannotJudgeError
    from snitch.registry.location import Location
    from snitch.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Selected:
    """One model to judge."""

    location: Location
    name: str
    deployed: Location | None
    """Where production holds the release that it is compared with."""
    change: str
    """added, modified, unchanged or moved."""
    renamed_from: str | None = None
    """The name under which production holds the model of this very directory."""
    twins: tuple[str, ...] = ()
    families: frozenset[str] | None = None
    """The families to run, None for all: a model whose own files are untouched is judged only
    by what depends on the file outside of it that changed."""
    copied_from: str | None = None
    """Of a new model: the one that production and the candidate keep, with the same weights."""
    source: Snapshot | None = None
    """Where the deployed release is read; None for the baseline itself."""
    trouble: CannotJudgeError | None = None
    """Why nobody can tell what it is called, or what it is compared with."""
