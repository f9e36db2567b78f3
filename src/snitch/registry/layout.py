"""Layouts: which file and key gives each field, as data."""

from __future__ import annotations

from functools import cache
from functools import cached_property
from importlib import resources

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import ValidationError

from snitch.documents import Limits
from snitch.documents import read_document
from snitch.findings import CannotJudgeError


class Files(BaseModel):
    """File names of each piece, relative to the model's directory, the preferred one first.

    A model has at most one config, metrics file and changelog, any number of dependency files,
    and every file that a weights pattern takes. An empty list: this family keeps no such piece.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    config: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    changelog: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    """Globs; `**` takes everything below."""


class Layout(BaseModel):
    """One family of repositories."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    description: str = ""
    files: Files
    fields: dict[str, str]
    """From a field's name to where it stands: `config:data.cutoff` is the key path
    `data.cutoff` in the config."""

    @cached_property
    def routes(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """From a field's name to (piece, keys)."""
        found = {}
        for name, where in self.fields.items():
            piece, _, keys = where.partition(":")
            found[name] = (piece, tuple(keys.split(".")))
        return found


@cache
def built_in() -> tuple[str, ...]:
    """The names of the layouts that the package brings."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in resources.files("snitch.registry").joinpath("layouts").iterdir()
            if entry.name.endswith(".yaml")
        )
    )


@cache
def load_built_in(name: str) -> Layout:
    """A layout of the package.

    Raises:
        CannotJudgeError: there is none of that name.
    """
    if name not in built_in():
        message = f"unknown layout `{name}`"
        raise CannotJudgeError(message, f"use one of {', '.join(built_in())}")
    file = resources.files("snitch.registry").joinpath("layouts").joinpath(f"{name}.yaml")
    document = read_document(f"{name}.yaml", file.read_bytes(), Limits())
    try:
        return Layout.model_validate(document.data)
    except ValidationError as error:
        message = f"the built-in layout `{name}` is damaged: {error.error_count()} problems"
        raise CannotJudgeError(message, "reinstall model-snitch") from None
