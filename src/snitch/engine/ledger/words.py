"""What is said of a word that names no model, or more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import few
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

LISTED = "`snitch models` lists them"
SHOWN = 5
"""How many places of one name are told."""


def empty() -> CannotJudgeError:
    """The error that no word at all is."""
    return CannotJudgeError("no model is named: the name is empty", LISTED)


def shared(ref: str, word: str, paths: Sequence[str]) -> CannotJudgeError:
    """The error that a name is which several directories have."""
    told = few([f"`{path}`" for path in paths], SHOWN)
    message = f"{ref} holds `{word}` more than once: {told}"
    return CannotJudgeError(message, "name one of these directories")
