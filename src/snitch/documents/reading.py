"""The door to every structured file: bytes in, a document out, whatever the bytes are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.documents.document import Document
from snitch.documents.encoding import decode
from snitch.documents.page import Page
from snitch.documents.refusal import UnreadableError
from snitch.documents.refusal import invalid
from snitch.documents.refusal import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.documents.document import Data
    from snitch.documents.document import Extents
    from snitch.documents.limits import Limits
    from snitch.findings import Fault

    Reading = tuple[Data, tuple[Fault, ...], Callable[[str], Extents]]

CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def read_document(path: str, blob: bytes, limits: Limits, *, aliases: bool = False) -> Document:
    """The file as data, by the suffix of its path; never raises, whatever the bytes.

    Args:
        path: The file, relative to the repository's root: `.yaml`, `.yml`, `.json`, `.toml`.
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
        data, faults, spans = _read(page, limits, aliases=aliases)
    except UnreadableError as error:
        return Document(path, None, page.text, (error.fault,), broken=True)
    except (RecursionError, MemoryError):
        fault = unreadable(
            page.whole,
            "The file asks for more memory than there is.",
            "Make the file smaller or flatter.",
        ).fault
        return Document(path, None, page.text, (fault,), broken=True)
    return Document(path, data, page.text, faults, spans=spans)


def _read(page: Page, limits: Limits, *, aliases: bool) -> Reading:
    if "<<<<<<<" in page.text or ">>>>>>>" in page.text:
        _refuse_conflict(page)
    match page.path[page.path.rfind(".") :].lower():
        case ".json":
            from snitch.documents import json_tree  # noqa: PLC0415 - read only what is asked for

            return (*json_tree.read(page, limits), json_tree.extents)
        case ".yaml" | ".yml":
            from snitch.documents import yaml_tree  # noqa: PLC0415 - PyYAML is heavy

            return (*yaml_tree.read(page, limits, aliases=aliases), yaml_tree.extents)
        case ".toml":
            from snitch.documents import toml_tree  # noqa: PLC0415 - read only what is asked for

            return (*toml_tree.read(page, limits), toml_tree.extents)
        case _:
            raise invalid(
                page.whole,
                "The name tells no format; `.yaml`, `.yml`, `.json` or `.toml` is expected.",
                "Rename the file.",
            )


def _refuse_conflict(page: Page) -> None:
    marker = CONFLICT.search(page.text)
    if marker is not None:
        raise invalid(
            page.at(*marker.span()),
            "A merge conflict is not resolved here.",
            "Keep the lines that are right and remove the conflict markers.",
        )
