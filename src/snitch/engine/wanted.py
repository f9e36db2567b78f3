"""Models that the command line names, by name or by path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.policy.nearest import nearest_or
from snitch.registry.discovery import owner
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.engine.session import Session
    from snitch.registry.location import Location
    from snitch.registry.names import Names


def wanted(session: Session, here: Mapping[str, Location], names: Names) -> set[str]:
    """The directories of the models that the request names.

    Raises:
        CannotJudgeError: a word is neither a model's name nor a path inside of one.
    """
    found: set[str] = set()
    for word in session.request.names:
        path = path_from_root(session, word)
        held = owner(path or "", session.loaded.policy.models)
        by_path = {held[0]} if held is not None and held[0] in here else set()
        below = {
            model
            for model, place in here.items()
            if path is not None and (model.startswith(prefix(path)) or place.file == path)
        }
        chosen = set(names.holders(word)) or by_path or below
        if not chosen:
            known = sorted(names[model] for model in here)
            message = f"`{word}` is no model of this repository, by name or by path"
            raise CannotJudgeError(message, nearest_or(word, known, "`snitch models` lists them"))
        found |= chosen
    return found


def path_from_root(session: Session, word: str) -> str | None:
    """The path that a word stands for where the run was started; None outside the repository."""
    root = os.path.realpath(session.repository.root)
    path = os.path.relpath(os.path.realpath(session.request.start / word), root)
    if path == ".":
        return ""
    return None if path.startswith("..") else path.replace(os.sep, "/")
