"""Text for Markdown and HTML that platforms render.

Entities alone do not stop `@mentions`, `#1` or bare URLs, for platforms look for those in the
rendered text and leave alone only what stands in code. A backtick span ends at a backtick, a table
cell at a bar. So: a `<code>` element, and inside it every ASCII punctuation mark as a number, but
for those that mean nothing inside a line; the page's source stays readable for people.
"""

from __future__ import annotations

import re
from string import punctuation

from snitch.brevity import shortened
from snitch.reports.neutral.characters import visible
from snitch.reports.neutral.plain import QUOTE_LIMIT

_HARMLESS = frozenset("-,./=+;?'\"()")
_ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in punctuation if mark not in _HARMLESS}
# GitHub's parser makes links of mail addresses in decoded text, in code too, unless it is in parts.
_ENTITIES[ord("@")] += "<!-- -->"
# It also links what begins with `www.`; a colon before a number or a blank begins no address.
_WWW = re.compile(r"(?<=[wW])\.")
_COLON = re.compile(r"&#58;(?=[0-9 ]|$)")


def code(text: str, limit: int | None = None) -> str:
    """Return `text`, cut after `limit` characters, as an inert `<code>` element on one line."""
    shown = text if limit is None else shortened(text, limit)
    inert = _COLON.sub(":", visible(shown).translate(_ENTITIES))
    return f"<code>{_WWW.sub('&#46;', inert)}</code>"


def quoted(text: str) -> str:
    """Return `text` as `code` with as much of it as a quoted value shows."""
    return code(text, QUOTE_LIMIT)
