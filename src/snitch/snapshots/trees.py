"""Git's tree objects: bytes to entries and back to the id, in Python, without a process a tree."""

from __future__ import annotations

import hashlib
import re
import stat
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = {
    2 * size: re.compile(rb"([0-7]{1,7}) ([^\0]*)\0(.{%d})" % size, re.DOTALL) for size in (20, 32)
}
"""By the length of an id."""
FORBIDDEN = frozenset({"", ".", "..", ".git"})
EXECUTABLE = 0o100

KINDS = {
    stat.S_IFREG: Kind.FILE,
    stat.S_IFDIR: Kind.DIRECTORY,
    stat.S_IFLNK: Kind.LINK,
    stat.S_IFDIR | stat.S_IFLNK: Kind.SUBMODULE,
}

MODES = {Kind.DIRECTORY: b"40000", Kind.LINK: b"120000", Kind.SUBMODULE: b"160000"}


def parse_tree(oid: str, data: bytes) -> Mapping[str, Entry]:
    """The entries of a raw tree object, sorted by name.

    Raises:
        CannotJudgeError: the bytes are no tree, or hold a name that Git itself never writes.
    """
    rows: list[tuple[bytes, bytes, bytes]] = ROWS[len(oid)].findall(data)
    # Between its three parts a row has a space and a zero.
    if sum(map(len, chain.from_iterable(rows))) + 2 * len(rows) < len(data):
        raise _refused(oid, "is cut short, or has an entry without a mode")
    entries: dict[str, Entry] = {}
    for mode, raw, blob in rows:
        name = name_of(raw)
        if name.lower() in FORBIDDEN or "/" in name or name in entries:
            raise _refused(oid, f"has the entry {name!r}, which Git itself never writes")
        kind, executable = kind_of(mode)
        entries[name] = Entry(kind, blob.hex(), executable)
    names = sorted(entries)
    # Git's own order is mostly this one.
    return entries if names == list(entries) else {name: entries[name] for name in names}


def blob_of(entry: Entry | None, path: str, *, link: bool = False) -> str:
    """The id of a file, or with `link` also of a link, that Git keeps.

    Raises:
        FileNotFoundError: the entry of the path is none, or something else.
    """
    kinds = (Kind.FILE, Kind.LINK) if link else (Kind.FILE,)
    if entry is None or entry.oid is None or entry.kind not in kinds:
        raise FileNotFoundError(path)
    return entry.oid


def name_of(raw: bytes) -> str:
    """A name as Git writes it, as a snapshot hands it out."""
    return raw.decode("utf-8", "surrogateescape")


def tree_entry(mode: int, oid: str) -> Entry:
    """An entry of Git's, by its mode."""
    kind = KINDS.get(stat.S_IFMT(mode), Kind.OTHER)
    return Entry(kind, oid, executable=kind is Kind.FILE and bool(mode & EXECUTABLE))


@lru_cache(maxsize=64)
def kind_of(mode: bytes) -> tuple[Kind, bool]:
    """What an entry is by its mode as Git writes it, and whether it is executable."""
    entry = tree_entry(int(mode, 8), "")
    return entry.kind, entry.executable


def tree_digest(entries: Mapping[str, Entry], algorithm: str) -> str:
    """The id that Git gives a tree of these entries, all of which have ids."""
    lines = sorted((_sort_key(name, entry), _line(name, entry)) for name, entry in entries.items())
    return object_digest("tree", b"".join(line for _, line in lines), algorithm)


def object_digest(kind: str, data: bytes, algorithm: str) -> str:
    """The id of an object: SHA-1 or SHA-256 of its header and its bytes."""
    return hashlib.new(algorithm, b"%s %d\0" % (kind.encode(), len(data)) + data).hexdigest()


def _sort_key(name: str, entry: Entry) -> bytes:
    raw = name.encode("utf-8", "surrogateescape")
    return raw + b"/" if entry.kind is Kind.DIRECTORY else raw


def _line(name: str, entry: Entry) -> bytes:
    mode = MODES.get(entry.kind, b"100755" if entry.executable else b"100644")
    raw = name.encode("utf-8", "surrogateescape")
    return mode + b" " + raw + b"\0" + bytes.fromhex(entry.oid or "")


def _refused(oid: str, why: str) -> CannotJudgeError:
    return CannotJudgeError(
        f"Git tree {oid} {why}",
        "run `git fsck`, and take the commit that holds it out of the branch",
    )
