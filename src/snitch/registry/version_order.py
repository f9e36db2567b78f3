"""An order of versions for choosing the newest of several files, whatever their scheme."""

from __future__ import annotations

import re

_PART = re.compile(r"[0-9]{1,18}|[A-Za-z]+")


def key_of(version: str) -> tuple[int, object]:
    """A sort key: PEP 440 where it is one, else numbers and words part by part."""
    from packaging.version import InvalidVersion  # noqa: PLC0415 - heavy, and rarely needed
    from packaging.version import Version  # noqa: PLC0415

    try:
        return 1, Version(version[:128])
    except InvalidVersion:
        parts = _PART.findall(version)
        return 0, tuple((1, int(p), "") if p.isdigit() else (0, 0, p) for p in parts)
