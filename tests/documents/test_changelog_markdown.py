from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from snitch.documents import Changelog
from snitch.documents import Entry
from snitch.documents import Limits
from snitch.documents import Located
from snitch.documents import read_changelog
from snitch.documents.markdown_blocks import parsed_outline
from snitch.documents.markdown_blocks import plain_outline

LIMITS = Limits()
PATH = "models/churn/CHANGELOG.md"

HONEST = """\
# Changelog

All notable changes are told here, as
[Keep a Changelog](https://keepachangelog.com) asks.

## [Unreleased]

## [1.4.0] - 2026-10-04
- **Author:** ana@example.com
- **Ticket:** ML-123

### Changed
- Retrained on the October accounts.
  The features stay.

## v1.3.0 (2026-09-01)
Author: bo
__Ticket__: ML-7

Recalibrated.

[1.4.0]: https://example.com/compare/v1.3.0...v1.4.0
"""


def read(text: str, limits: Limits = LIMITS, keep: frozenset[str] = frozenset()) -> Changelog:
    return read_changelog(PATH, text.encode(), limits, keep=keep)


def only(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


def versions(text: str) -> list[str]:
    return [entry.version.value for entry in read(text).entries]


def values(entry: Entry) -> dict[str, str]:
    return {key: field.value for key, field in entry.fields.items()}


def spot(located: Located[str]) -> tuple[int | None, int | None, int]:
    place = located.place
    return place.line, place.column, place.width


def test_entries_come_in_the_order_of_the_file() -> None:
    assert versions(HONEST) == ["Unreleased", "1.4.0", "1.3.0"]


def test_version_date_and_fields_know_their_places() -> None:
    entry = read(HONEST).entries[1]
    assert entry.date is not None
    assert (entry.date.value, spot(entry.date)) == ("2026-10-04", (8, 14, 10))
    assert spot(entry.version) == (8, 5, 5)
    assert (entry.fields["author"].value, spot(entry.fields["author"])) == (
        "ana@example.com",
        (9, 15, 15),
    )
    assert entry.fields["author"].place.excerpt == "- **Author:** ana@example.com"


def test_a_summary_is_derived_from_the_first_item_or_paragraph_of_the_body() -> None:
    _, newer, older = read(HONEST).entries
    assert newer.fields["summary"].value == "Retrained on the October accounts. The features stay."
    assert spot(newer.fields["summary"]) == (13, 3, 34)
    assert older.fields["summary"].value == "Recalibrated."
    assert values(older) == {"author": "bo", "ticket": "ML-7", "summary": "Recalibrated."}


def test_body_leaves_the_fields_out_and_text_keeps_them() -> None:
    entry = read(HONEST).entries[2]
    assert entry.body == "Recalibrated."
    assert entry.text == "## v1.3.0 (2026-09-01)\nAuthor: bo\n__Ticket__: ML-7\n\nRecalibrated."


@pytest.mark.parametrize(
    ("heading", "version", "date"),
    [
        ("## [1.4.0] - 2026-10-04", "1.4.0", "2026-10-04"),
        ("## 1.4.0 - 2026-10-04", "1.4.0", "2026-10-04"),
        ("## v1.4.0 (2026-10-04)", "1.4.0", "2026-10-04"),
        ("## Version 1.4.0, 2026-10-04", "1.4.0", "2026-10-04"),
        ("## [1.4.0](https://example.com/a...b) (2026-10-04)", "1.4.0", "2026-10-04"),
        ("## [1.4.0] - 2026-10-04 [YANKED]", "1.4.0", "2026-10-04"),
        ("## [1.4.0] – 2026-10-04", "1.4.0", "2026-10-04"),  # noqa: RUF001
        ("## **1.4.0** - 2026-10-04", "1.4.0", "2026-10-04"),
        ("## [1.4.0]", "1.4.0", None),
        ("## 2026.10", "2026.10", None),
        ("## 1.10 - 9999-12-31", "1.10", "9999-12-31"),
        ("## 1.4.0 - 20240101", "1.4.0", "20240101"),
        ("## 1.4.0 - October", "1.4.0", "October"),
        ("## 1.4.0 - 2024-W01-1", "1.4.0", "2024-W01-1"),
        ("# 1.4.0 - 2026-10-04", "1.4.0", "2026-10-04"),
        ("## Unreleased", "Unreleased", None),
        ("## [unreleased]", "Unreleased", None),
    ],
)
def test_headings_of_every_honest_shape(heading: str, version: str, date: str | None) -> None:
    entry = only(f"{heading}\n- Author: ana\n")
    assert (entry.version.value, entry.date.value if entry.date else None) == (version, date)
    line, column, width = spot(entry.version)
    assert heading[(column or 0) - 1 :][:width].lower() == version.lower()
    assert line == 1
    if entry.date:
        _, column, width = spot(entry.date)
        assert heading[(column or 0) - 1 :][:width] == date


@pytest.mark.parametrize("heading", ["# Changelog", "## Notes", "### 1.4.0", "## 3 things to know"])
def test_other_headings_begin_no_entry(heading: str) -> None:
    assert versions(f"{heading}\n\ntext\n") == []


def test_a_setext_heading_is_a_heading() -> None:
    assert versions("1.4.0 - 2026-10-04\n------------------\n\n- text\n") == ["1.4.0"]


def test_both_levels_count_where_versions_stand_at_level_one() -> None:
    text = "# 2.0.0\n\n## Fixed\n\n- one\n\n## 1.9.1\n\n- two\n"
    newer, older = read(text).entries
    assert (newer.version.value, older.version.value) == ("2.0.0", "1.9.1")
    assert "Fixed" in newer.text
    assert "two" not in newer.text


def test_another_heading_of_the_same_level_ends_the_entry() -> None:
    assert only("## 1.0.0\n\n- one\n\n## Credits\n\n- two\n").text == "## 1.0.0\n\n- one"


@pytest.mark.parametrize(
    "hidden",
    [
        "<!--\n\n## 9.9.9\n\n-->",
        "<!--\n## 9.9.9\n-->",
        "```\n## 9.9.9\n```",
        "~~~~\n```\n## 9.9.9\n~~~~",
        "> ## 9.9.9",
        "    ## 9.9.9",
        "<div>\n## 9.9.9\n</div>",
        "<pre>\n\n## 9.9.9\n\n</pre>",
        "- item\n\n  ## 9.9.9",
        "| a |\n|---|\n| ## 9.9.9 |",
        "\\## 9.9.9",
        "```\n## 9.9.9\n",
    ],
)
def test_an_entry_that_no_reader_sees_is_none(hidden: str) -> None:
    assert versions(f"## 1.0.0\n\n- text\n\n{hidden}\n") == ["1.0.0"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<!--\n- Author: mallory\n-->",
        "```\nAuthor: mallory\n```",
        "> Author: mallory",
        "    Author: mallory",
        "| Author: mallory |\n|---|\n| x |",
        "Author: mallory | b\n--- | ---\nx | y",
        "<div>\nAuthor: mallory\n</div>",
        "Text <!--\nAuthor: mallory\n-->",
        "Prose of a sentence or two.\n\n- Author: mallory",
        "### Changed\n- Author: mallory",
    ],
)
def test_a_field_that_no_reader_sees_as_one_is_none(hidden: str) -> None:
    assert "author" not in only(f"## 1.0.0\n\n{hidden}\n").fields


