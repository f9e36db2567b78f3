"""An HTML page that is complete in itself: it asks nobody for anything, and may run nothing else.

Its style sheet, and the script of a page that has one, are inside of it, and its content policy
allows these very texts by their digests.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterable


def document(title: str, body: Iterable[str], style: str, script: str = "") -> str:
    """Return the page.

    The title is any text, the body HTML; the script runs once the body stands.
    """
    run = f"; script-src '{_digest(script)}'" if script else ""
    allowed = (
        f"default-src 'none'; style-src '{_digest(style)}'{run}; "
        "base-uri 'none'; form-action 'none'"
    )
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{html(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            *body,
            f"<script>{script}</script>\n" if script else "",
            "</body>\n</html>\n",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
