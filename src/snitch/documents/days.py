"""Calendar days as metadata spell them: YYYY-MM-DD, and no year that can only be a slip."""

from __future__ import annotations

import re
from datetime import date

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
YEARS = range(2000, 2101)


def iso_day(text: str) -> date | None:
    """The day that a text spells; None for anything else, and outside of `YEARS`."""
    if DAY.fullmatch(text) is None or int(text[:4]) not in YEARS:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
