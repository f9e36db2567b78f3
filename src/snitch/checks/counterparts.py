"""Where the candidate has, or should have, what the deployed release has somewhere."""

from __future__ import annotations

import posixpath
from itertools import takewhile
from typing import TYPE_CHECKING

from snitch.findings import Place

if TYPE_CHECKING:
    from snitch.checks.standings import Key
    from snitch.registry.release import Release


def counterpart(candidate: Release, deployed: Release, path: str) -> str:
    """The candidate's file for one of the deployed release's, whose name may have changed."""
    own = candidate.pieces["metrics"]
    renamed = own.path not in deployed.documents
    if renamed and own.state == "present" and path == deployed.pieces["metrics"].path:
        return own.path
    within = posixpath.relpath(path, deployed.path or ".")
    return posixpath.normpath(posixpath.join(candidate.path, within))


def place_of_loss(candidate: Release, deployed: Release, key: Key) -> Place:
    """Where a metric is missing; of a family with many such files, in the one that held it."""
    if "metrics" in candidate.expected:
        return candidate.place("metrics" if key[0] is None else "slices", key=True)
    held = deployed.metrics[key].written
    path = counterpart(candidate, deployed, held.source.path)
    document = candidate.documents.get(path)
    # An element's number says nothing of another list.
    keys = tuple(takewhile(lambda part: isinstance(part, str), held.route))
    return Place(path) if document is None else document.place(keys, key=True)
