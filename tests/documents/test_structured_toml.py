"""TOML: numbers and dates as text, tables with places, duplicates told as such."""

from __future__ import annotations

import pytest

from snitch.documents import Document
from snitch.documents import Limits
from snitch.documents import Number
from snitch.documents import read_document

TEXT = '''\
# [no] table = 1
name = "churn" # c
a.b."c.d" = 1.50
when = 1979-05-27 07:32:00 # c
list = [ # c
  1, "x]#", [2.5],
  {k = 'v', l.m = true},
]
[t]
x = 0xFF
[t."\\u00e9"]
y = """
two "" lines"""
[[u]]
z = nan
[[u]]
z = +1_000
[u.v]
w = 07:32:00
[[u.s]]
q = ''
'''


def read(text: str) -> Document:
    return read_document("a.toml", text.encode(), Limits())


def test_everything_toml_has_is_read() -> None:
    assert read(TEXT).faults == ()
    assert read(TEXT).data == {
        "name": "churn",
        "a": {"b": {"c.d": Number("1.50")}},
        "when": "1979-05-27T07:32:00",
        "list": [Number("1"), "x]#", [Number("2.5")], {"k": "v", "l": {"m": True}}],
        "t": {"x": Number("255"), "é": {"y": 'two "" lines'}},
        "u": [
            {"z": Number("nan")},
            {"z": Number("1000"), "v": {"w": "07:32:00"}, "s": [{"q": ""}]},
        ],
    }


@pytest.mark.parametrize(
    ("route", "line", "written"),
    [
        (("name",), 2, '"churn"'),
        (("a",), 3, "a"),
        (("a", "b"), 3, "b"),
        (("a", "b", "c.d"), 3, "1.50"),
        (("when",), 4, "1979-05-27 07:32:00"),
        (("list",), 5, "["),
        (("list", 0), 6, "1"),
        (("list", 1), 6, '"x]#"'),
        (("list", 2, 0), 6, "2.5"),
        (("list", 3, "k"), 7, "'v'"),
        (("list", 3, "l", "m"), 7, "true"),
        (("t",), 9, "t"),
        (("t", "x"), 10, "0xFF"),
        (("t", "é"), 11, '"\\u00e9"'),
        (("t", "é", "y"), 12, '"""'),
        (("u", 0), 14, "u"),
        (("u", 0, "z"), 15, "nan"),
        (("u", 1), 16, "u"),
        (("u", 1, "z"), 17, "+1_000"),
        (("u", 1, "v", "w"), 19, "07:32:00"),
        (("u", 1, "s", 0, "q"), 21, "''"),
        (("u", 1, "s", 0, "gone"), 20, "s"),
    ],
)
def test_places_point_at_what_is_written(
    route: tuple[str | int, ...], line: int, written: str
) -> None:
    place = read(TEXT).place(route)
    assert place.line == line
    assert place.column is not None
    assert place.excerpt is not None
    assert place.excerpt[place.column - 1 :][: place.width] == written


def test_an_empty_file_is_none_and_not_broken() -> None:
    assert read(" \n") == Document("a.toml", None, " \n")


@pytest.mark.parametrize(
    ("text", "line", "column", "width"),
    [
        ("a = 1\n  a = 2 # c\n", 2, 3, 9),
        ("[a]\n[a]\n", 2, 1, 3),
        ("a = 1\n[a]\n", 2, 1, 3),
        ("a = {b = 1, b = 2}\n", 1, 1, 18),
        ("a = {b = 1}\na.c = 2\n", 2, 1, 7),
        ("[a]\n[[a]]\n", 2, 1, 5),
        ("a = [1]\n[[a]]\n", 2, 1, 5),
    ],
)
def test_a_key_or_table_that_stands_twice_is_told(
    text: str, line: int, column: int, width: int
) -> None:
    document = read(text)
    (fault,) = document.faults
    assert fault.code == "SNT003"
    assert (fault.place.line, fault.place.column, fault.place.width) == (line, column, width)


def test_keys_that_differ_by_normal_form_only_are_duplicates() -> None:
    document = read("[t]\n'\u00e9' = 1\n'e\u0301' = 2\n")
    (fault,) = document.faults
    assert fault.code == "SNT003"
    assert fault.place.line == 3
    assert "first on line 2" in fault.message
    assert not document.broken


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = \n", 1, 5),
        ("a = 1\nb = [1,", 2, 8),
        ("a = b\n", 1, 5),
        ("a = 2024-02-30\n", 1, 5),
        ("a = 1\n<<<<<<< ours\n", 2, 1),
        ("a = 'b\x1b'\n", 1, 7),
        ('a = "\\ud800"\n', 1, 12),
        ("a = 1\rb = 2", 1, 6),
    ],
)
def test_what_is_no_toml_is_refused_where_it_stands(text: str, line: int, column: int) -> None:
    document = read(text)
    (fault,) = document.faults
    assert document.broken
    assert fault.code == "SNT002"
    assert (fault.place.line, fault.place.column) == (line, column)
