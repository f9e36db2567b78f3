"""Scalars and templates of a layout, checked as they are read: a typo never reads nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from typing import Any

from pydantic import BeforeValidator

from snitch.documents import Number
from snitch.registry.keypath import parse
from snitch.registry.patterns import compiled


def _decimal(value: Any) -> Any:  # noqa: ANN401 - a document holds anything
    number = value.decimal() if isinstance(value, Number) else value
    if isinstance(number, (int, Decimal)) and not isinstance(number, bool):
        return Decimal(number)
    message = "a plain decimal number"
    raise ValueError(message)


def _path(value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, str):
        parse(value)
    return value


def _pattern(value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, str) and value:
        compiled(value)
    return value


def several(value: Any) -> Any:  # noqa: ANN401 - as above
    """One value as a list of one."""
    return [value] if isinstance(value, (str, dict)) else value


Amount = Annotated[Decimal, BeforeValidator(_decimal, json_schema_input_type=float)]
KeyPath = Annotated[str, BeforeValidator(_path)]
"""See `snitch.registry.keypath`."""
Pattern = Annotated[str, BeforeValidator(_pattern)]
"""See `snitch.registry.patterns`."""
_ONE_OR_MORE = str | list[str]
Texts = Annotated[tuple[str, ...], BeforeValidator(several, json_schema_input_type=_ONE_OR_MORE)]
"""One text, or a list of them."""
KeyPaths = Annotated[
    tuple[KeyPath, ...], BeforeValidator(several, json_schema_input_type=_ONE_OR_MORE)
]
