"""Bytes into text, the one way that every format shares: UTF-8, within a size, without NUL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents.page import Page
from snitch.findings import Fault
from snitch.findings import Place
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from typing import Final

BOM: Final = "\ufeff"
UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
KIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text; `text` is None exactly where a fault says why."""

    text: str | None
    """Without the byte order mark, and with LF where the file has CR LF."""
    faults: tuple[Fault, ...] = ()


def decode(path: str, blob: bytes, max_kib: int, limit: str = "max_file_kib") -> Decoded:
    """The text of a UTF-8 file; never raises.

    `limit` is what `Limits` calls the largest size, for the message.
    """
    if len(blob) > max_kib * KIB:
        return Decoded(None, (too_large(path, len(blob), max_kib, limit),))
    try:
        text = blob.decode("utf-8")
    except UnicodeDecodeError as error:
        return Decoded(None, (_not_utf8(path, blob, error.start),))
    if text.startswith(BOM):
        text = text[1:]
    if text.startswith(BOM):
        return Decoded(None, (_marked_twice(path, text),))
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if "\0" in text:
        return Decoded(None, (_with_nul(path, text),))
    return Decoded(text)


def too_large(path: str, size: int, max_kib: int, limit: str) -> Fault:
    """A file of `size` bytes is larger than so many KiB, which `limits` calls `limit`: SNT001."""
    return Fault(
        "SNT001",
        Place(path),
        f"the file has {size} bytes; at most {max_kib} KiB are read (`limits.{limit}`)",
        f"make the file smaller, or raise `limits.{limit}` in the policy",
    )


def _not_utf8(path: str, blob: bytes, start: int) -> Fault:
    if blob.startswith(UTF_16_MARKS):
        found = "the file is UTF-16; UTF-8 is expected"
    else:
        found = f"byte 0x{blob[start]:02x} is no UTF-8; the file must be UTF-8 throughout"
    before = blob[:start].decode("utf-8").removeprefix(BOM)
    after = blob[start:].partition(b"\n")[0].decode("utf-8", "replace")
    page = Page(path, before.replace("\r\n", "\n") + after.removesuffix("\r"))
    offset = len(before) - before.count("\r\n")
    return Fault("SNT001", page.at(offset), found, "save the file as UTF-8")


def _marked_twice(path: str, text: str) -> Fault:
    return Fault(
        "SNT001",
        Page(path, text).at(0),
        "the file begins with two byte order marks; at most one is read over",
        "save the file as UTF-8 without a byte order mark",
    )


def _with_nul(path: str, text: str) -> Fault:
    return Fault(
        "SNT001",
        Page(path, text).at(text.index("\0")),
        "a NUL character stands in the file; text is expected",
        "save the file as UTF-8 text without NUL characters",
    )
