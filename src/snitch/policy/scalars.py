"""How a policy's scalars are read: strictly, from the spelling on the page."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated
from typing import Any

from pydantic import BeforeValidator
from pydantic import Field

from snitch.documents import Number
from snitch.findings import Severity

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _amount(value: Any) -> Decimal:  # noqa: ANN401 - a document holds anything
    if isinstance(value, Decimal):
        return value
    decimal = value.decimal() if isinstance(value, Number) else None
    if decimal is None:
        msg = "expected a plain decimal number"
        raise ValueError(msg)
    return decimal


def _share(value: Any) -> Decimal:  # noqa: ANN401 - a document holds anything
    if isinstance(value, str) and value.endswith("%"):
        return _amount(Number(value[:-1].strip())) / 100
    return _amount(value)


def _whole(value: Any) -> int:  # noqa: ANN401 - a document holds anything
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    decimal = _amount(value)
    if decimal != decimal.to_integral_value() or "." in str(value):
        msg = "expected a whole number"
        raise ValueError(msg)
    return int(decimal)


def _day(value: Any) -> date:  # noqa: ANN401 - a document holds anything
    if isinstance(value, date):
        return value
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value)
    msg = "expected a date as YYYY-MM-DD"
    raise ValueError(msg)


def _text(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    if isinstance(value, Number):
        msg = f'expected text; write "{value.text}" in quotes'
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueErrors
    if not isinstance(value, str) or not value:
        msg = "expected text"
        raise ValueError(msg)
    return value


def _severity(value: Any) -> Severity:  # noqa: ANN401 - a document holds anything
    # `off` is a boolean to YAML; the contract reads it as spelt.
    if value is False:
        return Severity.OFF
    try:
        return Severity(value)
    except ValueError:
        msg = "expected off, info, warning or error"
        raise ValueError(msg) from None


Amount = Annotated[Decimal, BeforeValidator(_amount)]
Share = Annotated[Decimal, BeforeValidator(_share)]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
SeverityWord = Annotated[Severity, BeforeValidator(_severity)]
