"""What is read from files by its annotations is a pydantic model: the library validates, not we."""

from __future__ import annotations

from pydantic import BaseModel

from snitch.policy.model import Policy
from snitch.registry.layout import Layout
from snitch.registry.metadata import Metadata


def test_policy_layout_and_metadata_are_pydantic_models() -> None:
    assert all(issubclass(kind, BaseModel) for kind in (Policy, Layout, Metadata))
