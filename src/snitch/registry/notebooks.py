"""The code of notebooks, cell by cell, as an import may stand in it: read as JSON, never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.documents import Limits
from snitch.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route

MAX_NOTEBOOKS = 50
"""Notebooks of one model that are looked at."""
MAX_KIB = 2048
"""Of one notebook, its pictures included."""

KERNEL = frozenset({"IPython"})
"""What every Python kernel brings along: no requirement has to name it."""

_LIMITS = Limits(max_file_kib=MAX_KIB, max_text_kib=MAX_KIB)
"""A notebook is no metadata: its pictures are long texts."""
_PYTHON_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun", "%%memit")
"""Cell magics whose cell is Python all the same."""
_MAGIC = re.compile(r"(\s*)(?:[%!?]|[\w.]+\s*=\s*[%!]|[\w.]+\?{1,2}\s*$)")


class Cell(NamedTuple):
    """One code cell, its magics blanked out so that the rest parses; lines keep their number."""

    text: str
    routes: tuple[Route, ...]
    """Of each line of the text in the notebook."""


def read_notebook(path: str, blob: bytes) -> tuple[Document, tuple[Cell, ...]]:
    """A notebook and its Python cells; none of what is no notebook, or of another language."""
    document = read_document(path, blob, _LIMITS)
    return document, tuple(_cells(document))


def _cells(document: Document) -> Iterator[Cell]:
    cells = document.get("cells")
    language = document.get("metadata.kernelspec.language") or document.get(
        "metadata.language_info.name"
    )
    if not isinstance(cells, list) or language not in (None, "python"):
        return
    for index, cell in enumerate(cells):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            text, routes = _source(cell.get("source"), ("cells", index, "source"))
            if "import" in text:
                yield Cell(_plain(text), routes)


def _source(source: Data, route: Route) -> tuple[str, tuple[Route, ...]]:
    """Its text, and for each line the route of the string that holds it."""
    if isinstance(source, str):
        return source, (route,) * (source.count("\n") + 1)
    parts = source if isinstance(source, list) else []
    texts = [part if isinstance(part, str) else "" for part in parts]
    routes = [
        (*route, number) for number, text in enumerate(texts) for _ in range(text.count("\n"))
    ]
    return "".join(texts), (*routes, (*route, max(len(texts) - 1, 0)))


def _plain(text: str) -> str:
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("%%") and not first.startswith(_PYTHON_CELLS):
        return ""
    return "\n".join(_without_magic(line) for line in lines)


def _without_magic(line: str) -> str:
    magic = _MAGIC.match(line)
    return f"{magic[1]}pass" if magic else line
