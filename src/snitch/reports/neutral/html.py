"""Text for HTML pages: elements' content and attributes in double quotes."""

from __future__ import annotations

import re
from html import escape

from snitch.reports.neutral.plain import plain

_QUOTED = re.compile("`([^`]+)`")


def html(text: str) -> str:
    """Return `text` as one line that is read, and never parsed, by a browser."""
    return escape(plain(text))


def prose(text: str) -> str:
    """Return `text` as content in which what stands between backticks is set as code."""
    neutral = html(text)
    return _QUOTED.sub(r"<code>\1</code>", neutral) if "`" in neutral else neutral
