"""Layouts: which file and key gives each field, as data."""

# Annotations are no texts here: pydantic would compile each, a fortieth of a hook's time.

import re
from functools import cache
from functools import cached_property
from pathlib import Path
from typing import Annotated
from typing import Literal

from pydantic import BeforeValidator
from pydantic import Field
from pydantic import ValidationError

from snitch.documents import Limits
from snitch.documents import read_document
from snitch.findings import CannotJudgeError
from snitch.findings import Severity
from snitch.registry.layout_values import Texts
from snitch.registry.metadata_fields import FIELDS
from snitch.registry.sources import ChangelogSource
from snitch.registry.sources import Field_
from snitch.registry.sources import LibrarySource
from snitch.registry.sources import MetricRule
from snitch.registry.sources import MetricSource
from snitch.registry.sources import PointerSource
from snitch.registry.sources import Recorded
from snitch.registry.sources import Unit
from snitch.registry.used_fields import validate
from snitch.strict import Strict

BUILT_IN = Path(__file__).with_name("layouts")
Scheme = Literal["pep440", "semver", "calendar", "opaque", "none"]


def _word(value: object) -> object:
    # YAML readers make a boolean of `off`.
    return "off" if value is False else value


SeverityWord = Annotated[Severity, BeforeValidator(_word)]


class Files(Strict):
    """File names of each piece, relative to the model's directory, the preferred one first.

    A model has at most one config, metrics file and changelog, any number of dependency files,
    and every file that a weights pattern takes. An empty list: this family keeps no such piece.
    Names may be globs and hold templates (`{name}`); of files and elements that are models, they
    are relative to the policy's directory.
    """

    config: Texts = ()
    """The main metadata file; of models that are files, the file itself without a name here."""
    metrics: Texts = ()
    """The metrics file of `fields: {metrics: …}`."""
    changelog: Texts = ()
    """The changelog, where it is a file."""
    dependencies: Texts = ()
    """Requirement files of any format."""
    weights: Texts = ()
    """Globs; `**` takes everything below."""
    others: dict[str, Texts] = Field(default={})
    """Further pieces by a name of their own, each read as data."""


