"""What is read from files by its annotations is a pydantic model: the library validates, not we."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from snitch.policy.model import Policy
from snitch.registry.layout import Layout
from snitch.registry.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_policy_layout_and_metadata_are_pydantic_models() -> None:
    assert all(issubclass(kind, BaseModel) for kind in (Policy, Layout, Metadata))


def test_no_annotation_is_a_text_that_every_hook_would_compile() -> None:
    ours = [kind for kind in below(BaseModel) if kind.__module__.startswith("snitch.")]
    assert len(ours) > 30
    assert [
        f"{kind.__name__}.{name}"
        for kind in ours
        for name, annotation in vars(kind).get("__annotations__", {}).items()
        if isinstance(annotation, str)
    ] == []


def below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)
