"""Text that stands for a value: converted only where a layout says how, else left as it is."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from snitch.documents import Number
from snitch.registry.keypath import decimal_of
from snitch.registry.keypath import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.registry.sources import Conversion

_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?", re.ASCII)
_TWO_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})[-/.]([0-9]{4})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])", re.ASCII)
_PROSE = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})|([A-Za-z]{3,9}) ([0-9]{1,2})(?:st|nd|rd|th)?)"
    r",? ([0-9]{4})",
    re.ASCII,
)
_NAIVE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")
_NAMES = "january february march april may june july august september october november december"
_MONTHS = _NAMES.split()
_DAYS_IN_A_MONTH = 12
_LATEST = 4_102_444_800


def convert(  # noqa: PLR0911 - one for each conversion
    value: Data, how: Conversion | None, others: Iterable[str] = ()
) -> Data:
    """The value, converted where its text has the shape; anything else comes back unchanged.

    `others` are dates of the same file, which decide between day and month.
    """
    match how:
        case None:
            return value
        case "names":
            return _names(value)
        case "text":
            return value.text if isinstance(value, Number) else value
        case "join":
            return _joined(value)
        case "milliseconds":
            return _from_milliseconds(value)
        case "date":
            text = text_of(value)
            return value if text is None else day_of(text, others) or value
        case "moment":
            return _moment(value)
        case _:
            return _number(value, how)


def _number(value: Data, how: str) -> Data:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if how == "percent":
        text = text.removesuffix("%").rstrip()
    if _THOUSANDS.fullmatch(text) and how in ("thousands", "percent"):
        text = text.replace(",", "")
    number = Number(text.removeprefix("+"))
    return value if number.decimal() is None else number


def _names(value: Data) -> Data:
    if isinstance(value, dict):
        lists = [item for item in value.values() if isinstance(item, list)]
        return [name for item in lists for name in item] if lists else list(value)
    return [value] if isinstance(value, str) else value


def _joined(value: Data) -> Data:
    if isinstance(value, list):
        return ", ".join(text for item in value if (text := text_of(item)))
    return value.text if isinstance(value, Number) else value


def _from_milliseconds(value: Data) -> Data:
    number = decimal_of(value)
    if number is None or not 0 < number / 1000 < _LATEST:
        return value
    from datetime import datetime  # noqa: PLC0415 - only where a layout asks for it
    from datetime import timezone  # noqa: PLC0415

    moment = datetime.fromtimestamp(int(number / 1000), timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(value: Data) -> Data:
    text = text_of(value)
    if text is None or _NAIVE.fullmatch(text.strip()) is None:
        return value
    day, clock = text.strip()[:10], text.strip()[11:]
    whole, _, fraction = clock.partition(".")
    return f"{day}T{whole}{'.' + fraction[:6] if fraction else ''}Z"


def day_of(text: str, others: Iterable[str]) -> str | None:
    """A date as `YYYY-MM-DD`; None where it is none, or where day and month could be swapped.

    `04/10/2026` alone is either; beside a `25/12/2025` in the same file it is the 4th of October.
    """
    bare = text.strip()
    for expression in (_ISO, _COMPACT):
        found = expression.fullmatch(bare)
        if found is not None:
            return _day(found[1], found[2], found[3])
    prose = _PROSE.fullmatch(bare)
    if prose is not None:
        month = _month(prose[2] or prose[3])
        return _day(prose[5], month, prose[1] or prose[4]) if month else None
    found = _TWO_FIRST.fullmatch(bare)
    if found is None:
        return None
    first, _, second, year = found.groups()
    order = _order([bare, *others])
    if order is None:
        return _day(year, first, second) if first == second else None
    day, month = (first, second) if order == "day" else (second, first)
    return _day(year, month, day)


def _order(texts: Iterable[str]) -> str | None:
    """Which comes first in dates of two digits first: told by one that can only be read one way."""
    told = set()
    for text in texts:
        found = _TWO_FIRST.fullmatch(text.strip())
        if found is not None:
            first, second = int(found[1]), int(found[3])
            if first > _DAYS_IN_A_MONTH >= second:
                told.add("day")
            elif second > _DAYS_IN_A_MONTH >= first:
                told.add("month")
    return told.pop() if len(told) == 1 else None


def _month(word: str) -> str | None:
    lower = word.lower().rstrip(".")
    found = [index for index, month in enumerate(_MONTHS, 1) if month.startswith(lower)]
    return str(found[0]) if len(found) == 1 else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def dates_in(values: Iterable[Data]) -> list[str]:
    """The texts that `others` of `convert` takes."""
    texts: Mapping[str, None] = dict.fromkeys(text for value in values if (text := text_of(value)))
    return [text for text in texts if _TWO_FIRST.fullmatch(text.strip())]
