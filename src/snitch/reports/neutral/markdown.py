"""Text for Markdown and HTML that platforms render.

Entities alone do not stop `@mentions`, `#1` or bare URLs, for platforms look for those in the
rendered text and leave alone only what stands in code. A backtick span ends at a backtick, a table
cell at a bar. So: a `<code>` element, and inside it every ASCII punctuation mark as a number, but
for those that mean nothing inside a line; the page's source stays readable for people.
"""

from __future__ import annotations

import re
from string import punctuation

from snitch.reports.neutral.characters import visible

_HARMLESS = frozenset("-,./=+;?'\"()")
_ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in punctuation if mark not in _HARMLESS}
# GitHub's parser makes links of mail addresses in decoded text, in code too, unless it is in parts.
_ENTITIES[ord("@")] += "<!-- -->"
# It also links what begins with `www.`; a colon before a number or a blank begins no address.
_WWW = re.compile(r"(?<=[wW])\.")
_COLON = re.compile(r"&#58;(?=[0-9 ]|$)")


def code(text: str, limit: int | None = None) -> str:
    """Return `text`, cut after `limit` characters, as an inert `<code>` element on one line."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    inert = _COLON.sub(":", visible(text).translate(_ENTITIES))
    return f"<code>{_WWW.sub('&#46;', inert)}</code>"
