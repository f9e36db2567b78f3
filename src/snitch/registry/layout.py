"""Layouts: which file and key gives each field, as data."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic import ConfigDict


class Layout(BaseModel):
    """One family of repositories; its built-in instances are YAML files in the package."""

    model_config = ConfigDict(extra="forbid", frozen=True)