def test_a_comment_is_no_value() -> None:
    entry = only("## 1.0.0\n- **Author:** <!-- ana -->\n- Ticket: ML-1 <!-- or 2 -->\n")
    assert values(entry) == {"author": "", "ticket": "ML-1"}


def test_fields_stop_at_prose_and_go_on_after_an_item() -> None:
    entry = only("## 1.0.0\n- An item\n- Author: ana\n\nProse here\nTicket: ML-1\n")
    assert values(entry) == {"author": "ana", "summary": "An item"}


def test_a_second_line_for_a_key_stays_in_the_body() -> None:
    entry = only("## 1.0.0\n- Fixed: one\n- Fixed: two\n")
    assert entry.fields["fixed"].value == "one"
    assert entry.body == "- Fixed: two"


def test_what_changed_is_the_summary_where_there_is_no_other_text() -> None:
    entry = only("## 1.0.0\nAuthor: ana\nFixed: the thing\n")
    assert entry.fields["summary"] == entry.fields["fixed"]


def test_a_value_goes_on_in_the_lines_of_its_item() -> None:
    entry = only("## 1.0.0\n- Summary: one\n  two\n- Author: ana\n")
    assert values(entry) == {"summary": "one two", "author": "ana"}
    assert entry.body == ""


def test_equal_texts_ignore_line_ends_and_definitions_alone() -> None:
    before = only("## 1.0.0\n- text\n")
    assert only("## 1.0.0  \r\n- text\t\r\n\r\n\r\n").text == before.text
    assert only("## 1.0.0\n- text\n\n[1.0.0]: https://example.com\n").text == before.text
    assert only("## 1.0.0\n- text\n\n[1.0.0]: <a> 'b'\n").text == before.text
    assert only("## 1.0.0\n- texts\n").text != before.text


