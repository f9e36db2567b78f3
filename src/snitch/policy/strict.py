"""The shape that every section of a policy shares."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic import ConfigDict


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a typo must never switch a limit off."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
