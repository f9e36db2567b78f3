"""Weights and models that tests bring: nobody deploys them, so a first policy leaves them out."""

from __future__ import annotations

from collections import defaultdict
from glob import escape
from typing import TYPE_CHECKING

from snitch.engine.strays import WEIGHTS
from snitch.engine.strays import has_config_and_metrics
from snitch.engine.strays import suffix_of
from snitch.registry.foreign import is_foreign
from snitch.registry.recognition import NOT_SHIPPED
from snitch.snapshots import Kind
from snitch.snapshots.paths import parents

if TYPE_CHECKING:
    from collections.abc import Collection

    from snitch.registry.layout import Layout
    from snitch.snapshots import Snapshot


def fixtures(snapshot: Snapshot, layout: Layout, models: Collection[str]) -> tuple[str, ...]:
    """Globs of the tests' directories that hold what looks like a model, and belong to none."""
    if "" in models:
        return ()
    found: set[str] = set()
    names: defaultdict[str, set[str]] = defaultdict(set)
    for path, entry in snapshot.files("").items():
        folder, _, name = path.rpartition("/")
        if entry.kind is Kind.FILE and _tests_around(folder) and not is_foreign(path):
            names[folder].add(name)
    for folder, inside in names.items():
        weights = any(suffix_of(name.lower()) in WEIGHTS for name in inside)
        if (weights or has_config_and_metrics(inside, layout)) and not any(
            at in models for at in (folder, *parents(folder))
        ):
            found.add(_tests_around(folder))
    return tuple(f"{escape(directory)}/**" for directory in sorted(found))


def _tests_around(folder: str) -> str:
    """The outermost directory of tests at or around one; `""` where there is none."""
    parts = folder.split("/")
    at = next((index for index, part in enumerate(parts) if part in NOT_SHIPPED), -1)
    return "/".join(parts[: at + 1])
