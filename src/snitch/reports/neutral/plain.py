"""Text for terminals, logs and files of plain lines.

CI runners obey what they read: GitHub's takes `::name::` wherever a line starts with it after
blanks, Azure's and GitHub's older one take `##vso[` and `##[` anywhere, TeamCity `##teamcity[`.
"""

from __future__ import annotations

import re

from snitch.brevity import shortened
from snitch.reports.neutral.characters import visible

QUOTE_LIMIT = 120
"""How many characters of a quoted value are shown."""

COMMAND = re.compile(r"(?<!\S):{2,}|:{3,}|#(?=#\w*\[)")
"""Where a runner's command may begin. Longer runs of colons count anywhere, so that a broken word
never starts its next line with two."""


def plain(text: str) -> str:
    """Return `text` as one harmless line."""
    return defused(visible(text))


def quoted(text: str) -> str:
    """Return `text` as one harmless line of at most about QUOTE_LIMIT characters."""
    return plain(shortened(text, QUOTE_LIMIT))


def defused(line: str) -> str:
    """Return `line` with whatever a runner could take for a command spelt out."""
    if "::" not in line and "##" not in line:
        return line
    return COMMAND.sub(lambda match: "".join(f"<U+{ord(c):04X}>" for c in match[0]), line)
