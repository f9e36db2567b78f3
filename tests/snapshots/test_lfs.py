from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.snapshots import Pointer
from snitch.snapshots import PointerFault
from snitch.snapshots import local_object
from snitch.snapshots import parse_pointer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

    from snitch.snapshots import Repository

OID = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
LINES = ("version https://git-lfs.github.com/spec/v1", f"oid sha256:{OID}", "size 12345")
GOOD = "".join(f"{line}\n" for line in LINES)
EXTENDED = f"{LINES[0]}\next-0-foo sha256:{OID}\next-1-bar sha256:{OID}\n{LINES[1]}\n{LINES[2]}\n"


def test_the_canonical_pointer_is_read() -> None:
    assert parse_pointer(GOOD.encode()) == Pointer(OID, 12345)


def test_extensions_are_part_of_the_format() -> None:
    assert parse_pointer(EXTENDED.encode()) == Pointer(OID, 12345)


def test_a_pointer_of_size_nothing_is_a_pointer() -> None:
    found = parse_pointer(GOOD.replace("12345", "0").encode())
    assert isinstance(found, Pointer)
    assert found.size == 0


def test_the_empty_file_is_the_pointer_of_nothing() -> None:
    assert parse_pointer(b"") == Pointer(hashlib.sha256(b"").hexdigest(), 0)


@pytest.mark.parametrize("blob", [b"\x80\x04\x95", b"name: churn\n", b"\0" * 5000, b"x" * 999])
def test_other_files_are_no_pointers(blob: bytes) -> None:
    assert parse_pointer(blob) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD.replace("\n", "\r\n"), "carriage returns"),
        (GOOD[:-1], "not ended"),
        (f"\ufeff{GOOD}", "byte order mark"),
        (f" {GOOD}", "key value"),
        (f"\n{GOOD}", "key value"),
        (f"{GOOD}\n", "key value"),
        (f"{LINES[1]}\n{LINES[0]}\n{LINES[2]}\n", "first line"),
        (f"{LINES[0]}\n{LINES[2]}\n{LINES[1]}\n", "alphabetical"),
        (f"{LINES[0]}\n{LINES[2]}\n", "no `oid`"),
        (f"{LINES[0]}\n{LINES[1]}\n", "no `size`"),
        (f"{LINES[0]}\n{LINES[1]}\n{LINES[1]}\n{LINES[2]}\n", "twice"),
        (GOOD.replace("git-lfs.github.com", "hawser.github.com"), "version"),
        (GOOD.replace("spec/v1", "spec/v2"), "version"),
        (GOOD.replace("https", "http"), "version"),
        (GOOD.replace("sha256:", "sha1:"), "`oid`"),
        (GOOD.replace("sha256:4d7a", "sha256:4D7A"), "`oid`"),
        (GOOD.replace("2393\n", "239\n"), "`oid`"),
        (GOOD.replace("12345", "012345"), "`size`"),
        (GOOD.replace("12345", "-1"), "`size`"),
        (GOOD.replace("12345", "+1"), "`size`"),
        (GOOD.replace("12345", "1" + "0" * 30), "`size`"),
        (GOOD.replace("12345", "9223372036854775808"), "`size`"),
        (GOOD.replace("12345", "12345 "), "`size`"),
        (GOOD.replace("12345", "١٢"), "characters"),
        (GOOD.replace("oid sha", "oid  sha"), "`oid`"),
        (GOOD.replace("size 12345", "size\t12345"), "key value"),
        (GOOD + "zzz more\n", "does not know"),
        (EXTENDED.replace("ext-1-bar", "ext-0-goo"), "one priority"),
        (EXTENDED.replace("ext-0-foo sha256", "ext-0-foo md5"), "extension's value"),
        (GOOD + "\n" * 1000, "1,024"),
        (f"<<<<<<< ours\n{GOOD}=======\n{GOOD}>>>>>>> theirs\n", "merge conflict"),
    ],
)
def test_whatever_else_was_meant_as_a_pointer_is_malformed(text: str, reason: str) -> None:
    found = parse_pointer(text.encode())
    assert isinstance(found, PointerFault), found
    assert reason in found.reason


@given(st.binary(max_size=1100), st.integers(0, len(GOOD)))
def test_no_bytes_crash_the_reader_and_only_one_spelling_is_read(noise: bytes, at: int) -> None:
    blob = GOOD.encode()[:at] + noise + GOOD.encode()[at:]
    parse_pointer(noise)
    found = parse_pointer(blob)
    if isinstance(found, Pointer):
        lines = blob.decode("ascii").splitlines()
        assert f"size {found.size}" in lines
        assert f"oid sha256:{found.oid}" in lines


def test_the_local_store_is_asked_by_digest_only(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repository = open_repository(repo.root)
    path = repo.root / ".git" / "lfs" / "objects" / OID[:2] / OID[2:4] / OID
    assert local_object(repository, OID) is None
    path.parent.mkdir(parents=True)
    path.write_bytes(b"w")
    assert local_object(repository, OID) == path
    assert local_object(repository, "../../../../etc/passwd") is None
