"""Reads a release's per-item results, by its `items` block, from the snapshot that holds it."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import replace
from decimal import Context
from decimal import Decimal
from decimal import Inexact
from decimal import InvalidOperation
from itertools import repeat
from typing import TYPE_CHECKING

from snitch.documents.document import MAX_EXPONENT
from snitch.documents.document import MAX_NUMBER_CHARS
from snitch.documents.document import PLAIN_DECIMAL
from snitch.documents.document import Number
from snitch.documents.items import Table
from snitch.documents.items import read_items
from snitch.findings import Fault
from snitch.findings import Place
from snitch.registry.item_scores import Column
from snitch.registry.item_scores import ItemScores
from snitch.registry.item_scores import Score
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import parse_pointer

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from snitch.documents import Data
    from snitch.documents import Limits
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

KIB = 1024
MAX_BINS = 1_000
FEW = 1_000
BOOLEANS = {"true": "1", "True": "1", "false": "0", "False": "0"}
EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])
"""Forty digits times ten to the power of a hundred: nothing is ever rounded."""


class _RefusedError(Exception):
    def __init__(self, fault: Fault | None, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault
        self.reason = reason


def with_items(
    release: Release,
    snapshot: Snapshot,
    limits: Limits,
    stored: Callable[[str], Path | None] | None = None,
) -> Release:
    """A release with the per-item results that it names; as it is where it names none.

    Args:
        release: Read from `snapshot`.
        snapshot: Where the file of items is.
        limits: `max_items_kib` counts.
        stored: Where the local Git LFS store keeps a content, by its SHA-256; nothing is fetched.
    """
    if release.items is None:
        return release
    path = release.pieces["metrics"].path
    try:
        block = _Block(release)
        path = block.path
        table = read_items(path, _bytes(block, snapshot, limits, stored), block.wanted, limits)
        return replace(release, item_scores=_scores(block, table))
    except _RefusedError as error:
        faults = release.faults if error.fault is None else (*release.faults, error.fault)
        absent = ItemScores(path, reason=error.reason)
        return replace(release, item_scores=absent, faults=faults)


class _Block:
    """The `items` block, checked."""

    def __init__(self, release: Release) -> None:
        self.release = release
        located = release.items
        data = located.value if located is not None else None
        if not isinstance(data, dict):
            raise self.invalid((), "a mapping with `path`, `id` and `scores`")
        self.path = self._path(data.get("path"))
        self.id = self._name(data, "id") or "id"
        self.cluster = self._name(data, "cluster")
        scores = data.get("scores")
        if not isinstance(scores, dict):
            raise self.invalid(("scores",), "a mapping from metrics to columns")
        self.scores = {name: self._score(name, one) for name, one in scores.items()}
        slices = {name for name, _ in release.metrics if name is not None}
        named = {name.partition("=")[0] for name in slices if "=" in name}
        self.texts = named | ({self.cluster} if self.cluster is not None else set())
        labels = {score.label for score in self.scores.values() if score.label is not None}
        self.numbers = {score.column for score in self.scores.values()} | labels
        self.wanted = {self.id} | self.texts | self.numbers

    def invalid(self, route: tuple[str, ...], expected: str) -> _RefusedError:
        """The block says what it cannot: SNT004."""
        located = self.release.items
        name = ".".join(("items", *route))
        place = Place(self.release.path)
        if located is not None:
            place = located.source.place((*located.route, *route))
        message = f"`{name}` is not what it should be; expected {expected}"
        fault = Fault("SNT004", place, message, f"correct `{name}`, or take `items` out")
        return _RefusedError(fault, f"`{name}` is no {expected}")

    def _path(self, value: Data) -> str:
        if not isinstance(value, str) or not value:
            raise self.invalid(("path",), "a file's path")
        normal = posixpath.normpath(value.replace("\\", "/"))
        if normal.startswith(("/", "../")) or normal in {"..", "."} or normal[1:2] == ":":
            refused = self.invalid(("path",), "a path inside the model's directory")
            if refused.fault is not None:
                raise _RefusedError(replace(refused.fault, code="SNT005"), refused.reason)
            raise refused
        return f"{self.release.path}/{normal}".lstrip("/")

    def _name(self, data: Mapping[str, Data], key: str) -> str | None:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise self.invalid((key,), "the name of a column")
        return value

    def _score(self, metric: str, value: Data) -> Score:
        expected = "the name of a column, or a mapping with `score` and `label`"
        if isinstance(value, str):
            return Score(value)
        if not isinstance(value, dict):
            raise self.invalid(("scores", metric), expected)
        column, label = value.get("score"), value.get("label")
        if not isinstance(column, str) or not isinstance(label, str):
            raise self.invalid(("scores", metric), expected)
        bins, threshold = (_decimal(value.get(key)) for key in ("bins", "threshold"))
        if bins is not None and not (bins == int(bins) and 0 < bins <= MAX_BINS):
            raise self.invalid(("scores", metric, "bins"), f"a whole number up to {MAX_BINS}")
        return Score(column, label, None if bins is None else int(bins), threshold)


def _decimal(value: Data) -> Decimal | None:
    return value.decimal() if isinstance(value, Number) else None


def _bytes(
    block: _Block,
    snapshot: Snapshot,
    limits: Limits,
    stored: Callable[[str], Path | None] | None,
) -> bytes:
    path, limit = block.path, limits.max_items_kib * KIB
    try:
        blob = snapshot.read(path, limit)
    except FileNotFoundError:
        refused = block.invalid(("path",), f"a file: there is no `{path}`")
        raise _RefusedError(refused.fault, f"`{path}` does not exist") from None
    pointer = parse_pointer(blob) if blob else None
    if not isinstance(pointer, Pointer):
        return blob
    content = None if stored is None else stored(pointer.oid)
    if content is None:
        reason = f"the content of `{path}` is not in the local Git LFS store (`git lfs pull`)"
        raise _RefusedError(None, reason)
    with content.open("rb") as file:
        blob = file.read(limit + 1)
    if len(blob) <= limit and hashlib.sha256(blob).hexdigest() != pointer.oid:
        raise _RefusedError(None, f"the local Git LFS store holds `{path}` damaged")
    return blob


def _scores(block: _Block, table: Table) -> ItemScores:
    if table.fault is not None:
        raise _RefusedError(table.fault, f"`{table.path}` cannot be read")
    lacking = sorted(({block.id} | block.numbers | block.texts) - table.columns.keys())
    needed = [name for name in lacking if name in block.numbers or name == block.id]
    if block.cluster in lacking:
        needed.append(block.cluster or "")
    if needed:
        message = f"`{table.path}` has no column `{needed[0]}`, which `items` names"
        fault = Fault("SNT004", Place(table.path, 1), message, "write it, or correct `items`")
        raise _RefusedError(fault, message)
    ids = table.columns[block.id]
    if "" in ids:
        raise _bad_cell(table, ids.index(""), block.id, "empty, expected the item's id")
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return ItemScores(
        table.path,
        ids=tuple([ids[i] for i in order]),
        scores=block.scores,
        numbers={name: _column(table, name, order) for name in sorted(block.numbers)},
        texts={
            name: tuple([table.columns[name][i] for i in order])
            for name in sorted(block.texts)
            if name in table.columns
        },
        cluster=block.cluster,
    )


def _column(table: Table, name: str, order: list[int]) -> Column:
    texts = table.columns[name]
    if not texts:
        return Column((), 0)
    distinct = set(texts)
    if len(distinct) <= FEW:
        # Zeros and ones, mostly: each of them is read once.
        known = list(distinct)
        units, places = _numbers(table, name, known)
        found = dict(zip(known, units, strict=True))
        return Column(tuple([found[texts[i]] for i in order]), places)
    units, places = _numbers(table, name, texts)
    return Column(tuple([units[i] for i in order]), places)


def _numbers(table: Table, name: str, texts: Sequence[str]) -> tuple[list[int], int]:
    """The values of a column as integers of one unit, exact; a million of them in a second."""
    if not BOOLEANS.keys().isdisjoint(texts):
        texts = [BOOLEANS.get(text, text) for text in texts]
    long = max(map(len, texts)) > MAX_NUMBER_CHARS
    if long or not all(map(PLAIN_DECIMAL.fullmatch, texts)):
        raise _no_number(table, name, texts)
    if any("e" in text or "E" in text for text in texts):
        # A softmax underflows; what lies below 1e-60 is nothing.
        texts = ["0" if Decimal(text).adjusted() < -MAX_EXPONENT else text for text in texts]
        if any(Decimal(text).adjusted() > MAX_EXPONENT for text in texts):
            raise _no_number(table, name, texts)
    places = max(map(_places, texts))
    unit = Decimal(10) ** places
    return list(map(int, map(EXACT.multiply, map(Decimal, texts), repeat(unit)))), places


def _no_number(table: Table, name: str, texts: Sequence[str]) -> _RefusedError:
    bad = next(text for text in texts if Number(text).decimal() is None)
    found = f"`{bad[:MAX_NUMBER_CHARS]}`, expected a plain decimal number"
    return _bad_cell(table, table.columns[name].index(bad), name, found)


def _places(text: str) -> int:
    """The digits after the point that a plain decimal needs."""
    if "e" in text or "E" in text:
        return max(0, -int(Decimal(text).as_tuple().exponent))
    point = text.find(".")
    return 0 if point < 0 else len(text) - point - 1


def _bad_cell(table: Table, row: int, column: str, found: str) -> _RefusedError:
    message = f"`{column}` of item {row + 1} in `{table.path}` is {found}"
    fault = Fault(
        "SNT004", table.place(row), message, "mend the evaluation that wrote it, and run it again"
    )
    return _RefusedError(fault, f"`{column}` of item {row + 1} is {found}")
