"""The door to every structured file: bytes in, a document out, whatever the bytes are."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from typing import NoReturn
from typing import Protocol

from snitch.documents.document import Document
from snitch.documents.encoding import decode
from snitch.documents.page import Page
from snitch.documents.refusal import UnreadableError
from snitch.documents.refusal import invalid
from snitch.documents.refusal import unreadable

if TYPE_CHECKING:
    from snitch.documents.document import Data
    from snitch.documents.document import Extents
    from snitch.documents.limits import Limits
    from snitch.findings import Fault


class Format(Protocol):
    """A module that reads one format."""

    def read(
        self, page: Page, limits: Limits, max_aliases: int, /
    ) -> tuple[Data, tuple[Fault, ...]]:
        """The data and its single faults; raises UnreadableError."""

    def extents(self, text: str) -> Extents:
        """Where every value stands."""


YAML_NAMES = frozenset({"dvc.lock", "MLmodel"})
CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def read_document(path: str, blob: bytes, limits: Limits, *, aliases: bool = False) -> Document:
    """The file as data, by the suffix of its path; never raises, whatever the bytes.

    Args:
        path: The file, relative to the repository's root: `.yaml`, `.yml`, `.json`, `.toml`;
            also `.csv` (a list of rows), `.md` (front matter and sections) and the YAML files
            that tools give other names (`dvc.lock`, `*.dvc`, `MLmodel`).
        blob: Its bytes.
        limits: What may be read; passing one breaks the document with SNT001.
        aliases: Whether YAML aliases are expanded, up to `limits.max_aliases`.

    Returns:
        A document. One that could not be read is `broken`, holds no data and one fault that
        says why; an empty file holds None and is not broken.
    """
    decoded = decode(path, blob, limits.max_file_kib)
    if decoded.text is None:
        return Document(path, None, faults=decoded.faults, broken=True)
    page = Page(path, decoded.text)
    try:
        found = _format(_suffix(path)) or _refuse_nameless(page)
        if "<" in page.text or ">" in page.text:
            _refuse_conflict(page)
        data, faults = found.read(page, limits, limits.max_aliases if aliases else 0)
    except UnreadableError as error:
        return Document(path, None, page.text, (error.fault,), broken=True)
    except (RecursionError, MemoryError):
        fault = unreadable(
            page.whole,
            "the file asks for more memory than there is",
            "make the file smaller or flatter",
        ).fault
        return Document(path, None, page.text, (fault,), broken=True)
    return Document(path, data, page.text, faults, spans=found.extents)


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    if name in YAML_NAMES or name.endswith(".dvc"):
        return ".yaml"
    return path[path.rfind(".") :].lower()


@cache
def _format(suffix: str) -> Format | None:
    """The module that reads such files; imported where it is needed first."""
    match suffix:
        case ".json" | ".ipynb":
            from snitch.documents import json_tree  # noqa: PLC0415

            return json_tree
        case ".yaml" | ".yml":
            from snitch.documents import yaml_tree  # noqa: PLC0415 - PyYAML is heavy

            return yaml_tree
        case ".toml":
            from snitch.documents import toml_tree  # noqa: PLC0415

            return toml_tree
        case ".csv":
            from snitch.documents import csv_tree  # noqa: PLC0415

            return csv_tree
        case ".md":
            from snitch.documents import markdown_tree  # noqa: PLC0415

            return markdown_tree
        case _:
            return None


def _refuse_nameless(page: Page) -> NoReturn:
    raise invalid(
        page.whole,
        "the name tells no format; `.yaml`, `.yml`, `.json` or `.toml` is expected",
        "rename the file",
    )


def _refuse_conflict(page: Page) -> None:
    text = page.text
    marker = CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if marker is not None:
        raise invalid(
            page.at(*marker.span()),
            "a merge conflict is not resolved here",
            "keep the lines that are right and remove the conflict markers",
        )
