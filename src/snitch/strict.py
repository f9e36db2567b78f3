"""The shape of what people write for Snitch: every section of a policy, every part of a layout."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic import ConfigDict


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a typo must never switch a limit off."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
