"""Reads a release's per-item results, by its `items` block, from the snapshot that holds it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.documents.encoding import KIB
from snitch.documents.items import Table
from snitch.documents.items import read_items
from snitch.findings import Fault
from snitch.findings import Place
from snitch.registry.item_block import Block
from snitch.registry.item_block import RefusedError
from snitch.registry.item_columns import bad_cell
from snitch.registry.item_columns import column
from snitch.registry.item_scores import ItemScores
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import parse_pointer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from snitch.documents import Limits
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


def with_items(
    release: Release,
    snapshot: Snapshot,
    limits: Limits,
    stored: Callable[[str], Path | None] | None = None,
) -> Release:
    """A release with the per-item results that it names; as it is where it names none.

    `stored` tells where the local Git LFS store keeps a content, by its SHA-256; nothing is
    fetched.
    """
    if release.items is None:
        return release
    path = release.pieces["metrics"].path
    try:
        block = Block(release)
        path = block.path
        table = read_items(path, _bytes(block, snapshot, limits, stored), block.wanted, limits)
        return replace(release, item_scores=_scores(block, table))
    except RefusedError as error:
        faults = release.faults if error.fault is None else (*release.faults, error.fault)
        absent = ItemScores(path, reason=error.reason)
        return replace(release, item_scores=absent, faults=faults)


def _bytes(
    block: Block,
    snapshot: Snapshot,
    limits: Limits,
    stored: Callable[[str], Path | None] | None,
) -> bytes:
    path, limit = block.path, limits.max_items_kib * KIB
    try:
        blob = snapshot.read(path, limit)
    except FileNotFoundError:
        refused = block.invalid(("path",), f"a file: there is no `{path}`")
        raise RefusedError(refused.fault, f"`{path}` does not exist") from None
    pointer = parse_pointer(blob) if blob else None
    if not isinstance(pointer, Pointer):
        return blob
    content = None if stored is None else stored(pointer.oid)
    if content is None:
        reason = f"the content of `{path}` is not in the local Git LFS store (`git lfs pull`)"
        raise RefusedError(None, reason)
    with content.open("rb") as file:
        blob = file.read(limit + 1)
    if len(blob) <= limit and hashlib.sha256(blob).hexdigest() != pointer.oid:
        raise RefusedError(None, f"the local Git LFS store holds `{path}` damaged")
    return blob


def _scores(block: Block, table: Table) -> ItemScores:
    if table.fault is not None:
        raise RefusedError(table.fault, f"`{table.path}` cannot be read")
    lacking = sorted(({block.id} | block.numbers | block.texts) - table.columns.keys())
    needed = [name for name in lacking if name in block.numbers or name == block.id]
    if block.cluster in lacking:
        needed.append(block.cluster or "")
    if needed:
        message = f"`{table.path}` has no column `{needed[0]}`, which `items` names"
        fault = Fault("SNT004", Place(table.path, 1), message, "write it, or correct `items`")
        raise RefusedError(fault, message)
    ids = table.columns[block.id]
    if "" in ids:
        raise bad_cell(table, ids.index(""), block.id, "empty, expected the item's id")
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return ItemScores(
        table.path,
        ids=tuple([ids[i] for i in order]),
        scores=block.scores,
        numbers={name: column(table, name, order) for name in sorted(block.numbers)},
        texts={
            name: tuple([table.columns[name][i] for i in order])
            for name in sorted(block.texts)
            if name in table.columns
        },
        cluster=block.cluster,
    )
