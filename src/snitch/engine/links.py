"""Links and submodules where the policy looks for models: nobody can judge what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.strays import NO_WEIGHTS
from snitch.registry.discovery import DEFAULT_PATTERNS
from snitch.registry.discovery import takes
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.registry.discovery import Pattern

NOT_FOLLOWED = (Kind.LINK, Kind.SUBMODULE)


def links(session: Session, selection: Selection) -> dict[str, str]:
    """Those that the change brings, by path, each with what it is."""
    globs = session.loaded.policy.models or DEFAULT_PATTERNS
    return {
        path: entry.kind.value
        for path in sorted(it for it in selection.changed if _is_models(it, globs))
        if (entry := session.candidate.entry(path)) is not None and entry.kind in NOT_FOLLOWED
    }


def _is_models(path: str, globs: Iterable[Pattern]) -> bool:
    """Whether a glob takes the path itself, and not as that of a file of another kind."""
    if path.rpartition(".")[2] in NO_WEIGHTS:
        return False
    return any(takes(glob, path) for glob in globs)
