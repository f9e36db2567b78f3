"""Which directories of a snapshot are models."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from typing import Protocol

from snitch.frozen import dataclass
from snitch.registry.foreign import NEVER_MODELS
from snitch.registry.globs import WILD
from snitch.registry.globs import matches
from snitch.registry.location import Location
from snitch.snapshots import Kind
from snitch.snapshots import directories_in
from snitch.snapshots.paths import Walk
from snitch.snapshots.paths import join
from snitch.snapshots.paths import parents
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.snapshots import Snapshot


class Pattern(Protocol):
    """One entry of the policy's `models`."""

    @property
    def path(self) -> str:
        """A glob of directories."""

    @property
    def exclude(self) -> tuple[str, ...]:
        """Globs of directories that it does not take."""

    @property
    def layout(self) -> str:
        """The layout's name."""


@dataclass(frozen=True, slots=True)
class DefaultPattern:
    """What is taken for a model when no policy says."""

    path: str
    exclude: tuple[str, ...] = ()
    layout: str = "snitch"


@dataclass(frozen=True, slots=True)
class Glob:
    """What is taken for a model because somebody says so, or could."""

    path: str
    layout: str
    exclude: tuple[str, ...] = ()


DEFAULT_PATTERNS = (DefaultPattern("models/*"), DefaultPattern("."))


def locate(
    snapshot: Snapshot,
    patterns: Sequence[Pattern],
    layouts: Mapping[str, Layout],
    limits: Limits,
) -> tuple[Location, ...]:
    """Every model of a snapshot, sorted by path."""
    return tuple(Places(snapshot, patterns, layouts, limits).values())


class Places(Mapping[str, Location]):
    """The models of a snapshot by their paths, sorted; the first pattern that takes one decides.

    All are listed when somebody counts or walks them. Until then a directory is looked at by
    itself: a change asks for a few of production's, which may be 100,000.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        patterns: Sequence[Pattern],
        layouts: Mapping[str, Layout],
        limits: Limits,
    ) -> None:
        self._snapshot = snapshot
        self._patterns = patterns or DEFAULT_PATTERNS
        self._layouts = layouts
        self._limits = limits
        self._inside = [one for one in patterns if layouts[one.layout].unit.each != "directory"]

    def __getitem__(self, path: str) -> Location:
        """The model at a path."""
        alone = not self._inside and "_found" not in vars(self)
        found = self._found_alone(path) if alone else self._found[path]
        return found if isinstance(found, Location) else Location(path, found)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def directories(self) -> tuple[str, ...]:
        """Of the models that are whole directories."""
        if not self._inside:
            return tuple(self._found)
        return tuple(path for path, found in self._found.items() if isinstance(found, str))

    @cached_property
    def others(self) -> tuple[Location, ...]:
        """The models that are files, or elements of files."""
        if not self._inside:
            return ()
        return tuple(found for found in self._found.values() if isinstance(found, Location))

    @cached_property
    def _found(self) -> Mapping[str, str | Location]:
        """Of a directory its layout's name: it takes less room than a place."""
        found: dict[str, str | Location] = {}
        for pattern in self._patterns:
            if pattern in self._inside:
                for path in self._expanded(pattern):
                    for location in self._in_files(path, pattern):
                        found.setdefault(location.path, location)
            else:
                layout = pattern.layout
                for path in self._directories(pattern):
                    found.setdefault(path, layout)
        names = sorted(found)
        # One glob's are sorted by themselves, and may be 100,000.
        return found if names == list(found) else {name: found[name] for name in names}

    def _found_alone(self, path: str) -> str:
        for pattern in self._patterns:
            if path in self._directories(pattern, path):
                return pattern.layout
        raise KeyError(path)

    def _directories(self, pattern: Pattern, toward: str | None = None) -> Iterable[str]:
        """The models that a pattern takes as whole directories."""
        paths = self._expanded(pattern, toward)
        every = _takes_every(pattern) and not pattern.exclude
        return [
            path
            for path in paths
            if (every and path) or is_model(self._snapshot, path, pattern, self._layouts)
        ]

    def _expanded(self, pattern: Pattern, toward: str | None = None) -> list[str]:
        return _expand(self._snapshot, pattern.path.strip("/").split("/"), toward)

    def _in_files(self, root: str, pattern: Pattern) -> Iterator[Location]:
        """The models that are files or elements of files, below a directory."""
        from snitch.registry.units import units  # noqa: PLC0415 - most layouts need none

        layout = self._layouts[pattern.layout]
        for location in units(self._snapshot, root, layout, pattern.layout, self._limits):
            if not excludes(pattern, location.file or ""):
                yield location


