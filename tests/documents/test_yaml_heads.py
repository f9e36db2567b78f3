"""What stands at the head of a YAML file is what the whole file says, or nothing is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.documents import Limits
from snitch.documents import read_document
from snitch.documents.yaml_heads import head_text

LINES = [
    *("name: churn", "name: Churn-2.b_c", "name: no", "name: null", "name: 12", "name: e5"),
    *("name: two words", "name: a # why", "name:", "name: |", 'name: "churn"', "name : churn"),
    *("names: other", "version: 1.4.0", "owner: risk-ml, ana", "description: 'a", "b'", "kind: >"),
    *("# a comment", "", " ", "  indented", "  name: nested", "- item", "data:", "list: [a,", "b]"),
    *(
        "---",
        "...",
        "%YAML 1.1",
        "? key",
        ": value",
        "&a name: b",
        "<<: *a",
        "\tname: x",
        "a: b: c",
    ),
    *("name: churn\r", "caf\u00e9: x", "name: caf\u00e9", "\ufeffname: churn", "name: x\u2028y: z"),
]


@given(text=st.lists(st.sampled_from(LINES), max_size=6).map("\n".join), ends=st.booleans())
def test_a_head_says_what_the_whole_file_says(text: str, *, ends: bool) -> None:
    blob = (text + "\n" * ends).encode()
    head = head_text(blob, "name")
    whole = read_document("config.yaml", blob, Limits())
    if head is not None and not whole.faults:
        assert isinstance(whole.data, dict)
        assert whole.data["name"] == head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("name: churn\nversion: 1.0.0\n", "churn"),
        ("name: churn", "churn"),
        ("# the model\n\nversion: 1.4.0\nowner: risk-ml, ana\nname: churn\n\n# data\n", "churn"),
        ("name: churn\n\n  of october\n", None),
        ("name: churn\n- a\n", None),
        ("data:\n  name: churn\n", None),
        ("name: yes\n", None),
        ("name: first\nname: second\n", "first"),
        ("version: 1.0.0\n", None),
        ("", None),
    ],
)
def test_a_head_is_simple_lines_and_the_key(text: str, head: str | None) -> None:
    assert head_text(text.encode(), "name") == head
