"""YAML: what is read, what is refused, and what readers disagree about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from snitch.documents import Limits
from snitch.documents import Number
from snitch.documents import read_document

if TYPE_CHECKING:
    from snitch.documents import Data
    from snitch.documents import Document


def read(text: str, *, aliases: bool = False) -> Document:
    return read_document("a.yaml", text.encode(), Limits(), aliases=aliases)


def plain(text: str) -> Data:
    document = read(f"a: {text}\n")
    assert document.faults == ()
    return document.get("a")


def refused(text: str, *, aliases: bool = False) -> tuple[str, int | None, int | None, int]:
    document = read(text, aliases=aliases)
    (fault,) = document.faults
    assert document.broken
    assert document.data is None
    assert fault.remedy
    return fault.code, fault.place.line, fault.place.column, fault.place.width


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_null_is_none(text: str) -> None:
    assert plain(text) is None


@pytest.mark.parametrize(("text", "value"), [("true", True), ("True", True), ("FALSE", False)])
def test_booleans_are_booleans(text: str, value: Data) -> None:
    assert plain(text) is value


@pytest.mark.parametrize(
    "text",
    "0 17 -3 +5 1.10 1. .5 00.5 1.5e+3 -0.0 0x1F .nan .NaN .inf -.inf +.Inf -.INF".split(),  # noqa: SIM905
)
def test_numbers_keep_their_spelling(text: str) -> None:
    assert plain(text) == Number(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-10-01", "2024-99-99", "2026-10-03T12:00:00Z", "08:30:00", "12:99"),
        *("1.4.0", "1.2.3.4", "v1", "y", "n", "nan", "inf", "a_b", "--out", "1e", "0xg", "...a"),
        *("'17'", '"yes"', "'-'"),
    ],
)
def test_dates_versions_and_words_are_text(text: str) -> None:
    assert plain(text) == text.strip("'\"")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("Yes", True),
        ("ON", True),
        ("no", False),
        ("NO", False),
        ("Off", False),
        ("12:30:00", "12:30:00"),
        ("-1:30", "-1:30"),
        ("20:30:40.5", "20:30:40.5"),
        ("017", Number("017")),
        ("-00123", Number("-00123")),
        ("08", Number("08")),
        ("0o17", Number("0o17")),
        ("0b11", Number("0b11")),
        ("1_000", Number("1_000")),
        ("1_0.5", Number("1_0.5")),
        ("0xf_f", Number("0xf_f")),
        ("1e3", Number("1e3")),
        ("1e-3", Number("1e-3")),
        ("1.0e3", Number("1.0e3")),
        ("-.5", Number("-.5")),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_what_readers_disagree_about_is_said_where_it_stands(text: str, value: Data) -> None:
    document = read(f"k: v\na: {text} # c\n")
    (fault,) = document.faults
    assert not document.broken
    assert document.get("a") == value
    assert fault.code == "SNT006"
    assert fault.severity is None
    assert (fault.place.line, fault.place.column, fault.place.width) == (2, 4, len(text))
    assert fault.place.excerpt == f"a: {text} # c"
    assert f"`{text}`" in fault.message


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1e3", "1.0e+3"),
        ("1e-3", "1.0e-3"),
        ("-.5", "-0.5"),
        ("1_000", "1000"),
        ("-2.E5", "-2.0e+5"),
    ],
)
def test_the_remedy_for_a_number_is_a_number_to_every_reader(text: str, written: str) -> None:
    (fault,) = read(f"a: {text}").faults
    assert f"`{written}`" in fault.remedy
    assert plain(written) == Number(written)


def test_an_ambiguous_key_is_said_as_well() -> None:
    document = read("no: 1\n")
    assert document.data == {"no": Number("1")}
    assert [fault.code for fault in document.faults] == ["SNT006"]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_file_is_none_and_not_broken(text: str) -> None:
    document = read(text)
    assert document.data is None
    assert not document.broken
    assert document.faults == ()


def test_a_list_or_a_scalar_may_be_the_root() -> None:
    assert read("- a\n- [b]\n").data == ["a", ["b"]]
    assert read("churn").data == "churn"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a", "a"),
        ("a", '"a"'),
        ("a", '"\\x61"'),
        ("1", "1.0"),
        ("1", '"1"'),
        ("1", "true"),
        ("~", "null"),
        ("\u00e9", "e\u0301"),
        ("\u212a", "K"),
        ("K", "\u212a"),
    ],
)
def test_keys_that_some_reader_takes_for_one_are_duplicates(first: str, second: str) -> None:
    document = read(f"- x: 1\n- {first}: 1\n  {second}: 2\n")
    (fault,) = document.faults
    assert not document.broken
    assert fault.code == "SNT003"
    assert "first on line 2" in fault.message
    assert (fault.place.line, fault.place.column, fault.place.width) == (3, 3, len(second))


def test_equal_keys_of_two_mappings_are_no_duplicates() -> None:
    assert read("a: {x: 1}\nb: {x: 1}\n").faults == ()


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("a: !!int '3'", ("SNT002", 1, 4, 9)),
        ("a: ! 3", ("SNT002", 1, 4, 3)),
        ("a: !!python/object:os.system {}", ("SNT002", 1, 4, 27)),
        ("!!map {a: 1}", ("SNT002", 1, 1, 7)),
        ("%YAML 1.1\n---\na: 1", ("SNT002", 1, 1, 9)),
        ("%TAG ! tag:x,2000:\n---\na: 1", ("SNT002", 1, 1, 18)),
        ("a: 1\n---\nb: 2", ("SNT002", 2, 1, 3)),
        ("a: 1\n...\nb: 2", ("SNT002", 3, 1, 1)),
        ("a: 1\n<<: {b: 2}", ("SNT002", 2, 1, 2)),
        ("a: 1\n? [b]\n: 2", ("SNT002", 2, 3, 1)),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", ("SNT002", 2, 1, 12)),
        ("a: 1\nb: 2: 3\n", ("SNT002", 2, 5, 1)),
        ("a:\n\t- 1\n", ("SNT002", 2, 1, 1)),
        ("a: b\x1bc", ("SNT002", 1, 5, 1)),
        ('a: "\\ud800"', ("SNT002", 1, 7, 1)),
        ("a: b\u0085c", ("SNT001", 1, 5, 1)),
        ("a: b\n# \u2028c", ("SNT001", 2, 3, 1)),
        ("a: b\rc: d", ("SNT001", 1, 5, 1)),
        ("a: &x 1\nb: *x", ("SNT001", 2, 4, 2)),
    ],
)
def test_what_is_read_in_no_file_is_refused_where_it_stands(
    text: str, stands: tuple[str, int, int, int]
) -> None:
    assert refused(text) == stands


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("a: *x", ("SNT002", 1, 4, 2)),
        ("a: &x 1\n*x : 2", ("SNT002", 2, 1, 2)),
        ("a: &x 1\nb: &x 2", ("SNT002", 2, 4, 4)),
        ("a: &x {b: *x}", ("SNT001", 1, 11, 2)),
    ],
)
def test_an_alias_must_repeat_a_value_above_it(
    text: str, stands: tuple[str, int, int, int]
) -> None:
    assert refused(text, aliases=True) == stands


def test_aliases_are_expanded_where_they_are_allowed() -> None:
    document = read("a: &x {b: [1]}\n&k c: *x\nd: *k\n", aliases=True)
    value = {"b": [Number("1")]}
    assert document.data == {"a": value, "c": value, "d": "c"}
    assert document.place(("c",)).column == 7
    assert document.place(("c", "b", 0)).line == 2


def test_an_alias_counts_as_deep_as_what_it_repeats() -> None:
    text = b"a: &x [[1]]\nb: [*x]\n"
    assert not read_document("a.yml", text, Limits(max_depth=4), aliases=True).broken
    (fault,) = read_document("a.yml", text, Limits(max_depth=3), aliases=True).faults
    assert "`limits.max_depth`" in fault.message
    assert (fault.place.line, fault.place.column) == (2, 5)


def test_places_point_at_values_and_at_keys() -> None:
    document = read("name: churn\nmetrics:\n  auc: 0.91 # c\n  bad:\nlist:\n- {n: 'x y'}\n")

    def stands(*route: str | int, key: bool = False) -> tuple[int | None, int | None, int]:
        place = document.place(route, key=key)
        return place.line, place.column, place.width

    assert stands("name") == (1, 7, 5)
    assert stands("metrics", "auc") == (3, 8, 4)
    assert stands("metrics", "auc", key=True) == (3, 3, 3)
    assert stands("metrics", "gone") == (2, 1, 7)
    assert stands("metrics", "bad") == (4, 7, 1)
    assert stands("list", 0, "n") == (6, 7, 5)
    assert stands("nothing") == (1, 1, 1)


def test_a_value_over_several_lines_is_as_wide_as_its_first() -> None:
    document = read("a: |\n  text\nb: one\n  two\n")
    assert document.data == {"a": "text\n", "b": "one two"}
    assert (document.place(("a",)).line, document.place(("a",)).width) == (1, 1)
    assert (document.place(("b",)).line, document.place(("b",)).width) == (3, 3)


def test_columns_count_characters_and_windows_line_ends_do_not_shift_them() -> None:
    document = read_document("a.yaml", "\ufeffä: 1\r\n😀: [é, x]\r\n".encode(), Limits())
    place = document.place(("😀", 1))
    assert (place.line, place.column, place.excerpt) == (2, 8, "😀: [é, x]")
