"""A version in a structured changelog is text: what numbers lose of it is told."""

from __future__ import annotations

import pytest

from snitch.documents import Limits
from snitch.documents.changelog_structured import read_structured_changelog
from snitch.findings import Severity


@pytest.mark.parametrize(
    ("name", "text", "code", "line", "column"),
    [
        ("changelog.yaml", "- version: 1.10\n  summary: x\n", "SNT006", 1, 12),
        ("changelog.yaml", "releases:\n- summary: x\n  version: 2.100\n", "SNT006", 3, 12),
        ("changelog.json", '[{"version": 1.10, "summary": "x"}]', "SNT004", 1, 14),
        ("changelog.toml", '[[release]]\nversion = 1.10\nsummary = "x"\n', "SNT004", 2, 11),
    ],
)
def test_a_version_whose_last_zero_is_lost_is_told(
    name: str, text: str, code: str, line: int, column: int
) -> None:
    changelog = read_structured_changelog(name, text.encode(), Limits(), ())
    [fault] = changelog.faults
    assert (fault.code, fault.place.line, fault.place.column) == (code, line, column)
    assert fault.severity is Severity.ERROR
    assert "with quotes" in fault.remedy
    assert changelog.entries[0].version.value in text


@pytest.mark.parametrize("version", ['"1.10"', "1.4.10", "1.4", "1.0", "10", "v1.10"])
def test_a_version_that_every_reader_sees_alike_is_none_of_it(version: str) -> None:
    text = f"- version: {version}\n  summary: x\n"
    assert read_structured_changelog("changelog.yaml", text.encode(), Limits(), ()).faults == ()


def test_quotes_are_no_other_entry() -> None:
    """What production holds without quotes can be mended without rewriting history."""
    texts = {
        read_structured_changelog(
            "changelog.yaml", f"- version: {version}\n  summary: x\n".encode(), Limits(), ()
        )
        .entries[0]
        .text
        for version in ("1.10", '"1.10"', "'1.10'")
    }
    assert len(texts) == 1
