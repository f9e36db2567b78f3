"""Weights that are not in Git: pointers in metadata, normalised to the digest of the content."""

from __future__ import annotations

import posixpath
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from typing import NamedTuple

from snitch.documents import Located
from snitch.registry.fields import Scoped
from snitch.registry.keypath import decimal_of
from snitch.registry.keypath import dig
from snitch.registry.keypath import fill
from snitch.registry.keypath import text_of
from snitch.registry.patterns import groups_of
from snitch.registry.release import Weights

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route
    from snitch.registry.keypath import Match
    from snitch.registry.reading import Reading
    from snitch.registry.sources import PointerSource

ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
"""By the number of hexadecimal digits."""
_HEX = re.compile(r"[0-9a-f]{6,128}", re.ASCII)
_PREFIX = re.compile(r"(md5|sha-?1|sha-?256|sha-?384|sha-?512)[:=-]", re.ASCII)


class Pointer(NamedTuple):
    """One entry of a pointer file."""

    weights: Weights
    document: Document
    route: Route
    """Of the entry, or of the text, that is the pointer."""


def find_pointers(reading: Reading, sources: Iterable[PointerSource]) -> Iterator[Pointer]:
    """Every pointer that the sources lead to, each file name once."""
    seen: set[str] = set()
    for source in sources:
        for scope in _scopes(reading, source):
            for match in scope.matches(source.path, reading.captures):
                pointer = _pointer(source, scope, match)
                if pointer is None or not _stands(reading, source, pointer.weights.path):
                    continue
                if pointer.weights.path not in seen:
                    seen.add(pointer.weights.path)
                    yield pointer


def _scopes(reading: Reading, source: PointerSource) -> Iterator[Scoped]:
    if source.files:
        for path in reading.regular(source.files)[: reading.limits.max_files]:
            document = reading.document(path)
            yield Scoped(document, document.data)
    elif source.piece in reading.scopes:
        yield reading.scopes[source.piece]


def _stands(reading: Reading, source: PointerSource, path: str) -> bool:
    """Whether the file that must be beside it is there."""
    beside = fill(source.beside, {"path": posixpath.normpath(path)})
    return not beside or bool(reading.present((beside,)))


def _pointer(source: PointerSource, scope: Scoped, match: Match) -> Pointer | None:
    if not _points(source, match.value):
        return None
    captures: dict[str, str] = dict(match.captures)
    if isinstance(match.value, dict):
        captures |= {key: text for key, value in match.value.items() if (text := text_of(value))}
    written = text_of(dig(match.value, source.digest) if source.digest else match.value)
    name = _name(source, captures, written, scope)
    if source.only and not any(fnmatchcase(name, glob) for glob in source.only):
        return None
    if source.pattern and written is not None:
        written = (groups_of(source.pattern, written) or {}).get("digest")
    size = dig(match.value, source.size) if source.size else None
    bytes_ = decimal_of(size)
    weights = Weights(
        name,
        "external",
        digest_of(written, fill(source.algorithm, captures)),
        None if bytes_ is None else int(bytes_),
        pointer=Located(match.value, scope.document, match.route),
    )
    return Pointer(weights, scope.document, match.route)


def _points(source: PointerSource, value: Data) -> bool:
    """Whether a value can be a pointer: a text, or where keys are asked for an entry with them."""
    if isinstance(value, dict):
        return not source.has or source.has in value
    return not source.digest and isinstance(value, str)


def _name(
    source: PointerSource, captures: Mapping[str, str], written: str | None, scope: Scoped
) -> str:
    name = fill(source.file, captures)
    if name:
        return name
    # A URL names the file by its last part; a mirror is no other file.
    return (written or scope.document.path).rpartition("/")[2]


def digest_of(written: str | None, algorithm: str = "") -> str | None:
    """`md5:…`, `sha256:…` of a digest in whatever spelling; None for what is none.

    `md5:abc…`, `ABC…` and `abc….dir` are one spelling each of the same content. A part of a
    digest keeps its length as its kind: `hash8:bd6371c8`.
    """
    if written is None:
        return None
    text = written.strip().lower()
    prefix = _PREFIX.match(text)
    kind = prefix[1].replace("-", "") if prefix else algorithm.lower().replace("-", "")
    bare = text[prefix.end() :] if prefix else text
    bare, _, suffix = bare.partition(".")
    if _HEX.fullmatch(bare) is None or suffix not in ("", "dir"):
        return None
    if kind not in ALGORITHMS.values():
        kind = ALGORITHMS.get(len(bare), f"hash{len(bare)}")
    return f"{kind}:{bare}"
