"""What a layout reads of a repository: every value with its place, and what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.brevity import shortened
from snitch.documents import Number
from snitch.findings import Place
from snitch.frozen import dataclass
from snitch.registry.discovery import DefaultPattern
from snitch.registry.discovery import Glob
from snitch.registry.discovery import locate
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.documents import Data
    from snitch.documents import Limits
    from snitch.registry.discovery import Pattern
    from snitch.registry.layout import Layout
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that was read."""

    what: str
    """`version`, `metric auc`, `weights model.pt`, …"""
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Inspected:
    """One model as the layout reads it."""

    name: str
    path: str
    found: tuple[Read, ...]
    missing: tuple[str, ...]
    """Fields and pieces that the layout knows and that are not there."""
    faults: tuple[str, ...]
    """What is wrong with the files, as `PATH:LINE: message`."""


def inspect(  # noqa: PLR0913 - each names another thing
    snapshot: Snapshot,
    layout: Layout,
    name: str,
    glob: str | None,
    limits: Limits,
    *,
    policy: Sequence[Pattern] = (),
) -> tuple[Inspected, ...]:
    """Every model that the layout finds, sorted by path.

    `glob` is of directories; without one, those that the policy names for this layout, or else
    `models/*`, and if there is none, the root.
    """
    named = tuple(pattern for pattern in policy if pattern.layout == name)
    tried: tuple[tuple[Pattern, ...], ...] = tuple(
        (DefaultPattern(path, (), name),) for path in ("models/*", ".")
    )
    if glob is not None:
        tried = ((Glob(glob, name),),)
    elif named:
        tried = (named,)
    for patterns in tried:
        places = locate(snapshot, patterns, {name: layout}, limits)
        if places:
            return tuple(
                _inspected(read_release(snapshot, place, layout, limits), place.path)
                for place in places
            )
    return ()


def _inspected(release: Release, path: str) -> Inspected:
    pieces = [
        f"{piece} ({state.path})"
        for piece, state in sorted(release.pieces.items())
        if state.state == "missing"
    ]
    read = list(_read(release))
    known = {one.what for one in read}
    fields = [name for name in release.expected if name not in known]
    faults = [
        f"{fault.place.path}:{fault.place.line or 1}: {fault.message}" for fault in release.faults
    ]
    return Inspected(release.name, path, tuple(read), (*pieces, *fields), tuple(faults))


def _read(release: Release) -> Iterator[Read]:
    for name, located in sorted(release.fields.items()):
        if located.value is not None and name not in ("metrics", "slices"):
            yield Read(name, shown(located.value), located.place)
    for metric in release.metrics.values():
        label = metric.name if metric.slice is None else f"{metric.name} of {metric.slice}"
        identity = [part for part in metric.identity if part]
        measured = f" (measured on {' '.join(identity)})" if identity else ""
        value = shown(metric.written.value) + measured
        yield Read(f"metric {label}", value, metric.written.place)
    for weights in release.weights:
        place = Place(weights.path) if weights.pointer is None else weights.pointer.place
        yield Read(f"weights {weights.path}", weights.digest or weights.state, place)
    for file in release.dependencies:
        for requirement in file.requirements:
            spelling = requirement.spelling
            yield Read(f"library {requirement.name}", spelling.value, spelling.place)
    for entry in release.changelog.entries[:1] if release.changelog is not None else ():
        yield Read("changelog's first entry", entry.version.value, entry.version.place)


def shown(value: Data) -> str:
    """A value in a line."""
    match value:
        case str():
            text = value
        case bool():
            text = str(value).lower()
        case Number(text):
            pass
        case list():
            text = f"a list of {len(value)}"
        case dict():
            text = f"a mapping of {len(value)}"
        case _:
            text = "nothing"
    return shortened(" ".join(text.split()), SHOWN)
