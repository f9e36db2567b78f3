"""A text at the head of a YAML mapping, found without reading what follows.

An audit asks ten thousand configs for their names before it reads them one by one.
"""

from __future__ import annotations

import re
from functools import cache

from snitch.documents.yaml_scalars import resolve

_SIMPLE = rb"(?!%s:)[A-Za-z_]+: \w[\w .,+-]*"
"""A line that is a key and its value, whole, to every reader."""


def head_text(blob: bytes, key: str) -> str | None:
    """The text under a key that only comments and simple lines stand before.

    None where only the whole file tells. The rest of the bytes is not looked at: it may be broken,
    or hold the key again.
    """
    found = _head(key).match(blob)
    text = "" if found is None else found[1].decode()
    return text if text and isinstance(resolve(text), str) else None


@cache
def _head(key: str) -> re.Pattern[bytes]:
    word = key.encode()
    before = rb"(?:(?:#[ -~]*|" + _SIMPLE % word + rb")?\n)*"
    # An indented line after it could go on with the text.
    return re.compile(before + word + rb": ([A-Za-z][\w.-]*)(?:\n+[A-Za-z_#]|\n*\Z)")
