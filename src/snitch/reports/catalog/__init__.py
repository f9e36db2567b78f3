"""The registry as a static site: an index and a page a model, each complete in itself.

A page asks nobody for anything: its style sheet and the index's script are inside of it, and its
content policy allows these very two by their digests and no more.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from snitch.reports.catalog.index import index
from snitch.reports.catalog.model import model
from snitch.reports.catalog.names import address
from snitch.reports.catalog.script import SCRIPT
from snitch.reports.catalog.style import MORE
from snitch.reports.html.style import STYLE
from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.engine.ledger.catalog import Card
    from snitch.engine.ledger.catalog import Catalog


def pages(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each page's path and text, one after the other; those of the index come last."""

    def page(card: Card) -> tuple[str, str]:
        title = card.row.title
        return address(title), _page(title, model(card, catalog.overview))

    yield from catalog.each(page)
    for name, body in index(catalog.overview):
        yield name, _page("Models", [body], SCRIPT)


def _page(title: str, body: Iterable[str], script: str = "") -> str:
    style = STYLE + MORE
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
            f"<title>{html(title)} - model registry</title>\n<style>{style}</style>\n",
            "</head>\n<body>\n",
            *body,
            f"<script>{script}</script>\n" if script else "",
            "</body>\n</html>\n",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