def test_older_entries_are_left_out_unless_production_holds_them() -> None:
    text = "".join(f"## 1.{minor}.0\n\n- text\n\n" for minor in range(9, -1, -1))
    cut = read(text, Limits(max_entries=2), frozenset({"1.3.0"}))
    assert [entry.version.value for entry in cut.entries] == ["1.9.0", "1.8.0", "1.3.0"]
    assert not cut.complete
    assert read(text).complete


def test_an_entry_beyond_the_limit_is_a_fault() -> None:
    (fault,) = read(f"# C\n\n## 1.0.0\n\n{'a' * 70_000}\n").faults
    assert (fault.code, fault.place.line, fault.place.column) == ("SNT001", 3, 4)
    assert "max_text_kib" in fault.message


@pytest.mark.parametrize(
    "blob",
    [
        b"\xff\xfe#",
        b"a\0",
        b"a" * 1_100_000,
        b"text\r## 1.0.0\r",
        b"x\n" + b"> " * 200 + b"a\n",
        b"- " * 30 + b"a",
        b">" * 30,
    ],
    ids=["utf-16", "nul", "size", "carriage return", "quotes", "lists", "quotes without blanks"],
)
def test_files_beyond_the_limits_are_broken_with_a_fault(blob: bytes) -> None:
    found = read_changelog(PATH, blob, LIMITS)
    assert found.broken
    assert [fault.code for fault in found.faults] == ["SNT001"]
    assert found.entries == ()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(blob: bytes) -> None:
    read_changelog(PATH, blob, LIMITS)


PIECES = (
    *("- ", "* ", "  ", "   ", "      ", "# ", "## ", "a", "[a]", "[a]:", "1. ", "12) ", "```"),
    *("~~~", "<!--", "-->", "<div>", "> ", "---", "***", "===", "|", "a|b", "-|-", "`", "**"),
    *("**Author:** x", "Author: x", "\t", "__", "_", "é", "\u00a0", "(", "'", '"', "[x](y)"),
    *("[b]: https://example.com", "[a\nb]: c", "\\", "\n", "\n\n", " ", "+ ", "#", "-", "\x0c"),
)
PLAIN = (
    *("", "", "# Title", "## 1.0.0", "- item", "  more", "  - nested", "      - deep", "text"),
    *("* other", "---", "***", "[a]: https://example.com", "Author: x", "[l](u)", "__b__ c"),
)
LINES = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
DOCUMENTS = st.lists(st.sampled_from(PLAIN) | LINES, max_size=12) | st.lists(
    st.sampled_from(PLAIN), max_size=20
)


@settings(max_examples=500)
@given(DOCUMENTS)
def test_the_quick_reading_is_the_one_of_commonmark_or_none(parts: list[str]) -> None:
    text = "\n".join(line.rstrip(" \t") for line in "\n".join(parts).split("\n"))
    quick = plain_outline(text)
    assert quick is None or quick == parsed_outline(text)


def test_an_honest_changelog_is_read_the_quick_way() -> None:
    assert plain_outline(HONEST) is not None


@settings(max_examples=200)
@given(DOCUMENTS)
def test_every_place_stands_in_the_file(parts: list[str]) -> None:
    text = "## 1.0.0\n" + "\n".join(parts)
    lines = text.split("\n")
    for entry in read(text).entries:
        for located in (entry.version, *entry.fields.values()):
            line, column, _ = spot(located)
            assert line is not None
            assert column is not None
            assert column <= len(lines[line - 1]) + 1


@pytest.mark.parametrize(
    "text",
    [
        ("> " * 20 + "a\n") * 1_500,
        "![" * 30_000,
        "[a" * 30_000,
        "<!--" * 15_000,
        "- a <!--\n" * 7_000,
        "Author: " + "a " * 30_000,
        "a" * 60_000 + ":",
        "## " + "[" * 60_000,
        "## 1" + " " * 60_000 + "x",
        "## 1.0.0 - " + "9" * 60_000,
    ],
)
def test_an_entry_made_to_be_slow_is_read_soon(text: str) -> None:
    start = process_time()
    read(f"## 1.0.0\n\n{text}\n")
    assert process_time() - start < 2


@pytest.mark.slow
@pytest.mark.parametrize("extra", ["", "<br>\n\n"], ids=["quick", "parsed"])
def test_reading_is_linear(extra: str) -> None:
    def seconds(count: int) -> float:
        text = "".join(f"## 1.{n}.0 - 2026-10-04\n- Author: a\n\n- text\n\n" for n in range(count))
        blob = (extra + text).encode()
        best = 1e9
        for _ in range(7):
            start = process_time()
            read_changelog(PATH, blob, Limits(max_entries=10_000))
            best = min(best, process_time() - start)
        return best

    # Four times the input; quadratic work would take sixteen times as long.
    assert seconds(5_000) < 10 * seconds(1_250)
