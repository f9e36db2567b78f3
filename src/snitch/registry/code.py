"""What a model's code imports: its scripts, and its notebooks' cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.registry.imports import NOTEBOOK
from snitch.registry.imports import scan
from snitch.registry.notebooks import MAX_KIB
from snitch.registry.notebooks import MAX_NOTEBOOKS
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from snitch.documents import Located
    from snitch.registry.reading import Reading


def imported(reading: Reading) -> tuple[Located[str], ...]:
    """Top-level modules that the model's code imports, each once, at its first place."""
    paths = [
        path
        for path, entry in reading.files.items()
        if path.endswith(".py") and entry.kind is Kind.FILE
    ][: reading.limits.max_files]
    limit = reading.limits.max_file_kib * 1024
    sources = dict(zip(paths, reading.snapshot.read_many(paths, limit), strict=True))
    sources |= _notebooks(reading)
    local = {path.removesuffix(".py").rpartition("/")[2] for path in paths}
    local.update(part for path in paths for part in path.split("/")[:-1])
    local.update(name.removesuffix(".py") for name in reading.snapshot.children(""))
    return scan(sources, local)


def _notebooks(reading: Reading) -> dict[str, bytes]:
    paths = [
        path
        for path, entry in reading.files.items()
        if path.endswith(NOTEBOOK) and entry.kind is Kind.FILE
    ][:MAX_NOTEBOOKS]
    return dict(zip(paths, reading.snapshot.read_many(paths, MAX_KIB * 1024), strict=True))
