"""Which edited line of a `.gitattributes` reaches a metadata file."""

from __future__ import annotations

import pytest

from snitch.checks.attributes import reaching

METADATA = ["models/churn/config.yaml", "models/churn/metrics.json"]


@pytest.mark.parametrize(
    ("path", "line", "reached"),
    [
        ("models/.gitattributes", "churn/metrics.json -diff", METADATA[1]),
        ("models/.gitattributes", "/churn/*.yaml -diff", METADATA[0]),
        ("models/churn/.gitattributes", "*.json -diff", METADATA[1]),
        ("models/churn/.gitattributes", "models/churn/*.json -diff", None),
        ("model/.gitattributes", "*.json -diff", None),
        ("models/fraud/.gitattributes", "*.json -diff", None),
        (".gitattributes", "churn/metrics.json -diff", None),
        (".gitattributes", "**/metrics.json -diff", METADATA[1]),
        (".gitattributes", "METRICS.json -diff", METADATA[1]),
        (".gitattributes", '"models/churn/config.yaml" -diff merge=ours', METADATA[0]),
        (".gitattributes", '"config.yaml" "*.json"', METADATA[0]),
        (".gitattributes", '"config.yam" -diff', None),
        (".gitattributes", '"onfig.yaml" -diff', None),
        (".gitattributes", "*.json\tmerge=ours -diff", METADATA[1]),
    ],
)
def test_a_pattern_counts_from_the_directory_of_its_file(
    path: str, line: str, reached: str | None
) -> None:
    expected = None if reached is None else (2, line, reached)
    assert reaching(path, "# ours\n", f"# ours\n{line}\n", METADATA) == expected


def test_a_line_taken_away_counts_and_has_no_number() -> None:
    assert reaching(
        ".gitattributes", "*.png binary\n*.json text\n", "*.png binary\n", METADATA
    ) == (
        None,
        "*.json text",
        METADATA[1],
    )


def test_lines_that_only_change_places_count_from_the_first() -> None:
    before, now = "*.json text\n*.yaml text\n", "*.yaml text\n*.json text\n"
    assert reaching(".gitattributes", before, now, METADATA) == (1, "*.yaml text", METADATA[0])
    assert reaching(".gitattributes", before, f"\n# more\n{before}", METADATA) is None


def test_a_second_copy_of_a_line_counts() -> None:
    line = "*.json text\n"
    assert reaching(".gitattributes", line, line * 2, METADATA) == (1, "*.json text", METADATA[1])


def test_a_line_that_stays_is_no_edit() -> None:
    before, now = "*.json text\n", "*.json text\n*.png binary\n"
    assert reaching(".gitattributes", before, now, METADATA) is None


def test_a_macro_may_reach_anything() -> None:
    line = "[attr]quiet -diff"
    assert reaching(".gitattributes", "", line, []) == (1, line, "snitch.yaml")
    assert reaching(".gitattributes", "", line, METADATA) == (1, line, METADATA[0])
