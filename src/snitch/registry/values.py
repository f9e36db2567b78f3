"""Metadata's scalars: from the spelling on the page to typed values, strictly."""

from __future__ import annotations

import re
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timezone
from typing import Annotated
from typing import Any

from pydantic import BeforeValidator

from snitch.documents import Number
from snitch.documents.days import DAY
from snitch.documents.days import YEARS
from snitch.registry.keypath import decimal_of

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}", re.ASCII)
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)"
    r" ?([Zz]|[-+][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _text(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    if isinstance(value, str):
        return value
    raise ValueError("text")


def _spelling(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    return value.text if isinstance(value, Number) else _text(value)


def _name(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    if NAME.fullmatch(_text(value)):
        return str(value)
    raise ValueError("1 to 63 of a-z, 0-9, `.`, `_`, `-`, the first a letter or digit")


def _day(value: Any) -> date:  # noqa: ANN401 - a document holds anything
    text = _date_text(value, "a date as YYYY-MM-DD")
    if DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ValueError("a date that exists, as YYYY-MM-DD") from None
        if day.year in YEARS:
            return day
        raise ValueError("a date between 2000 and 2100")
    if MOMENT.fullmatch(text):
        return _moment(value, time.min).astimezone(timezone.utc).date()
    raise ValueError("a date as YYYY-MM-DD")


def _date_text(value: Any, expected: str) -> str:  # noqa: ANN401 - a document holds anything
    if isinstance(value, str):
        return value
    raise ValueError(expected)


def _moment(value: Any, of_day: time) -> datetime:  # noqa: ANN401 - a document holds anything
    text = _date_text(value, "a time as 2026-10-03T12:00:00Z")
    if DAY.fullmatch(text):
        return datetime.combine(_day(text), of_day, timezone.utc)
    found = MOMENT.fullmatch(text)
    if found is None:
        raise ValueError("a time as 2026-10-03T12:00:00Z")
    day, clock, zone = found.groups()
    if zone is None:
        raise ValueError("a time with its zone, as 2026-10-03T12:00:00Z")
    clock = clock if clock.count(":") > 1 else f"{clock}:00"
    whole, _, fraction = clock.partition(".")
    zone = "+00:00" if zone in "Zz" else zone
    try:
        moment = datetime.fromisoformat(f"{day}T{whole}.{fraction[:6]:0<6}{zone}")
        moment = moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise ValueError("a time that exists, as 2026-10-03T12:00:00Z") from None
    if moment.year in YEARS:
        return moment
    raise ValueError("a time between 2000 and 2100")


def _start(value: Any) -> datetime:  # noqa: ANN401 - a document holds anything
    return _moment(value, time.min)


def _end(value: Any) -> datetime:  # noqa: ANN401 - a document holds anything
    return _moment(value, time.max)


def _digest(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    bare = _text(value).lower().removeprefix("sha256:")
    if HEX.fullmatch(bare):
        return bare
    raise ValueError(f"64 hexadecimal digits (SHA-256), not {len(bare)} characters")


def _whole(value: Any) -> int:  # noqa: ANN401 - a document holds anything
    decimal = decimal_of(value)
    if decimal is None or decimal != decimal.to_integral_value():
        how = ", without quotes" if isinstance(value, str) else " in plain decimal digits"
        raise ValueError(f"a whole number{how}")
    return int(decimal)


def _features(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a document holds anything
    items = value if isinstance(value, list) else [None]
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    if all(isinstance(name, str) for name in names):
        return tuple(str(name) for name in names)
    raise ValueError("a list of names, or of mappings with `name`")


def _mapping(value: Any) -> bool:  # noqa: ANN401 - a document holds anything
    if isinstance(value, dict):
        return True
    raise ValueError("a mapping")


def _command(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a document holds anything
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise ValueError("a list of words, as [python, evaluate.py]")


def _inner_path(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    text = _text(value)
    return text.removeprefix("./") or text


Text = Annotated[str, BeforeValidator(_text)]
InnerPath = Annotated[str, BeforeValidator(_inner_path)]
"""A path from the model's directory, which a leading `./` says once more."""
Spelling = Annotated[str, BeforeValidator(_spelling)]
"""Text, or a number as the page spells it: versions."""
Name = Annotated[str, BeforeValidator(_name)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_start)]
"""In UTC; a mere day is its first instant."""
LastMoment = Annotated[datetime, BeforeValidator(_end)]
"""In UTC; a mere day is its last instant."""
Digest = Annotated[str, BeforeValidator(_digest)]
Whole = Annotated[int, BeforeValidator(_whole)]
Features = Annotated[tuple[str, ...], BeforeValidator(_features)]
Mapped = Annotated[bool, BeforeValidator(_mapping)]
"""True for a mapping of any content."""
Command = Annotated[tuple[str, ...], BeforeValidator(_command)]
