"""Files as data, each content parsed once: one file may hold hundreds of models."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.documents import Document
from snitch.documents import read_document

if TYPE_CHECKING:
    from snitch.documents import Limits
    from snitch.snapshots import Snapshot

DATA = (".yaml", ".yml", ".json", ".toml", ".csv", ".md", ".dvc", "dvc.lock", "MLmodel")


@lru_cache(maxsize=128)
def parsed(path: str, blob: bytes, limits: Limits) -> Document:
    """The file as data; one whose name tells no format is text alone, and no data."""
    if path.endswith(DATA):
        return read_document(path, blob, limits, aliases=True)
    from snitch.documents.encoding import decode  # noqa: PLC0415 - only for text

    decoded = decode(path, blob, limits.max_file_kib)
    if decoded.text is None:
        return Document(path, None, faults=decoded.faults, broken=True)
    return Document(path, None, decoded.text)


def document_at(snapshot: Snapshot, path: str, limits: Limits) -> Document:
    """The document at a path of a snapshot.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return parsed(path, snapshot.read(path, limits.file_bytes), limits)