def _expand(snapshot: Snapshot, parts: list[str], toward: str | None) -> list[str]:
    """The directories that a glob names; with `toward` only those on the way to that one."""
    found, walk = [""], Walk()
    for part in parts[:-1] if parts[-1] == "." else parts:
        steps = (path for at in found for path in _step(snapshot, at, part, toward, walk))
        found = list(dict.fromkeys(steps))  # two `**` reach one directory in many ways
    return found


def _step(
    snapshot: Snapshot, directory: str, part: str, toward: str | None, walk: Walk
) -> list[str]:
    """The directories to which one part of a glob leads from a directory."""
    start = prefix(directory)
    if WILD.isdisjoint(part):
        entry = snapshot.entry(start + part)
        is_there = entry is not None and entry.kind is Kind.DIRECTORY
        return [start + part] if is_there else []
    names = _below(snapshot, directory, toward)
    walk.count(directory, len(names))
    if part == "**":
        deeper = (_step(snapshot, start + name, part, toward, walk) for name in names)
        return [directory, *chain.from_iterable(deeper)]
    return [start + name for name in names if part == "*" or fnmatchcase(name, part)]


def _below(snapshot: Snapshot, directory: str, toward: str | None) -> list[str]:
    """The names of directories in which models may be."""
    children = snapshot.children(directory)
    if toward is not None:
        inside = prefix(directory)
        name = toward[len(inside) :].partition("/")[0] if toward.startswith(inside) else ""
        children = {name: children[name]} if name in children else {}
    return [
        name
        for name in directories_in(children)
        if name not in NEVER_MODELS and not name.startswith(".")
    ]


def is_model(
    snapshot: Snapshot, path: str, pattern: Pattern, layouts: Mapping[str, Layout]
) -> bool:
    """Whether a directory that a pattern's glob matches is a model."""
    if excludes(pattern, path):
        return False
    if path and _takes_every(pattern):
        return True
    layout = layouts[pattern.layout]
    pieces = (*layout.files.config, *layout.files.metrics, *layout.metric_files)
    if not (layout.plain and pieces):
        return _holds(snapshot, path, layout)
    names = snapshot.children(path)
    if path and isinstance(pattern, DefaultPattern):
        pieces = (*pieces, *layout.files.changelog, "weights")
    return any(
        snapshot.entry(join(path, name)) is not None
        for name in pieces
        if (name in names or "/" in name)
    ) or (not layout.files.config and _holds(snapshot, path, layout))


def _takes_every(pattern: Pattern) -> bool:
    """Whether every directory that the glob names is a model, so that one without any metadata is.

    The root, `**` and the default patterns take those that hold a piece.
    """
    return "**" not in pattern.path and not isinstance(pattern, DefaultPattern)


def _holds(snapshot: Snapshot, path: str, layout: Layout) -> bool:
    """Whether a directory holds a piece that only a glob names."""
    from snitch.registry.files import resolve  # noqa: PLC0415 - most layouts need none

    names = (*layout.files.config, *layout.files.metrics)
    names = names or tuple(name for source in layout.metrics for name in source.files)
    return any(resolve(snapshot, path, name, {}) for name in names)


def owners(
    paths: Iterable[str], patterns: Sequence[Pattern]
) -> dict[str, tuple[Pattern, list[str]]]:
    """Directories that could be models and hold some of `paths`.

    Each with the pattern that takes it and those paths; a path belongs to the deepest directory
    that a pattern takes.
    """
    found: dict[str, tuple[Pattern, list[str]]] = {}
    memo: dict[str, tuple[str, Pattern] | None] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in memo:
            memo[folder] = owner(folder, patterns)
        held = memo[folder]
        if held is not None:
            found.setdefault(held[0], (held[1], []))[1].append(path)
    return found


def takes(pattern: Pattern, path: str) -> bool:
    """Whether a pattern's glob is of a path, and none of those that it leaves out."""
    return matches(path, pattern.path) and not excludes(pattern, path)


def excludes(pattern: Pattern, path: str) -> bool:
    """Whether a pattern leaves a path out."""
    return any(matches(path, glob) for glob in pattern.exclude)


def owner(directory: str, patterns: Sequence[Pattern]) -> tuple[str, Pattern] | None:
    """The deepest directory at or around one that a pattern takes, with that pattern."""
    for path in (directory, *parents(directory)):
        for pattern in patterns or DEFAULT_PATTERNS:
            if takes(pattern, path):
                return path, pattern
    return None
