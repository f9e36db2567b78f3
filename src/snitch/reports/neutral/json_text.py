"""Values as JSON that every parser takes and no log obeys.

Half a surrogate pair is no text (strict parsers refuse the whole file), so it becomes visible;
all else survives exactly, as ASCII, and `##` is spelt so that no runner finds a command in it.
"""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def json_text(document: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401 - any JSON value
    """Return `document` as JSON that ends in a line break, on one line where `indent` is None.

    Raises:
        ValueError: A number is NaN or infinite.
    """
    text = json.dumps(document, ensure_ascii=True, allow_nan=False, indent=indent)
    if "\\ud" in text:
        # A surrogate, or half of one: rare enough to write everything again.
        text = json.dumps(_whole(document), ensure_ascii=True, allow_nan=False, indent=indent)
    return text.replace("##", "#\\u0023") + "\n"


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case str():
            return value if value.isascii() else _SURROGATE.sub(_code_point, value)
        case dict():
            return {key: _whole(item) for key, item in value.items()}
        case list() | tuple():
            return [_whole(item) for item in value]
        case _:
            return value


def _code_point(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"
