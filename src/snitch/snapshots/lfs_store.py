"""The contents that Git LFS keeps beside the repository: read where present, never fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.snapshots.lfs import OID

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.snapshots.repository import Repository


def local_object(repository: Repository, oid: str) -> Path | None:
    """Where the local LFS store of a repository keeps a content, None where it does not.

    Args:
        repository: The repository, whose working trees share one store.
        oid: The SHA-256 of the content: 64 hexadecimal digits.
    """
    if not OID.fullmatch(f"sha256:{oid}"):
        return None
    path = repository.location.common_dir / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
    return path if path.is_file() else None
