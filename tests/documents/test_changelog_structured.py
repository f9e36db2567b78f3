from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.documents import Changelog
from snitch.documents import Limits
from snitch.documents import read_changelog

YAML = """\
- version: v1.10
  date: 2026-10-04
  Author: ana
  changes:
    - Retrained
    - kind: features
- version: 1.9
  summary: First
"""


def read(path: str, text: str, limits: Limits = Limits()) -> Changelog:  # noqa: B008 - frozen
    return read_changelog(path, text.encode(), limits)


def test_a_list_of_mappings_becomes_entries_with_places() -> None:
    newer, older = read("changelog.yaml", YAML).entries
    assert (newer.version.value, older.version.value) == ("1.10", "1.9")
    assert newer.date is not None
    assert (newer.date.value, newer.date.place.line, newer.date.place.column) == (
        "2026-10-04",
        2,
        9,
    )
    assert {key: field.value for key, field in newer.fields.items()} == {
        "date": "2026-10-04",
        "author": "ana",
        "summary": "Retrained",
    }
    assert newer.fields["summary"].place.line == 5
    assert newer.body == "Retrained\nfeatures"
    assert older.fields["summary"].value == "First"


def test_a_mapping_from_version_to_text_or_mapping_becomes_entries() -> None:
    found = read(
        "changelog.json", '{"0.3": "Text.", "0.2": {"author": "bo"}, "0.1": ["one", "two"]}'
    )
    assert [entry.version.value for entry in found.entries] == ["0.3", "0.2", "0.1"]
    assert found.entries[0].fields["summary"].value == "Text."
    assert found.entries[1].fields["author"].value == "bo"
    assert found.entries[2].body == "one\ntwo"


def test_toml_keeps_its_list_under_a_name() -> None:
    (entry,) = read("changelog.toml", '[[release]]\nversion = "1.0"\nticket = 3\n').entries
    assert (entry.version.value, entry.fields["ticket"].value) == ("1.0", "3")


def test_the_text_of_an_entry_ignores_order_and_tells_spellings_apart() -> None:
    def text(entry: str) -> str:
        return read("changelog.json", f"[{entry}]").entries[0].text

    assert text('{"version": "1", "n": 1.0}') == text('{"n": 1.0, "version": "1"}')
    assert text('{"version": "1", "n": 1.0}') != text('{"version": "1", "n": 1.00}')
    assert text('{"version": "1", "n": 1}') != text('{"version": "1", "n": "1"}')


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("c.yaml", "- version: 1.0\n- text\n", 2),
        ("c.yaml", "- version: 1.0\n- date: 2026-01-01\n", 2),
        ("c.json", "3", 1),
        ("c.json", '[{"version": null}]', 1),
        ("c.yaml", "", None),
    ],
)
def test_an_unknown_shape_is_a_fault_at_its_place(path: str, text: str, line: int | None) -> None:
    (fault,) = read(path, text).faults
    assert (fault.code, fault.place.line) == ("SNT004", line)


def test_a_file_that_does_not_parse_is_broken() -> None:
    found = read("c.yaml", "{")
    assert found.broken
    assert [fault.code for fault in found.faults] == ["SNT002"]


def test_older_entries_are_left_out_beyond_the_limit() -> None:
    text = json.dumps([{"version": f"1.{n}"} for n in range(5, 0, -1)])
    found = read("c.json", text, Limits(max_entries=2))
    assert [entry.version.value for entry in found.entries] == ["1.5", "1.4"]
    assert not found.complete


@given(st.sampled_from((".yaml", ".json", ".toml")), st.binary(max_size=100))
def test_no_bytes_crash_the_reader(suffix: str, blob: bytes) -> None:
    read_changelog(f"changelog{suffix}", blob, Limits())


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(("version", "changes", "date", "a")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(DATA)
def test_no_shape_crashes_the_reader(data: object) -> None:
    for entry in read("changelog.json", json.dumps(data)).entries:
        assert entry.version.place.line == 1
