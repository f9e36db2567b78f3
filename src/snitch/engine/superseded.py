"""Older versions that a change adds or edits, where the newest one stands for the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.registry.discovery import excludes
from snitch.registry.discovery import owner
from snitch.registry.units import superseded
from snitch.snapshots.paths import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.registry.discovery import Pattern


def older_versions(session: Session, selection: Selection) -> dict[str, str]:
    """From the file of each such version to the newest one's, in directories that are touched."""
    touched = {folder_of(path) for path in selection.outside}
    return {
        file: newest
        for pattern in session.loaded.policy.models
        for file, newest in _older(session, pattern, touched)
        if folder_of(file) in touched and not excludes(pattern, file)
    }


def _older(session: Session, pattern: Pattern, touched: set[str]) -> Iterator[tuple[str, str]]:
    layout = session.layouts[pattern.layout]
    if not layout.unit.newest or layout.unit.each != "file":
        return
    held = (owner(folder, [pattern]) for folder in touched)
    for root in sorted({one[0] for one in held if one is not None}):
        for older, newest in superseded(session.candidate, root, layout, pattern.layout):
            if older.file is not None and newest.file is not None:
                yield older.file, newest.file
