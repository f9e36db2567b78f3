"""Tags: the names that people give to commits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.snapshots.git import Git

PREFIX = "refs/tags/"


def list_tags(git: Git) -> Mapping[str, tuple[str, ...]]:
    """From a commit's id to the tags on it, by name; a tag of a tag counts for its commit."""
    found: dict[str, list[str]] = {}
    out = git.run("for-each-ref", "--format=%(refname) %(objectname) %(*objectname)", PREFIX)
    for line in os.fsdecode(out).splitlines():
        name, own, *target = line.split(" ")
        commit = next(filter(None, target), own)
        found.setdefault(commit, []).append(name.removeprefix(PREFIX))
    return {commit: tuple(sorted(names)) for commit, names in found.items()}
