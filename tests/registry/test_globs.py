"""What a pattern of the policy matches, and where all of it lies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.registry.globs import fixed_part
from snitch.registry.globs import matches

PARTS = st.lists(st.sampled_from(["a", "b", "ab", "*", "a*", "?", "[ab]", "**"]), max_size=4)
PATHS = st.lists(st.sampled_from(["a", "b", "ab"]), max_size=5)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("models/*", "models"),
        ("a/b/c*/d", "a/b"),
        ("**", ""),
        ("churn/", "churn"),
        (".", ""),
        ("", ""),
    ],
)
def test_the_fixed_part_ends_where_the_first_wildcard_stands(pattern: str, expected: str) -> None:
    assert fixed_part(pattern) == expected


@given(PARTS, PATHS)
def test_whatever_a_pattern_matches_is_at_or_below_its_fixed_part(
    parts: list[str], names: list[str]
) -> None:
    pattern, path = "/".join(parts), "/".join(names)
    fixed = fixed_part(pattern)
    if matches(path, pattern):
        assert not fixed or path == fixed or path.startswith(f"{fixed}/")


@pytest.mark.parametrize("pattern", ["**/" * 16 + "z", "**/d/" * 10 + "z", "d/**/" * 12 + "**/z"])
def test_many_wildcards_over_a_deep_path_take_no_time(pattern: str) -> None:
    deep = "/".join(["d"] * 32)
    assert not matches(deep, pattern)
    assert matches(f"{deep}/z", pattern)
