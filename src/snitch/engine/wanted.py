"""Models that the command line names, by name or by path, and words that name none, or several."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from snitch.checks.wording import few
from snitch.findings import CannotJudgeError
from snitch.policy.nearest import nearest_or
from snitch.registry.discovery import owner
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.engine.session import Session
    from snitch.registry.location import Location
    from snitch.registry.names import Names


LISTED = "`snitch models` lists them"
SHOWN = 5
"""How many places of one name are told."""


def no_model(word: str, remedy: str) -> CannotJudgeError:
    """The error that a word is which names no model."""
    return CannotJudgeError(f"`{word}` is no model of this repository", remedy)


def empty() -> CannotJudgeError:
    """The error that no word at all is."""
    return CannotJudgeError("no model is named: the name is empty", LISTED)


def shared(ref: str, word: str, paths: Sequence[str]) -> CannotJudgeError:
    """The error that a name is which several directories have."""
    told = few([f"`{path}`" for path in paths], SHOWN)
    message = f"{ref} holds `{word}` more than once: {told}"
    return CannotJudgeError(message, "name one of these directories")


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
            raise no_model(word, nearest_or(word, sorted(names[at] for at in here), LISTED))
        found |= chosen
    return found


def path_from_root(session: Session, word: str) -> str | None:
    """The path that a word stands for where the run was started; None outside the repository."""
    root = os.path.realpath(session.repository.root)
    path = os.path.relpath(os.path.realpath(session.request.start / word), root)
    if path == ".":
        return ""
    return None if path.startswith("..") else path.replace(os.sep, "/")
