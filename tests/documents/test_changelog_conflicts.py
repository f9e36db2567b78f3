"""A changelog whose merge nobody resolved is not read as if one side had been chosen."""

from __future__ import annotations

import pytest

from snitch.documents import Limits
from snitch.documents.changelog_markdown import read_markdown_changelog

OURS = "## [1.4.0] - 2026-10-04\n- **Author:** ana\n\nRetrained.\n"
THEIRS = "## [1.4.0] - 2026-10-03\n- **Author:** ben\n\nTuned.\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_unresolved_merge_is_told_at_its_first_mark(newline: str) -> None:
    text = f"# Changelog\n\n<<<<<<< HEAD\n{OURS}=======\n{THEIRS}>>>>>>> change\n"
    blob = text.replace("\n", newline).encode()
    changelog = read_markdown_changelog("CHANGELOG.md", blob, Limits(), ())
    [fault] = changelog.faults
    assert (fault.code, fault.place.line, fault.place.column) == ("SNT002", 3, 1)
    assert changelog.broken


@pytest.mark.parametrize(
    "prose",
    [
        "Loss\n=======\n\nFell.\n",
        ">>>>>>> deeply quoted\n",
        "<<<<<<< this way\n\n>>>>>>> that way\n",
        "    <<<<<<< HEAD\n    =======\n    >>>>>>> change\n",
        ">>>>>>> b\n\n=======\n\n<<<<<<< a\n",
    ],
)
def test_one_mark_alone_is_prose(prose: str) -> None:
    blob = f"# Changelog\n\n{OURS}\n{prose}".encode()
    changelog = read_markdown_changelog("CHANGELOG.md", blob, Limits(), ())
    assert changelog.faults == ()
    assert [entry.version.value for entry in changelog.entries] == ["1.4.0"]


def test_marks_without_number_cost_no_more_than_reading_them() -> None:
    blob = b"<<<<<<< a\n=======\n" * 20_000
    changelog = read_markdown_changelog("CHANGELOG.md", blob, Limits(), ())
    assert not [fault for fault in changelog.faults if fault.code == "SNT002"]