class Layout(Strict):
    """One family of repositories."""

    description: str = ""
    """The family in a line."""
    unit: Unit = Unit.model_construct()
    """What one model is."""
    files: Files = Files.model_construct()
    """Where each piece is."""
    fields: dict[str, Field_] = Field(default={})
    """From a field's name to where it stands: `config:data.cutoff` is the key path
    `data.cutoff` in the config."""
    metrics: tuple[MetricSource, ...] = ()
    """Where measured numbers stand, besides `fields: {metrics: …, slices: …}`."""
    standards: dict[str, MetricRule] = Field(default={})
    """What the family knows of metrics, by globs of their names; the first glob counts, and one
    without capitals takes a name in any letter case."""
    pointers: tuple[PointerSource, ...] = ()
    """Digests of weights that are not in Git."""
    libraries: tuple[LibrarySource, ...] = ()
    """Libraries that metadata names."""
    changelog: ChangelogSource | None = None
    """A changelog inside another piece."""
    entry_fields: tuple[str, ...] = ("date", "author", "ticket", "summary")
    """Fields that the family's changelog entries can hold."""
    recorded: tuple[Recorded, ...] = ()
    """What a run recorded of its inputs."""
    measured_on: tuple[PointerSource, ...] = ()
    """Data whose digest belongs to the identity of every metric without a benchmark of its own."""
    optional: tuple[str, ...] = ()
    """Pieces that a model of this family may lack without a finding."""
    names: Literal["strict", "free"] = "free"
    """`strict`: names as the house layout wants them; `free`: whatever the family calls them."""
    version_scheme: Scheme = "pep440"
    """How versions are ordered: `opaque` ones are equal or not, and `none` is no version."""
    severities: dict[str, SeverityWord] = Field(default={})
    """Rules by code whose severity the family's habits lower; the policy has the last word."""

    @cached_property
    def routes(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Fields at plain key paths: from the field's name to (piece, keys)."""
        return {
            name: (source.piece, tuple(source.path.split(".")))
            for name, source in self.fields.items()
            if source.piece != "tag" and source.path and not set(source.path) & set('$*[]{}"')
            if not (source.pattern or source.text or source.convert)
        }

    @cached_property
    def sources(self) -> dict[str, Field_]:
        """All other fields."""
        return {name: it for name, it in self.fields.items() if name not in self.routes}

    @cached_property
    def tagged(self) -> bool:
        """Whether a field stands in a Git tag."""
        return any(source.piece == "tag" for source in self.fields.values())

    @cached_property
    def plain(self) -> bool:
        """One directory a model, and no glob among the names of single files."""
        names = (*self.files.config, *self.files.metrics, *self.files.changelog)
        wild = any(set(name) & set("*?[{") or name.startswith("..") for name in names)
        return self.unit.each == "directory" and not wild

    @cached_property
    def contained(self) -> bool:
        """Whether the files of a model's directory are all that a release is read from."""
        outside = any(name.startswith("..") for name in self.names_of_files)
        return self.plain and not (self.beyond or self.tagged or outside)

    @cached_property
    def release_files(self) -> tuple[str, ...] | None:
        """Globs of the files that say what a release is; None where other files name some."""
        files = self.files
        apart = {*files.changelog, *files.dependencies} - {*files.config, *files.metrics}
        names = [name for name in self.names_of_files if name not in apart]
        listed = any(source.listed for source in self.metrics)
        return None if listed else tuple(re.sub("{[^}]*}", "*", name) for name in names)

    @cached_property
    def names_of_files(self) -> tuple[str, ...]:
        """Every file name, glob and template in it."""
        files = self.files
        return (
            *(*files.config, *files.metrics, *files.changelog, *files.dependencies, *files.weights),
            *(name for names in files.others.values() for name in names),
            *(name for source in self.metrics for name in source.files),
            *(name for source in self.pointers for name in source.files),
        )

    @cached_property
    def metric_files(self) -> tuple[str, ...]:
        """Names of metric files that are no globs."""
        names = (name for source in self.metrics for name in source.files)
        return tuple(name for name in names if not set(name) & set("*?[{"))

    @cached_property
    def beyond(self) -> bool:
        """Whether it uses a mechanism that the house layout has no need of."""
        more = (self.metrics, self.pointers, self.libraries, self.recorded, self.measured_on)
        return any(more) or self.unit.each != "directory"

    @cached_property
    def not_applicable(self) -> frozenset[str]:
        """Fields that the family does not keep."""
        missing = {name for name in FIELDS if name not in self.fields}
        missing -= {name for name in missing if name.rpartition(".")[0] in self.fields}
        if self.version_scheme == "none":
            missing.add("version")
        known = ("date", "author", "ticket", "summary")
        missing |= {f"changelog.{name}" for name in known if name not in self.entry_fields}
        return frozenset(missing)


@cache
def built_in() -> tuple[str, ...]:
    """The names of the layouts that the package brings."""
    return tuple(sorted(file.stem for file in BUILT_IN.glob("*.yaml")))


def text_of_built_in(name: str) -> str:
    """A layout of the package as it is written.

    Raises:
        CannotJudgeError: there is none of that name.
    """
    if name not in built_in():
        message = f"unknown layout `{name}`"
        raise CannotJudgeError(message, f"use one of {', '.join(built_in())}")
    return BUILT_IN.joinpath(f"{name}.yaml").read_text(encoding="utf-8")


@cache
def load_built_in(name: str) -> Layout:
    """A layout of the package.

    Raises:
        CannotJudgeError: there is none of that name.
    """
    return parse_layout(f"{name}.yaml", text_of_built_in(name).encode())


def parse_layout(path: str, blob: bytes) -> Layout:
    """A layout from the bytes of its YAML file.

    Raises:
        CannotJudgeError: it is none; the message names the first thing that is wrong.
    """
    document = read_document(path, blob, Limits(), aliases=True)
    if document.broken:
        message = f"the layout `{path}` cannot be read: {document.faults[0].message}"
        raise CannotJudgeError(message, document.faults[0].remedy)
    try:
        return validate(Layout, document.data)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the whole"
        cause = problem.get("ctx", {}).get("error") or problem["msg"]
        message = f"the layout `{path}` is not valid: `{where}`: expected {cause}"
        remedy = (
            "`snitch layouts show dvc` prints one to start from; docs/layouts.md tells its keys"
        )
        raise CannotJudgeError(message, remedy) from None
