"""Files that lie in a repository and are somebody else's: what was installed, what is in hiding."""

from __future__ import annotations

NEVER_MODELS = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
"""Directories that hold other people's files even where they are committed."""


def is_foreign(path: str) -> bool:
    """Whether a file lies in such a directory, or in a hidden one."""
    if "/." not in path and not path.startswith(".") and NEVER_MODELS.isdisjoint(path.split("/")):
        return False
    folders = path.split("/")[:-1]
    return any(name in NEVER_MODELS or name.startswith(".") for name in folders)
