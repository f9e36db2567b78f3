"""Versions of other schemes than PEP 440: which texts are one, and which of two is higher."""

from __future__ import annotations

from itertools import pairwise

import pytest

from snitch.checks.schemes import is_valid
from snitch.checks.schemes import key


@pytest.mark.parametrize(
    ("scheme", "texts"),
    [
        (
            "semver",
            [
                *("0.0.1", "0.0.2", "0.1.0-0", "0.1.0", "0.2.0", "0.10.0", "1.0.0-1", "1.0.0-2"),
                *("1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-alpha.b"),
                *("1.0.0-beta", "1.0.0-rc.1", "v1.0.0", "1.0.1", "2.0.0", "10.0.0"),
            ],
        ),
        (
            "calendar",
            ["1999", "2024.1", "2024-02", "2024.10", "v2025", "2025.1.2.3.4", "20241101"],
        ),
    ],
)
def test_versions_of_a_scheme_have_their_order(scheme: str, texts: list[str]) -> None:
    assert all(is_valid(text, scheme) for text in texts)
    keys = [key(text, scheme) for text in texts]
    assert all(lower < higher for lower, higher in pairwise(keys))


@pytest.mark.parametrize(
    ("one", "other", "scheme"),
    [
        ("1.2.3", "v1.2.3", "semver"),
        ("1.2.3+abc", "1.2.3+def", "semver"),
        ("1.2.3-rc.1+abc", "1.2.3-rc.1", "semver"),
        ("2024.1", "v2024-01", "calendar"),
    ],
)
def test_spellings_of_one_version_are_equal(one: str, other: str, scheme: str) -> None:
    assert key(one, scheme) == key(other, scheme)
    assert key(one, scheme) is not None


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("1.2", "semver"),
        ("1.2.3.4", "semver"),
        ("01.2.3", "semver"),
        ("1.2.3-", "semver"),
        ("1.2.3-a_b", "semver"),
        ("vv1.2.3", "semver"),
        ("", "semver"),
        ("1.2.3", "calendar"),
        ("2124", "calendar"),
        ("2024.1.2.3.4.5", "calendar"),
        ("2024.", "calendar"),
        ("latest", "calendar"),
        ("1.2.3", "pep440"),
        ("1.2.3", "opaque"),
        ("1.2.3", "none"),
    ],
)
def test_other_texts_are_no_version_of_it(text: str, scheme: str) -> None:
    assert key(text, scheme) is None
    assert not is_valid(text, scheme)


def test_a_long_number_in_a_pre_release_is_a_number() -> None:
    long = "9" * 60
    assert key(f"1.0.0-{long}", "semver") < key(f"1.0.0-{long}0", "semver")
    assert key(f"1.0.0-{long}0", "semver") < key("1.0.0-a", "semver")
