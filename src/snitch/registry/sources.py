"""The mechanisms of a layout: each says where one kind of thing stands, in declarative keys.

Templates (`"{Dataset}.{key}"`) are filled with what a key path, a pattern or the model's unit
has kept under that name. `{name}`, `{folder}` and `{version}` of the model are always there.
"""

# Annotations are no texts here: pydantic would compile each, a fortieth of a hook's time.

from typing import Annotated
from typing import Any
from typing import Literal

from pydantic import BeforeValidator
from pydantic import Field

from snitch.registry.layout_values import Amount
from snitch.registry.layout_values import KeyPath
from snitch.registry.layout_values import KeyPaths
from snitch.registry.layout_values import Pattern
from snitch.registry.layout_values import Texts
from snitch.registry.layout_values import several
from snitch.strict import Strict

Conversion = Literal[
    "number", "percent", "thousands", "date", "moment", "milliseconds", "names", "text", "join"
]
"""`number`: text that is a plain number (`"0.91"`). `percent`: with a percent sign (`76.128%`),
which goes; the unit stays percent. `thousands`: with separators (`1,014.45`). `date`: any order
of day and month that leaves no doubt in the whole file. `moment`: ISO 8601; without a zone it is
UTC. `milliseconds`: since 1970. `names`: a list of names, or a mapping of lists. `text`: a number
as text. `join`: a list of texts as one, with commas."""


class Unit(Strict):
    """What one model is: a directory, a file, or an element (entry, row) of a file."""

    each: Literal["directory", "file", "element"] = "directory"
    """`directory`: what the policy's glob names. `file` and `element`: below that directory."""
    files: Texts = ()
    """Globs of the files that are models, or hold them, below the policy's directory."""
    at: KeyPaths = ()
    """Of an element: where in the file the models stand, as `Models[Name]` or `[model]` for the
    rows of a table; of several paths the first that leads anywhere."""
    pattern: Pattern = ""
    """Of the file's path below the policy's directory: named groups to keep, such as `name` and
    `version`; files that it does not match are no models."""
    name: str = ""
    """Template of the model's name; empty: the group `name`, what `at` kept, or the file's stem."""
    newest: bool = False
    """Of files with one name, only the one with the highest `version` is the model."""


class Source(Strict):
    """Where one field stands."""

    piece: str = "config"
    """The piece (of `files`) that holds it, or `tag`: the Git tags on the commit."""
    path: KeyPath = ""
    """The key path in it; several matches become a list."""
    pattern: Pattern = ""
    """Of a text file: the line that holds it, the value in the group `value`; together with
    `path`, of the text that stands there; of a tag, its name."""
    text: str = ""
    """Instead of a piece: a template, as `{version}` of the file's name."""
    convert: Conversion | None = None
    """What the text stands for."""


def _spelt(value: Any) -> Any:  # noqa: ANN401 - a document holds anything
    if isinstance(value, str):
        piece, _, path = value.partition(":")
        return {"piece": piece, "path": path}
    return value


Field_ = Annotated[Source, BeforeValidator(_spelt, json_schema_input_type=str | Source)]
"""A source, or its short form `piece:path`."""


class Listing(Strict):
    """Where another piece names files, as a pipeline names those of its metrics."""

    piece: str
    """The piece that names them."""
    path: KeyPath
    """To a name, a list of names, or a mapping by names; `${…}` in one stands for any text."""
    folder: KeyPath = ""
    """To the directory that the names are relative to; without one, it is the model's."""


