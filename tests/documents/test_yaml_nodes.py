"""The quick way through YAML gives what the events give, or leaves the text to them."""

from __future__ import annotations

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from snitch.documents import Limits
from snitch.documents.page import Page
from snitch.documents.refusal import UnreadableError
from snitch.documents.yaml_events import refuse_foreign_breaks
from snitch.documents.yaml_nodes import MOST
from snitch.documents.yaml_nodes import DoubtError
from snitch.documents.yaml_nodes import read_plain
from snitch.documents.yaml_tree import read
from snitch.documents.yaml_tree import read_events

PIECES = [
    *(
        "name: churn\n",
        "version: 1.10\n",
        "a:\n",
        "  b: ",
        "  - ",
        "- ",
        "? ",
        ": ",
        "\n",
        " ",
        "  ",
    ),
    *("[", "]", "{", "}", ", ", "x", "yes", "no", "~", "null", "1", "0x1f", "1_0", "12:30:00", "é"),
    *("&a ", "*a", "!!str ", "<<: ", "%YAML 1.1\n", "---\n", "...\n", "# note\n", "'", '"', "\\n"),
    *("|\n", ">-\n", "\t", "\r", "\x85", "\ufeff", "\U0001f600", "=", "@", "`", "true: 1\n"),
]
SMALL = [Limits(), Limits(max_depth=2, max_nodes=9, max_key_chars=3, max_text_kib=1)]


def outcome(text: str, limits: Limits, *, quick: bool) -> str:
    page = Page("a.yaml", text)
    try:
        data, faults = (read if quick else read_events)(page, limits, 5)
    except UnreadableError as error:
        return repr(error.fault)
    # The order of keys and the spelling of numbers count, which equality does not see.
    return repr((data, faults))


@pytest.mark.parametrize("limits", SMALL, ids=["usual", "small"])
@given(text=st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example(text="a: 1\na: 2\n")
@example(text="1: x\n1.0: y\n")
@example(text="a: {b: {c: {d: 1}}}\n")
@example(text="? [a]\n: b\n")
@example(text="a:\n- b\n-\n- c: d\n  e:\n")
@example(text="a: b: c\n")
@example(text='a: \'b\'\n"c": "1"\n? |\n  d\n: x\n')
@example(text="a: 1\n---\nb: 2\n")
def test_every_text_is_read_as_its_events_are(text: str, limits: Limits) -> None:
    assert outcome(text, limits, quick=True) == outcome(text, limits, quick=False)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 40 + "a",
        "a: 1\n" + "- " * 40 + "a",
        "? " * 40 + "a",
        " " * 40 + "a: 1",
        "[" * 40 + "]" * 40,
        "a: &b 1\n",
        "a: *b\n",
        "a: !c 1\n",
        "%YAML 1.1\n---\na: 1\n",
        "a: " + "b" * MOST,
    ],
)
def test_what_could_hurt_is_left_to_the_events(text: str) -> None:
    with pytest.raises(DoubtError):
        read_plain(text, Limits())


def test_a_usual_config_takes_the_quick_way() -> None:
    text = "name: churn\nversion: 1.4.0\ndata: {cutoff: 2026-10-01}\nfeatures: [a, b]\nseed: 7\n"
    assert repr(read_plain(text, Limits())) == repr(
        read_events(Page("a.yaml", text), Limits(), 0)[0]
    )


def test_lines_broken_where_others_break_none_are_refused_first() -> None:
    with pytest.raises(UnreadableError):
        refuse_foreign_breaks(Page("a.yaml", "a: b\rc: d\n"))
