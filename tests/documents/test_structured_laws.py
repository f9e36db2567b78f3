"""Laws of every structured format: no bytes crash, what is written is read, places are true."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from snitch.documents import Limits
from snitch.documents import Number
from snitch.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route
    from snitch.findings import Place

PATHS = ["a.yaml", "a.json", "a.toml"]
VALID = {
    "a.yaml": """\
# a config
name: &n churn
"version": '1.10'
data: {cutoff: 2026-10-01, x: *n, "y\\x61": [1, 2.5e+3, .nan, ~]}
text: |
  several
  lines
? long key
: - yes
  - 12:30:00
""",
    "a.json": '{"a": [1, -2.5e3, true, null, "x\\n\\u00e9"], "b": {"c": {}, "d": [[]]}, "é": ""}\n',
    "a.toml": """\
a.b = 1_000 # c
"c" = [1, 'x', {y = 2026-10-01T12:00:00Z, z = inf}]
[t."u v"]
m = '''
two
lines'''
[[w]]
x = true
[[w]]
x = "\\u00e9"
""",
}
MARKS = list("\"'\\[]{}:,.=#&*!|>-?%@ \t\n\r\0\x1baé\u2028\U0001f600<0_1e~")

KEYS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f\x85\xa0"),
    max_size=8,
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\x85\u2028\u2029\ufeff\ufffe\uffff"),
    max_size=12,
).filter(lambda text: all(char.isprintable() or char in "\n\t" for char in text))
TREES = st.recursive(
    st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False) | WORDS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(KEYS, child, max_size=4),
    max_leaves=12,
)
ROOTS = st.dictionaries(KEYS, TREES, max_size=5).map(
    lambda tree: json.loads(json.dumps(tree, allow_nan=True))
)


def check_document(document: Document) -> None:
    """What holds of every document, whatever it was read from."""
    for fault in document.faults:
        assert fault.code in {"SNT001", "SNT002", "SNT003", "SNT006"}
        assert fault.message
        assert fault.remedy
        check_place(document, fault.place)
    if document.broken:
        assert document.data is None
        assert document.faults
    for route, _ in leaves(document.data):
        check_place(document, document.place(route))
        check_place(document, document.place(route, key=True))


def check_place(document: Document, place: Place) -> None:
    assert place.path == document.path
    assert place.width >= 1
    if place.line is None or place.column is None or not document.text:
        return
    lines = document.text.split("\n")
    assert 1 <= place.line <= len(lines)
    assert place.excerpt == lines[place.line - 1]
    assert 1 <= place.column <= len(place.excerpt) + 1
    assert place.column - 1 + place.width <= max(len(place.excerpt), place.column)


def leaves(data: Data, route: Route = ()) -> Iterator[tuple[Route, Data]]:
    match data:
        case dict():
            for key, value in data.items():
                yield from leaves(value, (*route, key))
        case list():
            for index, value in enumerate(data):
                yield from leaves(value, (*route, index))
        case _:
            yield route, data


def expected(value: Any) -> Data:
    match value:
        case dict():
            return {key: expected(item) for key, item in value.items()}
        case list():
            return [expected(item) for item in value]
        case bool() | str() | None:
            return value
        case _:
            return Number(json.dumps(value))


def written(place: Place) -> str:
    assert place.excerpt is not None
    assert place.column is not None
    return place.excerpt[place.column - 1 :][: place.width]


def toml_value(value: Any) -> str:
    match value:
        case dict():
            members = ", ".join(f"{toml_key(key)} = {toml_value(v)}" for key, v in value.items())
            return f"{{{members}}}"
        case list():
            return "[" + ",\n  ".join(map(toml_value, value)) + "] # ]"
        case str():
            return toml_key(value)
        case _:
            return json.dumps(value).replace("Infinity", "inf")


def toml_key(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_text(tree: dict[str, Any]) -> str:
    """Plain members first, then a table for each mapping."""
    plain = {key: value for key, value in tree.items() if not isinstance(value, dict)}
    lines = [f"{toml_key(key)} = {toml_value_line(value)}" for key, value in plain.items()]
    for key, value in tree.items():
        if isinstance(value, dict):
            lines.append(f"[{toml_key(key)}]")
            lines += [f"{toml_key(k)} = {toml_value_line(v)}" for k, v in value.items()]
    return "\n".join(lines)


def toml_value_line(value: Any) -> str:
    # Inline tables keep to one line, so lists inside of them do as well.
    return toml_value(value).replace(",\n  ", ", ").replace(" # ]", "")


@pytest.mark.parametrize("path", PATHS)
@given(blob=st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_a_document(path: str, blob: bytes) -> None:
    check_document(read_document(path, blob, Limits(), aliases=True))


@pytest.mark.parametrize("path", PATHS)
@given(text=st.text(st.sampled_from(MARKS), max_size=60))
@settings(max_examples=200)
def test_any_marks_are_a_document(path: str, text: str) -> None:
    check_document(read_document(path, text.encode(), Limits(), aliases=True))


@pytest.mark.parametrize("path", PATHS)
@given(data=st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_valid_files_with_a_few_edits_are_documents(path: str, data: st.DataObject) -> None:
    text = VALID[path]
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 3))
        text = text[:start] + data.draw(st.text(st.sampled_from(MARKS), max_size=3)) + text[end:]
    check_document(read_document(path, text.encode(), Limits(), aliases=data.draw(st.booleans())))


@pytest.mark.parametrize("path", PATHS)
@given(data=st.data())
@settings(max_examples=50)
def test_limits_of_any_size_hold(path: str, data: st.DataObject) -> None:
    numbers = st.integers(0, 40)
    limits = Limits(
        max_depth=data.draw(numbers), max_nodes=data.draw(numbers), max_key_chars=data.draw(numbers)
    )
    document = read_document(path, VALID[path].encode(), limits, aliases=True)
    check_document(document)
    assert document.broken == any(fault.code == "SNT001" for fault in document.faults)


@given(tree=ROOTS, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
@example(tree={"": {"": [{}]}}, indent=2, ascii_only=True)
def test_json_is_read_and_found_that_is_written(
    tree: dict[str, Any], indent: int | None, *, ascii_only: bool
) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    document = read_document("a.json", text.encode(), Limits())
    assert document.data == expected(tree)
    check_document(document)
    for route, value in leaves(document.data):
        spelt = written(document.place(route))
        assert spelt == (
            value.text if isinstance(value, Number) else json.dumps(value, ensure_ascii=ascii_only)
        )
        if isinstance(route[-1], str):
            key = written(document.place(route, key=True))
            assert key == json.dumps(route[-1], ensure_ascii=ascii_only)


@given(tree=ROOTS, flow=st.sampled_from([None, True, False]), unicode=st.booleans())
def test_yaml_is_read_and_found_that_is_written(
    tree: dict[str, Any], *, flow: bool | None, unicode: bool
) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=unicode, width=10_000)
    document = read_document("a.yaml", text.encode(), Limits())
    assert not document.broken
    assert {fault.code for fault in document.faults} <= {"SNT003", "SNT006"}
    check_document(document)
    assert loaded(document.data) == tree
    for route, value in leaves(document.data):
        spelt = written(document.place(route))
        match value:
            case Number():
                assert spelt == value.text
            case bool():
                assert spelt == json.dumps(value)
            case str() if spelt.startswith(("'", '"')) and "\n" not in value:
                assert yaml.safe_load(spelt) == value
            case str() if value and "\n" not in value:
                assert spelt == value


def loaded(data: Data) -> Any:
    """As PyYAML reads it."""
    match data:
        case dict():
            return {key: loaded(value) for key, value in data.items()}
        case list():
            return [loaded(value) for value in data]
        case Number():
            return yaml.safe_load(data.text)
        case _:
            return data


@given(tree=ROOTS)
def test_toml_is_read_and_found_that_is_written(tree: dict[str, Any]) -> None:
    text = toml_text(tree)
    document = read_document("a.toml", text.encode(), Limits())
    if not text.strip():
        assert document.data is None
        return
    wanted = json.loads(json.dumps(tree), parse_float=Number, parse_int=Number)
    assert not document.broken, document.faults
    assert spelt_alike(document.data, wanted)
    check_document(document)
    for route, value in leaves(document.data):
        spelt = written(document.place(route))
        match value:
            case Number():
                assert spelt == value.text
            case bool():
                assert spelt == json.dumps(value)
            case str():
                assert spelt == toml_key(value)


def spelt_alike(data: Any, wanted: Any) -> bool:
    infinite = {"Infinity": "inf", "-Infinity": "-inf"}
    match wanted:
        case dict():
            return data.keys() == wanted.keys() and all(
                spelt_alike(data[key], value) for key, value in wanted.items()
            )
        case list():
            return len(data) == len(wanted) and all(map(spelt_alike, data, wanted))
        case float():
            return bool(data == Number(infinite[json.dumps(wanted)]))
        case _:
            return bool(data == wanted)