class MetricSource(Strict):
    """Where measured numbers stand."""

    piece: str = "config"
    """The piece that holds them."""
    files: Texts = ()
    """Instead of a piece: globs of files, each read; `{stem}` and `{file}` are kept."""
    listed: Annotated[
        tuple[Listing, ...],
        BeforeValidator(several, json_schema_input_type=Listing | list[Listing]),
    ] = ()
    """Instead of a piece, or besides `files`: where another piece names such files."""
    path: KeyPaths = ("",)
    """To a number, or to a mapping: every number below it is a metric, nested names joined by
    dots; of several paths the first that leads anywhere."""
    pattern: Pattern = ""
    """Of a text (the file's, or the one that `path` leads to): each matching line is a metric, its
    number in the group `value`, all other groups kept. A file of one number alone needs no
    pattern but `(?P<value>.+)`."""
    last: bool = False
    """Of several lines only the last one counts, as in a log of steps."""
    only: Texts = ()
    """Globs of the flattened names that are taken; empty: all."""
    exclude: Texts = ()
    """Globs of the flattened names that are not taken."""
    unless: KeyPaths = ()
    """Not where one of these paths leads anywhere: another source reads such a file."""
    name: str = "{key}"
    """Template of the metric's name; `{key}` is its flattened name below `path`."""
    slice: str = ""
    """Template of the slice's name; empty: the whole data set."""
    version: str = ""
    """Template, where a list holds several versions of a model: which one an entry is. The
    newest counts, and an older one is compared with production's entry of that version."""
    also: dict[str, KeyPath] = Field(default={})
    """Further things to keep: from a name to a key path from the file's root."""
    benchmark: str = ""
    """Template: what the number was measured on. Of a benchmark, split or revision that changed,
    values are not compared."""
    split: str = ""
    """Template: which part of it."""
    revision: str = ""
    """Template: which version or digest of it."""
    n: str = ""
    """Template: how many items it was measured on."""
    convert: Conversion | None = None
    """What text stands for; text without a conversion is no metric."""
    strict: bool = False
    """Whether what is no number (text, a list) is an error; without it, it is one only where
    production has a number or the policy declares the metric."""


class MetricRule(Strict):
    """What the family knows of a metric. Each key that a policy gives takes its place."""

    direction: Literal["higher", "lower"] | None = None
    """Which way is better."""
    unit: Literal["fraction", "percent", "either"] | None = None
    """`percent`: amounts here are shares of 1, and a hundred times as much in the file.
    `either`: percent where the deployed value is above 1."""
    range: tuple[Amount, Amount] | None = None
    """The least and greatest value that the unit can give."""
    tolerance: Amount | None = None
    """The largest damage, absolute, that is no error."""
    relative_tolerance: Amount | None = None
    """The same as a share of the deployed value."""
    warn: Amount | None = None
    """A damage past this, inside the tolerance, is a warning."""
    ignore: bool = False
    """A counter, size, time or curve: no metric."""


class PointerSource(Strict):
    """Weights that are not in Git: a digest of them, in whatever spelling."""

    piece: str = "config"
    """The piece that holds it."""
    files: Texts = ()
    """Instead of a piece: globs of pointer files, each read."""
    path: KeyPath = ""
    """To an entry (a mapping), or to a text."""
    file: str = "{path}"
    """Template: what the file is called; an entry's own keys are kept."""
    digest: str = ""
    """Key of the digest in the entry."""
    pattern: Pattern = ""
    """Of the text: the digest in the group `digest`, as in a file name that ends with it."""
    algorithm: str = ""
    """Template: md5, sha1, sha256, …; empty: told by the digest's prefix or length."""
    size: str = ""
    """Key of the size in bytes."""
    only: Texts = ()
    """Globs of the file's name; others are no weights."""
    has: str = ""
    """A key that an entry must have; others are no pointers."""
    beside: str = ""
    """Template: a file that must exist; others are no weights."""


class LibrarySource(Strict):
    """Libraries that metadata names."""

    piece: str = "config"
    """The piece that holds them."""
    path: KeyPath
    """To a mapping from name to version, a list of requirements, or one version."""
    form: Literal["versions", "requirements", "conda", "version"] = "requirements"
    """`versions`: a mapping. `requirements`, `conda`: a list of lines. `version`: one text."""
    package: str = ""
    """Of one version: whose."""


class Recorded(Strict):
    """What a run recorded of its inputs, to compare with the inputs as they are."""

    piece: str
    """The piece that records, as a lock file."""
    path: KeyPath
    """To each recorded value."""
    file: str
    """Template: the file that holds the input itself."""
    at: str
    """Template: its key path there."""


class ChangelogSource(Strict):
    """A changelog inside another piece: a mapping from version to text, or a list of entries."""

    piece: str = "config"
    """The piece that holds it."""
    path: KeyPath
    """Where in it."""
