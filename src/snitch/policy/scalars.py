"""How a policy's scalars are read: strictly, from the spelling on the page.

YAML guesses types that a person did not write (`1.10` a float, `off` a boolean, `1_000` an
integer). Each type here accepts exactly one meaning and otherwise says how to write it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from typing import Any

from pydantic import BeforeValidator
from pydantic import Field
from pydantic import WithJsonSchema

from snitch.documents import Number
from snitch.documents.days import DAY
from snitch.findings import Severity

SHOWN = 40
"""How many characters of a wrong value a message repeats."""


def _amount(value: Any) -> Decimal:  # noqa: ANN401 - a document holds anything
    match value:
        case bool():
            decimal = None
        case Decimal() if value.is_finite():
            decimal = value
        case int():
            decimal = Decimal(value)
        case Number():
            decimal = value.decimal()
        case str() if value.endswith("%"):
            raise ValueError(
                "expected a plain decimal number; only `relative_tolerance` takes a percentage"
            )
        case str():
            raise ValueError("expected a plain decimal number, without quotes")
        case _:
            decimal = None
    if decimal is None:
        raise ValueError("expected a plain decimal number of at most 40 characters, such as 0.002")
    return decimal


def _share(value: Any) -> Decimal:  # noqa: ANN401 - a document holds anything
    if not (isinstance(value, str) and value.endswith("%")):
        return _amount(value)
    sign, digits, exponent = _amount(Number(value[:-1].rstrip(" "))).as_tuple()
    # Built from its digits: a division would round to the context's precision.
    return Decimal((sign, digits, int(exponent) - 2))


def whole(value: Any) -> int:  # noqa: ANN401 - a document holds anything
    """An integer, written as one.

    Raises:
        ValueError: it is anything else; the message says what was expected.
    """
    decimal = _amount(value)
    if decimal != decimal.to_integral_value() or "." in str(value):
        raise ValueError("expected a whole number")
    return int(decimal)


def _day(value: Any) -> date:  # noqa: ANN401 - a document holds anything
    if type(value) is date:
        return value
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value} is no day of the calendar") from None
    raise ValueError("expected a date as YYYY-MM-DD")


def _words(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    match value:
        case str():
            return value
        case Number(text):
            msg = f'expected text; write "{text[:SHOWN]}" in quotes'
        case bool():
            msg = "expected text; YAML reads this word as true or false, write it in quotes"
        case _:
            msg = "expected text"
    raise ValueError(msg)


def _text(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    text = _words(value)
    if not text.strip():
        raise ValueError("expected text that is not empty")
    if text != text.strip():
        raise ValueError("expected text without blanks at its ends")
    return text


def _tree_path(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    text = _text(value)
    return text.removeprefix("./") or text


def _digest(value: Any) -> str:  # noqa: ANN401 - a document holds anything
    return _text(value).lower().removeprefix("sha256:")


def _flag(value: Any) -> bool:  # noqa: ANN401 - a document holds anything
    if isinstance(value, bool):
        return value
    raise ValueError("expected true or false")


def _severity(value: Any) -> Severity:  # noqa: ANN401 - a document holds anything
    # `off` is a boolean to YAML; `severity_words` looks at what was written.
    if value is False:
        return Severity.OFF
    if isinstance(value, str):
        for severity in Severity:
            if value == severity.value:
                return severity
    raise ValueError("expected off, info, warning or error")


_SEVERITIES = {"enum": ["off", "info", "warning", "error", False], "title": "Severity"}
_SHARE = {
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^[0-9.]+ *%$"}],
    "examples": [0.01, "1%"],
}


def _number(**bounds: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "number", **bounds})


Amount = Annotated[Decimal, BeforeValidator(_amount), _number()]
Positive = Annotated[Decimal, Field(ge=0), BeforeValidator(_amount), _number(minimum=0)]
"""An amount of at least 0."""
Factor = Annotated[Decimal, Field(ge=1), BeforeValidator(_amount), _number(minimum=1)]
"""An amount of at least 1."""
Share = Annotated[Decimal, Field(ge=0), BeforeValidator(_share), WithJsonSchema(_SHARE)]
"""A part of something, as a number or as a percentage."""
Count = Annotated[int, Field(ge=0), BeforeValidator(whole)]
"""A whole number of at least 0."""
Some = Annotated[int, Field(ge=1), BeforeValidator(whole)]
"""A whole number of at least 1."""
Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[str, BeforeValidator(_words)]
"""Text that may be empty."""
Text = Annotated[str, Field(min_length=1), BeforeValidator(_text)]
TreePath = Annotated[str, Field(min_length=1), BeforeValidator(_tree_path)]
"""A path or glob from the root, which a leading `./` says once more."""
Digest = Annotated[
    str,
    Field(pattern=r"^[0-9a-f]{64}$"),
    BeforeValidator(_digest),
    WithJsonSchema({"type": "string", "pattern": r"^([Ss][Hh][Aa]256:)?[0-9A-Fa-f]{64}$"}),
]
"""A SHA-256, in whatever spelling; kept in lower-case hexadecimal without a prefix."""
Flag = Annotated[bool, BeforeValidator(_flag)]
SeverityWord = Annotated[Severity, BeforeValidator(_severity), WithJsonSchema(_SEVERITIES)]
