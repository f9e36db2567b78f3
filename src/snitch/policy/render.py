"""A policy written back as YAML: what `snitch policy show MODEL` prints.

Loading the text gives the same policy again: numbers as spelt, everything that YAML could take
for something else in quotes.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from typing import Any

import yaml

from snitch.documents.document import MAX_NUMBER_CHARS

if TYPE_CHECKING:
    from snitch.policy.model import Policy

PLAIN = re.compile(r"[A-Za-z/.][A-Za-z0-9_./+ -]*[A-Za-z0-9_/+]|[A-Za-z]{2,}", re.ASCII)
SPOKEN = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|nan|inf|[.]nan|[.]inf)")
WIDTH = 100


def render(policy: Policy) -> str:
    """The whole policy with its defaults; what it extends is already in it.

    Returns:
        YAML text that `snitch.policy.load` reads as an equal policy, `extends` apart.
    """
    data = policy.model_dump(exclude_none=True, exclude={"extends"}, by_alias=True)
    text: str = yaml.dump(
        _plain(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )
    return text


class _Number(str):
    """Text that stands for itself, without quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - the library's shape
        return True


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    safe = PLAIN.fullmatch(text) is not None and SPOKEN.fullmatch(text) is None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if safe else '"')


def _number(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    kind = "int" if text.lstrip("-").isdecimal() else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(str, _string)
_Dumper.add_representer(_Number, _number)


def _plain(value: Any) -> Any:  # noqa: ANN401 - the shape of a policy
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case tuple() | list():
            return [_plain(part) for part in value]
        case Enum():
            return str(value.value)
        case Decimal():
            return _Number(spelt(value))
        case date():
            return value.isoformat()
        case _:
            return value


def spelt(number: Decimal) -> str:
    """A decimal as both YAML and a person read it: without an exponent where it is short."""
    text = format(number, "f")
    if len(text) <= MAX_NUMBER_CHARS:
        return text
    sign, digits, _ = number.as_tuple()
    head, *tail = (str(digit) for digit in digits)
    return f"{'-' if sign else ''}{head}.{''.join(tail) or '0'}e{number.adjusted():+d}"
