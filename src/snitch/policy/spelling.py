"""A text as YAML spells it: bare where every reader takes it for itself, else in double quotes."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./-]*[A-Za-z0-9_]", re.ASCII)
_SPOKEN = re.compile(r"(?i:yes|no|on|off|true|false|null|nan|inf)")


def scalar(text: str) -> str:
    """A scalar that YAML reads as this text."""
    safe = _PLAIN.fullmatch(text) is not None and _SPOKEN.fullmatch(text) is None
    return text if safe else in_quotes(text)


def in_quotes(text: str) -> str:
    """The same in double quotes, whatever the text holds."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
