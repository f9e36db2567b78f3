"""Every guard against its bomb: one fault that names the limit, soon, and in a small stack."""

from __future__ import annotations

import threading
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from snitch.documents import Limits
from snitch.documents import Number
from snitch.documents import read_document

if TYPE_CHECKING:
    from snitch.documents import Document

SMALL_STACK = 256 * 1024
MERGE = "a0: &a0 {k0: 1}\n" + "".join(
    f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 9)}]\n  k{i}: 1\n" for i in range(1, 9)
)
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
)
ALIASES = "a: &a x\nb: [" + "*a, " * 100_000 + "1]\n"
QUADRATIC = f"a: &a [{'x, ' * 3_000}]\nb: [" + "*a, " * 40 + "1]\n"
NINES = "9" * 4_301

BOMBS = [
    ("deep.yaml", "- " * 100_000 + "x", "SNT001", "max_depth"),
    ("flow.yaml", "[" * 100_000, "SNT001", "max_depth"),
    ("flow_map.yaml", "{a: " * 100_000, "SNT001", "max_depth"),
    ("complex.yaml", "? " * 100_000 + "x", "SNT002", "key"),
    ("merge.yaml", MERGE, "SNT002", "merge key"),
    ("laughs.yaml", LAUGHS, "SNT001", "max_nodes"),
    ("aliases.yaml", ALIASES, "SNT001", "max_aliases"),
    ("quadratic.yaml", QUADRATIC, "SNT001", "max_nodes"),
    ("self.yaml", "a: &a [*a]\n", "SNT001", "inside of what it repeats"),
    ("sexagesimal.yaml", "a: 1" + ":59" * 100_000, "SNT001", "max_text_kib"),
    ("many.yaml", "- 1\n" * 60_000, "SNT001", "max_nodes"),
    ("text.yaml", f"a: {'x' * 70_000}", "SNT001", "max_text_kib"),
    ("key.yaml", f"{'k' * 257}: 1", "SNT001", "max_key_chars"),
    ("deep.json", "[" * 100_000, "SNT001", "max_depth"),
    ("deep_map.json", '{"a":' * 100_000, "SNT001", "max_depth"),
    ("closed.json", "[" * 100_000 + "]" * 100_000, "SNT001", "max_depth"),
    ("hidden.json", '["]\\"]",' * 40_000, "SNT001", "max_depth"),
    ("many.json", "[" + "1," * 60_000 + "1]", "SNT001", "max_nodes"),
    ("empties.json", "[" + "{}," * 60_000 + "{}]", "SNT001", "max_nodes"),
    ("text.json", f'{{"a": "{"x" * 70_000}"}}', "SNT001", "max_text_kib"),
    ("quotes.json", '["' + '\\"' * 70_000 + '"]', "SNT001", "max_text_kib"),
    ("key.json", f'{{"{"k" * 257}": 1}}', "SNT001", "max_key_chars"),
    ("dots.toml", ".".join(["a"] * 50_000) + " = 1", "SNT001", "max_text_kib"),
    ("fewer_dots.toml", ".".join(["a"] * 5_000) + " = 1", "SNT001", "32 dots"),
    ("blank_dots.toml", " . ".join(["'a'"] * 100) + " = 1", "SNT001", "32 dots"),
    ("header.toml", f"[{'.'.join(['a'] * 100)}]", "SNT001", "32 dots"),
    ("deep.toml", f"a = {'[' * 10_000}", "SNT001", "max_depth"),
    ("inline.toml", f"a = {'{a = ' * 10_000}", "SNT001", "max_depth"),
    ("many.toml", "a = [" + "1,\n" * 60_000 + "]", "SNT001", "max_nodes"),
    ("key.toml", f"{'k' * 257} = 1", "SNT001", "max_key_chars"),
    ("text.toml", f'a = """{("x" * 1_000 + chr(10)) * 70}"""', "SNT001", "max_text_kib"),
    ("digits.toml", f"a = {NINES}", "SNT001", "thousands of digits"),
]


def in_a_small_stack(path: str, text: str) -> Document:
    found: list[Document] = []
    before = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(
            target=lambda: found.append(read_document(path, text.encode(), Limits(), aliases=True))
        )
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join(20)
    (document,) = found
    return document


@pytest.mark.parametrize(("path", "text", "code", "says"), BOMBS, ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_is_one_fault_that_says_why(path: str, text: str, code: str, says: str) -> None:
    began = perf_counter()
    document = in_a_small_stack(path, text)
    assert perf_counter() - began < 5
    assert document.broken
    assert document.data is None
    (fault,) = document.faults
    assert fault.code == code
    assert says in fault.message
    assert fault.place.path == path


@pytest.mark.parametrize("path", ["a.yaml", "a.json"])
@pytest.mark.parametrize("digits", [NINES, "1" + "0" * 400, "-" + "1" * 41])
def test_a_number_of_many_digits_is_read_and_is_no_decimal(path: str, digits: str) -> None:
    document = in_a_small_stack(path, f"[{digits}]")
    assert document.faults == ()
    assert document.data == [Number(digits)]
    assert Number(digits).decimal() is None


def test_hexadecimal_of_a_million_digits_is_no_decimal() -> None:
    document = in_a_small_stack("a.toml", f"a = 0x{'f' * 60_000}")
    assert document.faults == ()
    assert getattr(document.get("a"), "decimal", str)() is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "[" * 32 + "]" * 32),
        ("a.json", "[" * 32 + "]" * 32),
        ("a.toml", f"a = {'[' * 31}{']' * 31}"),
        ("a.toml", f"{'.'.join(['a'] * 32)} = 1"),
        ("a.json", f'{{"{"k" * 256}": "{"x" * 65_536}"}}'),
        ("a.yaml", f'"{"k" * 256}": "{"x" * 65_536}"'),
    ],
)
def test_a_file_that_just_keeps_the_limits_is_read(path: str, text: str) -> None:
    document = read_document(path, text.encode(), Limits())
    assert document.faults == ()
    assert not document.broken


@pytest.mark.parametrize("path", ["a.yaml", "a.json"])
def test_the_fault_points_at_the_bracket_that_is_too_deep(path: str) -> None:
    (fault,) = read_document(path, b'["[",\n [[1]]]', Limits(max_depth=2)).faults
    assert (fault.place.line, fault.place.column) == (2, 3)


def test_nodes_are_counted_alike_in_every_format() -> None:
    texts = {"a.yaml": "{a: [1, {}]}", "a.json": '{"a": [1, {}]}', "a.toml": "a = [1, {}]"}
    for path, text in texts.items():
        assert not read_document(path, text.encode(), Limits(max_nodes=5)).broken, path
        (fault,) = read_document(path, text.encode(), Limits(max_nodes=4)).faults
        assert "`limits.max_nodes`" in fault.message, path


def test_thousands_of_places_in_one_file_stay_linear() -> None:
    text = "".join(f"key{i}: value{i}\n" for i in range(20_000))
    document = read_document("a.yaml", text.encode(), Limits())
    began = perf_counter()
    for i in range(20_000):
        assert document.place((f"key{i}",)).line == i + 1
    assert perf_counter() - began < 5


def test_thousands_of_faults_in_one_file_stay_linear() -> None:
    began = perf_counter()
    document = read_document("a.yaml", b"a: yes\n" * 20_000, Limits())
    assert perf_counter() - began < 5
    assert len(document.faults) == 39_999
