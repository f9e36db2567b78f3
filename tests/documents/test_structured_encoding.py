"""The one way from bytes to text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snitch.documents.encoding import Decoded
from snitch.documents.encoding import decode


def refused(blob: bytes, max_kib: int = 1) -> tuple[str, int | None, int | None, str | None]:
    (fault,) = decode("a.txt", blob, max_kib).faults
    assert fault.code == "SNT001"
    assert fault.place.path == "a.txt"
    return fault.message, fault.place.line, fault.place.column, fault.place.excerpt


def test_utf_8_is_read() -> None:
    assert decode("a.txt", "ä\n".encode(), 1) == Decoded("ä\n")


def test_one_leading_byte_order_mark_is_dropped() -> None:
    assert decode("a.txt", b"\xef\xbb\xbfa\xef\xbb\xbf", 1) == Decoded("a\ufeff")
    twice = decode("a.txt", b"\xef\xbb\xbf" * 2 + b"a", 1)
    assert twice.text is None
    assert [(fault.code, fault.place.line) for fault in twice.faults] == [("SNT001", 1)]


def test_windows_line_ends_become_line_feeds() -> None:
    assert decode("a.txt", b"a\r\nb\rc\n", 1) == Decoded("a\nb\rc\n")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    assert decode("a.txt", b"x" * 1024, 1).text is not None
    message, line, _, _ = refused(b"x" * 1025)
    assert "1025 bytes" in message
    assert "`limits.max_file_kib`" in message
    assert line is None


def test_the_limit_is_named_as_the_caller_asks() -> None:
    (fault,) = decode("a.txt", b"x" * 1025, 1, "max_lock_kib").faults
    assert "`limits.max_lock_kib`" in fault.message
    assert "`limits.max_lock_kib`" in fault.remedy


def test_latin_1_is_refused_where_it_stands() -> None:
    message, line, column, excerpt = refused(b"a: \xc3\xa4\r\nb: \xc3\xa4\xe4 c\r\nd: 1\r\n")
    assert "0xe4" in message
    assert (line, column, excerpt) == (2, 5, "b: ä\ufffd c")


def test_utf_16_is_called_by_its_name() -> None:
    assert "UTF-16" in refused("a: 1".encode("utf-16"))[0]


def test_nul_is_refused_where_it_stands() -> None:
    assert refused(b"a\nbc\0d")[1:] == (2, 3, "bc\0d")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_one_fault(blob: bytes) -> None:
    decoded = decode("a.txt", blob, 1)
    assert (decoded.text is None) == bool(decoded.faults)


@given(st.text(max_size=200))
def test_text_without_returns_and_nul_survives(text: str) -> None:
    plain = text.replace("\r", "").replace("\0", "").lstrip("\ufeff").encode("utf-8", "ignore")
    assert decode("a.txt", plain, 8) == Decoded(plain.decode())
