from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.findings import CannotJudgeError
from snitch.snapshots import Entry
from snitch.snapshots import Kind
from snitch.snapshots.trees import object_digest
from snitch.snapshots.trees import parse_tree
from snitch.snapshots.trees import tree_digest

OID = "ab" * 20
NAMES = st.binary(min_size=1, max_size=6).filter(
    lambda name: not set(name) & {0, 47} and name.lower() not in {b".", b"..", b".git"}
)
MODES = st.sampled_from(["100644", "100755", "120000", "160000", "40000"])


def _raw(entries: dict[bytes, str]) -> bytes:
    def key(item: tuple[bytes, str]) -> bytes:
        return item[0] + b"/" if item[1] == "40000" else item[0]

    lines = [
        f"{mode} ".encode() + name + b"\0" + bytes.fromhex(OID)
        for name, mode in sorted(entries.items(), key=key)
    ]
    return b"".join(lines)


@given(st.dictionaries(NAMES, MODES, max_size=8))
def test_a_tree_that_is_read_has_its_own_id_again(entries: dict[bytes, str]) -> None:
    raw = _raw(entries)
    parsed = parse_tree(OID, raw)
    assert len(parsed) == len(entries)
    assert tree_digest(parsed, "sha1") == object_digest("tree", raw, "sha1")


@given(st.binary(max_size=80))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with suppress(CannotJudgeError):
        parse_tree(OID, data)


@pytest.mark.parametrize("name", [b"", b".", b"..", b".git", b".GiT", b"a/b"])
def test_names_that_git_never_writes_are_refused(name: bytes) -> None:
    with pytest.raises(CannotJudgeError, match="never writes"):
        parse_tree(OID, b"100644 " + name + b"\0" + bytes(20))


def test_a_name_that_stands_twice_is_refused() -> None:
    line = b"100644 metrics.yaml\0" + bytes(20)
    with pytest.raises(CannotJudgeError, match="never writes"):
        parse_tree(OID, line + line)


def test_modes_say_what_an_entry_is() -> None:
    raw = _raw({b"a": "100644", b"b": "100755", b"c": "120000", b"d": "160000", b"e": "40000"})
    assert parse_tree(OID, raw) == {
        "a": Entry(Kind.FILE, OID),
        "b": Entry(Kind.FILE, OID, executable=True),
        "c": Entry(Kind.LINK, OID),
        "d": Entry(Kind.SUBMODULE, OID),
        "e": Entry(Kind.DIRECTORY, OID),
    }


def test_a_mode_of_no_known_kind_is_a_special_file() -> None:
    parsed = parse_tree(OID, b"20666 null\0" + bytes.fromhex(OID))
    assert parsed["null"].kind is Kind.OTHER
