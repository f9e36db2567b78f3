"""The registry as a static site: an index and a page a model, each complete in itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.catalog.index import index
from snitch.reports.catalog.model import model
from snitch.reports.catalog.names import address
from snitch.reports.catalog.script import SCRIPT
from snitch.reports.catalog.style import MORE
from snitch.reports.html.document import document
from snitch.reports.html.style import STYLE

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
    return document(f"{title} - model registry", body, STYLE + MORE, script)
