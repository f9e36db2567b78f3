"""Data of unknown shape, taken apart: each accessor gives the part, or nothing of that type."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snitch.documents.document import Data


def table(data: Data, *keys: str) -> dict[str, Data]:
    """The mapping under these keys; empty where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def array(data: Data) -> list[Data]:
    """The list; empty where it is none."""
    return data if isinstance(data, list) else []


def text(data: Data) -> str:
    """The text; empty where it is none."""
    return data if isinstance(data, str) else ""
