"""Data of unknown shape, taken apart: each accessor gives the part, or nothing of that type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from snitch.documents.document import Number

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


def canonical(data: Data) -> str:
    """Any value as JSON, keys sorted, numbers as spelt: what is equal has one text."""
    match data:
        case Number():
            return data.text
        case dict():
            members = (f"{canonical(key)}: {canonical(data[key])}" for key in sorted(data))
            return f"{{{', '.join(members)}}}"
        case list():
            return f"[{', '.join(map(canonical, data))}]"
        case _:
            return json.dumps(data, ensure_ascii=False)
