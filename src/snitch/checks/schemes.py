"""Version schemes other than PEP 440 that a layout may name: their form and their order."""

from __future__ import annotations

import re
from typing import Any

MAX_CHARS = 128

_NUMBER = r"(?:0|[1-9][0-9]{0,17})"
_SEMVER = re.compile(
    rf"v?({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-([0-9A-Za-z.-]{{1,64}}))?(?:\+[0-9A-Za-z.-]{{1,64}})?",
    re.ASCII,
)
_CALENDAR = re.compile(r"v?((?:19|20)[0-9]{2}(?:[.-]?[0-9]{1,9}){0,4})", re.ASCII)


def is_valid(text: str, scheme: str) -> bool:
    """Whether a text is a version of a scheme that is not PEP 440."""
    return key(text, scheme) is not None


def key(text: str, scheme: str) -> Any:  # noqa: ANN401 - keys of one scheme compare with each other
    """A sort key; None where the text is no version of the scheme, or the scheme has none."""
    if len(text) > MAX_CHARS:
        return None
    match scheme:
        case "semver":
            found = _SEMVER.fullmatch(text)
            if found is None:
                return None
            return (*(int(part) for part in found.groups()[:3]), *_pre_release(found[4]))
        case "calendar":
            found = _CALENDAR.fullmatch(text)
            return None if found is None else tuple(map(int, re.findall(r"[0-9]+", found[1])))
        case _:
            return None


def _pre_release(text: str | None) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """A pre-release sorts below its release, part by part, numbers below words."""
    if text is None:
        return 1, ()
    parts = text.split(".")
    return 0, tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
