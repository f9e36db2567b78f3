"""JSON: numbers as written, duplicate keys seen, errors where they stand."""

from __future__ import annotations

import sys

import pytest

from snitch.documents import Document
from snitch.documents import Limits
from snitch.documents import Number
from snitch.documents import read_document


def read(text: str) -> Document:
    return read_document("a.json", text.encode(), Limits())


@pytest.mark.parametrize(
    "text",
    ["1", "-0", "1.10", "1e3", "1E-400", "NaN", "Infinity", "-Infinity", "1e999"],
)
def test_numbers_keep_their_spelling(text: str) -> None:
    assert read(f"[{text}]").data == [Number(text)]


def test_the_rest_is_what_json_says() -> None:
    data = read('{"a": [true, false, null, "x\\n\\u00e9\\ud83d\\ude00"], "": {}}').data
    assert data == {"a": [True, False, None, "x\né😀"], "": {}}


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_file_is_none_and_not_broken(text: str) -> None:
    assert read(text) == Document("a.json", None, text)


@pytest.mark.parametrize(
    ("first", "second"),
    [("a", "a"), ("a", "\\u0061"), ("\u00e9", "e\u0301"), ("K", "\\u212a"), ("", "")],
)
def test_keys_that_are_one_are_duplicates(first: str, second: str) -> None:
    document = read(f'{{"x": {{"{first}": 1,\n  "{second}": 2}}, "y": {{"{first}": 3}}}}')
    (fault,) = document.faults
    assert not document.broken
    assert fault.code == "SNT003"
    assert "first on line 1" in fault.message
    place = fault.place
    assert (place.line, place.column, place.width) == (2, 3, len(second) + 2)


def test_the_last_of_two_equal_keys_counts_and_places_point_at_it() -> None:
    document = read('{"a": 1,\n "a": 2}')
    assert document.data == {"a": Number("2")}
    assert document.place(("a",)).line == 2


def test_every_duplicate_is_told() -> None:
    assert [f.place.column for f in read('{"a":1,"a":2,"a":3}').faults] == [8, 14]


TRAILING_COMMA = (1, 8, 1) if sys.version_info >= (3, 13) else (2, 1, 1)
"""Where Python's parser says that it is: at the comma, or at what follows it."""


@pytest.mark.parametrize(
    ("text", "line", "column", "width"),
    [
        ('{"a": 1,\n}', *TRAILING_COMMA),
        ('{"a": 1} x', 1, 10, 1),
        ("{a: 1}", 1, 2, 1),
        ('{"a": tru}', 1, 7, 1),
        ('["a\nb"]', 1, 4, 1),
        ('[1,\n "\\ud800"]', 2, 2, 8),
        ('{"\\udfff": 1}', 1, 2, 8),
        ('{\n<<<<<<< ours\n"a": 1\n=======\n}', 2, 1, 12),
        ("// c\n{}", 1, 1, 1),
    ],
)
def test_what_is_no_json_is_refused_where_it_stands(
    text: str, line: int, column: int, width: int
) -> None:
    document = read(text)
    (fault,) = document.faults
    assert document.broken
    assert fault.code == "SNT002"
    assert (fault.place.line, fault.place.column, fault.place.width) == (line, column, width)


def test_places_point_at_values_and_at_keys() -> None:
    document = read('{"a, [": [1, "x:y", {"\\u0062": -1.5}],\n "c": {}}')
    assert document.place(("a, [", 0)).column == 11
    assert document.place(("a, [", 1)).width == 5
    assert document.place(("a, [", 2, "b")).width == 4
    assert document.place(("c",), key=True).line == 2
    assert document.place(("c", "d")).width == 3


def test_brackets_and_commas_in_strings_are_text() -> None:
    text = '{"a": ["' + "[{," * 20_000 + '", "\\\\", "\\"[", ""]}'
    document = read(text)
    assert document.faults == ()
    assert document.data == {"a": ["[{," * 20_000, "\\", '"[', ""]}


def test_a_name_without_a_known_suffix_is_told() -> None:
    (fault,) = read_document("a.txt", b"{}", Limits()).faults
    assert fault.code == "SNT002"
    assert read_document("A.JSON", b"{}", Limits()).data == {}
