"""Git LFS pointers, read to the letter: weights are known by them and never fetched.

The format has exactly one valid encoding
(https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md): UTF-8 lines `key value`, `version`
first and the others in alphabetical order, the last line ended too, in less than 1,024 bytes.
"""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar

from snitch.frozen import dataclass

VERSION = "https://git-lfs.github.com/spec/v1"
OID = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
EXTENSION = re.compile(r"ext-([0-9])-[a-z0-9.-]+", re.ASCII)
CANONICAL = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n"
    rb"oid sha256:([0-9a-f]{64})\nsize ([1-9][0-9]{0,18})\n"
)
"""All that nearly every pointer is: one without extensions."""
KEY = re.compile(r"[a-z0-9.-]+", re.ASCII)
SIGNS = (b"git-lfs.github.com/spec", b"hawser.github.com/spec", b"oid sha256:", b"version http")
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Pointer:
    """A canonical pointer: the SHA-256 of the content in hexadecimal, and its size in bytes."""

    LIMIT: ClassVar[int] = 1024
    """A pointer is shorter than this."""

    oid: str
    size: int

    @property
    def text(self) -> str:
        """The one encoding of a pointer without extensions; that of nothing is empty."""
        lines = f"version {VERSION}\noid sha256:{self.oid}\nsize {self.size}\n"
        return lines if self.size else ""


@dataclass(frozen=True, slots=True)
class PointerFault:
    """Something that was meant as a pointer and is none; `reason` ends a sentence."""

    reason: str


EMPTY = Pointer(hashlib.sha256(b"").hexdigest(), 0)
"""What the empty file is: the one pointer of nothing at all."""


def parse_pointer(blob: bytes) -> Pointer | PointerFault | None:
    """A blob as a pointer; None for one that was never meant as any.

    Args:
        blob: The file's bytes; the first `Pointer.LIMIT + 1` of a longer one are enough.

    The empty file is `EMPTY`, of size 0. Never raises.
    """
    if not blob:
        return EMPTY
    usual = CANONICAL.fullmatch(blob)
    if usual is not None and int(usual[2]) <= LARGEST:
        return Pointer(usual[1].decode(), int(usual[2]))
    if not any(sign in blob[: Pointer.LIMIT] for sign in SIGNS):
        return None
    if len(blob) >= Pointer.LIMIT:
        return _overlong(blob)
    return _parse(blob)


def _overlong(blob: bytes) -> PointerFault | None:
    """Large contents may speak of LFS somewhere; only one that opens as a pointer is one."""
    if blob.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"version http"):
        return PointerFault("it is not shorter than 1,024 bytes")
    return None


def _parse(blob: bytes) -> Pointer | PointerFault:
    if fault := _form_fault(blob):
        return PointerFault(fault)
    pairs = [line.split(" ", 1) for line in blob.decode("ascii").split("\n")[:-1]]
    if any(len(pair) != 2 or not KEY.fullmatch(pair[0]) for pair in pairs):  # noqa: PLR2004 - key, value
        return PointerFault("a line is not of the form `key value`")
    keys = [key for key, _ in pairs]
    values = dict(zip(keys, (value for _, value in pairs), strict=True))
    if fault := _keys_fault(keys) or _values_fault(values):
        return PointerFault(fault)
    return Pointer(values["oid"].removeprefix("sha256:"), int(values["size"]))


def _form_fault(blob: bytes) -> str | None:
    if b"<<<<<<<" in blob or b">>>>>>>" in blob:
        return "it holds the marks of an unresolved merge conflict"
    if b"\r" in blob:
        return "its lines end with carriage returns"
    if not blob.isascii():
        return "it holds characters that no pointer has (a byte order mark, perhaps)"
    if not blob.endswith(b"\n"):
        return "its last line is not ended"
    return None


def _keys_fault(keys: list[str]) -> str | None:
    if keys[0] != "version":
        return "its first line is not `version`"
    if len(set(keys)) < len(keys):
        return "a key stands twice"
    if keys[1:] != sorted(keys[1:]):
        return "its keys are not in alphabetical order"
    if missing := {"oid", "size"} - set(keys):
        return f"it has no `{min(missing)}`"
    extensions = [EXTENSION.fullmatch(key) for key in keys if key not in {"version", "oid", "size"}]
    orders = [match[1] for match in extensions if match]
    if len(orders) < len(extensions):
        return "it has a key that the format does not know"
    return "two extensions have one priority" if len(set(orders)) < len(orders) else None


def _values_fault(values: dict[str, str]) -> str | None:
    if values["version"] != VERSION:
        return f"its version is not {VERSION}"
    if not OID.fullmatch(values["oid"]):
        return "its `oid` is not `sha256:` and 64 lower-case hexadecimal digits"
    if not SIZE.fullmatch(values["size"]) or int(values["size"]) > LARGEST:
        return "its `size` is not a plain number of bytes"
    if any(not OID.fullmatch(value) for key, value in values.items() if key.startswith("ext-")):
        return "an extension's value is not `sha256:` and 64 lower-case hexadecimal digits"
    return None
