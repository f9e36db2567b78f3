"""Names around models that differ by case or Unicode form only: some disks make one of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.belonging import inside_of
from snitch.engine.belonging import is_among
from snitch.registry.paths import folded
from snitch.snapshots.paths import join
from snitch.snapshots.paths import parents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.snapshots import Snapshot


def clashes(session: Session, selection: Selection) -> dict[str, str]:
    """From each path that the change brings to the one that it clashes with; in an audit of all.

    One of the two is a model or holds some: what clashes inside of a model is that model's.
    """
    candidate, models = session.candidate, selection.directories
    before = None if session.request.everything else session.baseline
    paths: Iterable[str] = models if before is None else selection.changed
    every = {at for path in paths for at in (path, *parents(path)) if at}
    new = (at for at in sorted(every) if before is None or before.entry(at) is None)
    twins = _Twins(candidate)
    return {
        at: other
        for at in new
        for other in twins.of(at)
        if any(is_among(it, models) or inside_of(it, models) for it in (at, other))
        # Of two new ones the second is told.
        and not (other in every and at < other)
    }


class _Twins:
    """What stands beside a path under a name that folds to the same."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._names: dict[str, dict[str, list[str]]] = {}

    def of(self, path: str) -> Iterator[str]:
        """Those of a path."""
        directory, _, name = path.rpartition("/")
        if directory not in self._names:
            self._names[directory] = _by_form(self._snapshot.children(directory))
        names = self._names[directory].get(folded(name), ())
        # What the change takes away clashes with nothing.
        return (join(directory, other) for other in names if name in names and other != name)


def _by_form(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(folded(name), []).append(name)
    return found
