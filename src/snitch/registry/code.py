"""What a model's code imports: its scripts, and its notebooks' cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.registry.foreign import is_foreign
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from snitch.documents import Located
    from snitch.registry.reading import Reading


def imported(reading: Reading) -> tuple[Located[str], ...]:
    """Top-level modules that the model's code imports, each once, at its first place."""
    scripts, notebooks = _files(reading, ".py"), _files(reading, ".ipynb")
    if not scripts and not notebooks:
        return ()
    from snitch.registry.imports import scan  # noqa: PLC0415 - most models are data alone

    paths = scripts[: reading.limits.max_files]
    sources = _read(reading, paths, reading.limits.max_file_kib)
    if notebooks:
        from snitch.registry.notebooks import MAX_KIB  # noqa: PLC0415 - as above
        from snitch.registry.notebooks import MAX_NOTEBOOKS  # noqa: PLC0415

        sources |= _read(reading, notebooks[:MAX_NOTEBOOKS], MAX_KIB)
    local = {path.removesuffix(".py").rpartition("/")[2] for path in paths}
    local.update(part for path in paths for part in path.split("/")[:-1])
    root = reading.snapshot.children("")
    return tuple(
        module
        for module in scan(sources, local)
        if module.value not in root and f"{module.value}.py" not in root
    )


def _files(reading: Reading, suffix: str) -> list[str]:
    return [
        path
        for path, entry in reading.files.items()
        if path.endswith(suffix) and entry.kind is Kind.FILE and not is_foreign(path)
    ]


def _read(reading: Reading, paths: list[str], kib: int) -> dict[str, bytes]:
    return dict(zip(paths, reading.snapshot.read_many(paths, kib * 1024), strict=True))
