"""Text and paths for SARIF, whose viewers make links of both."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from snitch.reports.neutral.plain import plain

_LIVE = re.compile(r"\](?=\()|\{(?=[0-9]+\})")
"""Where a viewer sees an embedded link, `[text](target)`, or a placeholder, `{0}`."""


def message(text: str) -> str:
    """Return `text` as one line of a SARIF message that links to nothing and takes no argument."""
    return _LIVE.sub(r"\g<0> ", plain(text))


@lru_cache(maxsize=1024)
def uri(path: str) -> str:
    """Return a path inside the repository as a percent-encoded relative reference.

    Steps that lead nowhere or upwards are dropped; the root itself is the empty string.
    """
    steps = (step for step in path.split("/") if step not in {"", ".", ".."})
    return "/".join(quote(step.encode("utf-8", "surrogatepass"), safe="") for step in steps)
