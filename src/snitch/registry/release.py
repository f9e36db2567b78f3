"""One version of a model as one snapshot holds it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from snitch.findings import Place
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from snitch.documents import Changelog
    from snitch.documents import Data
    from snitch.documents import DependencyFile
    from snitch.documents import Document
    from snitch.documents import Located
    from snitch.documents import Route
    from snitch.findings import Fault
    from snitch.findings import Severity
    from snitch.registry.item_scores import ItemScores
    from snitch.registry.metadata import Metadata
    from snitch.registry.sources import MetricRule
    from snitch.registry.sources import Source


SHA256 = "sha256:"
"""How a digest begins that a Git LFS pointer can name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a release: where it is, or where it should be."""

    state: str
    """`present`, `missing`, `broken` (a fault says why) or `not-applicable` (the layout keeps
    none)."""
    path: str
    """The file found, or the one that the layout expects."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured number."""

    name: str
    slice: str | None
    written: Located[Data]
    """The value as written, and where."""
    value: Decimal | None
    """None: what is written is no plain decimal number (REG306)."""
    n: int | None = None
    stderr: Decimal | None = None
    ci: tuple[Decimal, Decimal] | None = None
    identity: tuple[str | None, ...] = ()
    """Benchmark, split and revision (or digest) that a layout attaches to this very value; values
    of two identities are never compared. Empty: the release's benchmark."""
    measure: str = ""
    """What it measures, without the data that a layout's name template adds to `name`."""
    version: str = ""
    """Of one entry of a list: which version of the model it is of."""

    @property
    def key(self) -> tuple[str | None, str]:
        """(slice, name)."""
        return (self.slice, self.name)


@dataclass(frozen=True, slots=True)
class Weights:
    """One weights file."""

    path: str
    state: str
    """`pointer` (canonical LFS), `smudged` (content under an LFS pointer, recognised by its
    digest), `external` (a digest in metadata), `content` (raw bytes in Git), `malformed` (a
    pointer that is not canonical), `empty` or `missing`."""
    digest: str | None
    """`sha256:…`, `md5:…`: of the content, whatever the spelling; None where unknown."""
    size: int | None = None
    detail: str = ""
    """What is malformed."""
    pointer: Located[Data] | None = None
    """Of external weights: where the metadata points to them."""

    @property
    def sha256(self) -> str:
        """The 64 digits of that digest; empty where the weights are known by none."""
        digest = self.digest or ""
        return digest.removeprefix(SHA256) if digest.startswith(SHA256) else ""


@dataclass(frozen=True, slots=True)
class Drifted:
    """An input that is not what the recorded run used."""

    name: str
    """Such as `train.n_est`, or a data file."""
    actual: Located[Data]
    """As the repository holds it."""
    recorded: Located[Data]
    """As the run recorded it."""


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The deployed model measured again on the candidate's benchmark version."""

    version: str | None
    weights_sha256: str | None
    metrics: Mapping[tuple[str | None, str], Metric]
    written: Located[Data]


@dataclass(frozen=True)
class Release:
    """Everything that checks may know of a release. Values only; nothing reads later."""

    name: str
    path: str
    """The model's directory, `""` for the repository's root."""
    layout: str
    metadata: Metadata
    """Typed values; a field is None where it is absent or invalid (then a fault says so)."""
    fields: Mapping[str, Located[Data]]
    """Every field found, as written, by its dotted name: `data.cutoff`, `benchmark.version`,
    `evaluated_at`, … whether valid or not."""
    pieces: Mapping[str, Piece]
    metrics: Mapping[tuple[str | None, str], Metric] = field(default_factory=dict)
    worded: Mapping[tuple[str | None, str], Metric] = field(default_factory=dict)
    """Text and booleans that stand where the family has its numbers: names, dates, or metrics that
    are none."""
    versions: Mapping[tuple[str, tuple[str | None, str]], Metric] = field(default_factory=dict)
    """Of a list of a model's versions, the numbers of each by version and key; those of
    the newest are `metrics` too."""
    slice_sizes: Mapping[str, int] = field(default_factory=dict)
    """`n` of each slice that gives one."""
    incumbent: Incumbent | None = None
    items: Located[Data] | None = None
    """The block that names the per-item results, as written."""
    item_scores: ItemScores | None = None
    """These results, where there are any and somebody needs them (`registry.items`)."""
    changelog: Changelog | None = None
    dependencies: tuple[DependencyFile, ...] = ()
    weights: tuple[Weights, ...] = ()
    imports: tuple[Located[str], ...] = ()
    """Top-level modules that the model's code imports, each once, at its first place."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """Structured files by path."""
    faults: tuple[Fault, ...] = ()
    """All that is wrong with the files as such, metadata of the wrong type included."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """What every file of the model holds, by path relative to the model's directory: the
    content's digest of weights, Git's blob id of all else."""
    not_applicable: frozenset[str] = frozenset()
    """Fields that the layout does not have; of changelog entries `changelog.date` and so on."""
    expected: Mapping[str, Source] = field(default_factory=dict)
    """Fields that the layout reads, and where each stands."""
    version_scheme: str = "pep440"
    """How versions are ordered: pep440, semver, calendar, opaque (equal or not) or none."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Rules by code whose severity the layout lowers."""
    standards: Mapping[str, MetricRule] = field(default_factory=dict)
    """What the layout knows of metrics, by globs of their names; the first glob counts."""
    drifted: tuple[Drifted, ...] = ()
    """Inputs that are not what the recorded run used."""
    essences: Mapping[str, str] = field(default_factory=dict)
    """What a file says of this model, as a digest, by path relative to the model's directory:
    only its part of a shared file, without what the layout ignores, every pointer by its
    content. A file that is not listed says what `digests` gives."""
    address: str = ""
    """Where the model is: its directory, its file, or `FILE#NAME` of an element."""
    routes: Mapping[str, Route] = field(default_factory=dict)
    """Of a model that is an element of a file: where in it, by the file."""

    @property
    def slices(self) -> tuple[str, ...]:
        """The slices that have metrics, each once, in the order of the file."""
        return tuple(dict.fromkeys(slice_ for slice_, _ in self.metrics if slice_ is not None))

    def inside(self, path: str) -> str:
        """A path of the repository, relative to the model's directory where it lies in that."""
        return path.removeprefix(f"{self.path}/")

    def place(self, name: str, *, key: bool = False) -> Place:
        """Where a field stands; of an absent one, its nearest parent or the file for it."""
        located = self.fields.get(name)
        if located is not None:
            return located.key_place if key else located.place
        while "." in name:
            name = name.rpartition(".")[0]
            parent = self.fields.get(name)
            if parent is not None:
                return parent.key_place
        piece = "metrics" if name in _OF_METRICS else "config"
        path = self.pieces[piece].path if piece in self.pieces else self.path
        document = self.documents.get(path)
        return Place(path) if document is None else document.place(self.routes.get(path, ()))


_OF_METRICS = frozenset({"benchmark", "evaluated_at", "weights_sha256", "metrics", "slices"})
