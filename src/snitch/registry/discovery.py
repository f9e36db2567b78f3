"""Which directories of a snapshot are models."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from typing import Protocol

from snitch.frozen import dataclass
from snitch.registry.globs import ancestors
from snitch.registry.globs import matches
from snitch.registry.location import Location
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.snapshots import Snapshot

__all__ = [
    "DEFAULT_PATTERNS",
    "DefaultPattern",
    "Location",
    "Pattern",
    "is_model",
    "locate",
    "owners",
]

NEVER_MODELS = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
"""Directories that hold other people's files even where they are committed."""


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


DEFAULT_PATTERNS = (DefaultPattern("models/*"), DefaultPattern("."))


def locate(
    snapshot: Snapshot,
    patterns: Sequence[Pattern],
    layouts: Mapping[str, Layout],
    limits: Limits | None = None,
) -> tuple[Location, ...]:
    """Every model of a snapshot, sorted by path; the first pattern that takes one decides."""
    found: dict[str, Location] = {}
    for pattern in patterns or DEFAULT_PATTERNS:
        inside = layouts[pattern.layout].unit.each != "directory"
        for path in _expand(snapshot, "", pattern.path.strip("/").split("/")):
            if inside:
                for location in _inside(snapshot, path, pattern, layouts, limits):
                    found.setdefault(location.path, location)
            elif path not in found and is_model(snapshot, path, pattern, layouts):
                found[path] = Location(path, pattern.layout)
    return tuple(found[path] for path in sorted(found))


def _inside(
    snapshot: Snapshot,
    root: str,
    pattern: Pattern,
    layouts: Mapping[str, Layout],
    limits: Limits | None,
) -> Iterator[Location]:
    """Models that are files or elements of files."""
    from snitch.documents import Limits  # noqa: PLC0415 - a type above
    from snitch.registry.units import units  # noqa: PLC0415 - most layouts need none

    known = limits or Limits()
    for location in units(snapshot, root, layouts[pattern.layout], pattern.layout, known):
        if not any(matches(location.file or "", glob) for glob in pattern.exclude):
            yield location


def _expand(snapshot: Snapshot, directory: str, parts: list[str]) -> Iterator[str]:
    if not parts or parts == ["."]:
        yield directory
        return
    head, rest = parts[0], parts[1:]
    if head == "**":
        yield from _expand(snapshot, directory, rest)
    elif not any(wild in head for wild in "*?["):
        path = f"{directory}/{head}".lstrip("/")
        entry = snapshot.entry(path)
        if entry is not None and entry.kind is Kind.DIRECTORY:
            yield from _expand(snapshot, path, rest)
        return
    for name, entry in snapshot.children(directory).items():
        if entry.kind is not Kind.DIRECTORY or name.startswith(".") or name in NEVER_MODELS:
            continue
        path = f"{directory}/{name}".lstrip("/")
        if head == "**":
            yield from _expand(snapshot, path, parts)
        elif fnmatchcase(name, head):
            yield from _expand(snapshot, path, rest)


def is_model(
    snapshot: Snapshot, path: str, pattern: Pattern, layouts: Mapping[str, Layout]
) -> bool:
    """Whether a directory that a pattern's glob matches is a model.

    Every directory that a policy's one-level glob names is one, so that a model without any
    metadata is seen. The root, `**` and the default patterns take those that hold a piece.
    """
    if any(matches(path, excluded) for excluded in pattern.exclude):
        return False
    everything = path != "" and "**" not in pattern.path
    if everything and not isinstance(pattern, DefaultPattern):
        return True
    layout = layouts[pattern.layout]
    if not layout.plain:
        return _holds(snapshot, path, layout)
    names = snapshot.children(path)
    pieces = (*layout.files.config, *layout.files.metrics, *layout.metric_files)
    if path and isinstance(pattern, DefaultPattern):
        pieces = (*pieces, *layout.files.changelog, "weights")
    return any(
        snapshot.entry(f"{path}/{name}".lstrip("/")) is not None
        for name in pieces
        if (name in names or "/" in name)
    )


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
            memo[folder] = _owner(path, patterns)
        owner = memo[folder]
        if owner is not None:
            found.setdefault(owner[0], (owner[1], []))[1].append(path)
    return found


def _owner(path: str, patterns: Sequence[Pattern]) -> tuple[str, Pattern] | None:
    for directory in ancestors(path):
        for pattern in patterns or DEFAULT_PATTERNS:
            if matches(directory, pattern.path) and not any(
                matches(directory, excluded) for excluded in pattern.exclude
            ):
                return directory, pattern
    return None
