"""Version arithmetic: exact over every version, held against brute force over a grid."""

from __future__ import annotations

from importlib.metadata import version
from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from snitch.checks.specifiers import MAX_CHARS
from snitch.checks.specifiers import MAX_PARTS
from snitch.checks.specifiers import admits
from snitch.checks.specifiers import pinned


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (">=2.10", "<2.12"),
        ("", "<2.12"),
        ("", ""),
        ("<=2.12", ">=2.12"),
        ("==2.12.0", "==2.12"),
        ("==2.12.*", "<2.12.1"),
        ("~=2.11", "<2.12"),
        ("~=2.11.0", "<2.12"),
        (">1.0", "<1.0.1"),
        ("==2.1.0", "==2.1.0+cu118"),
        ("==2.1.0+cu118", "<=2.1.0"),
        ("===2.1.0", ">=2"),
        ("===weekly", "===Weekly"),
        ("!=1.0", "==1.0.post1"),
        (">=2.0rc1", "<=2.0rc1"),
        ("<=1.0,!=1.0", ">=1.0a1"),
        (">=1!0", "<2!0"),
        (">0.9", "<1!0"),
        ("nonsense", "<2"),
        (">=1,<2,!=1.5", "==1.*"),
        pytest.param(
            ">=1.0.post1",
            "<1.0.post3,!=1.0.post1,!=1.0.post2",
            marks=pytest.mark.skipif(
                Version(version("packaging")) < Version("26.1"),
                reason="there, `<1.0.post3` leaves out 1.0.post2.dev0",
            ),
        ),
        ("==1.0.dev2", ">=1.0.dev1"),
        (">=1.0.dev1,<1.0.dev3,!=1.0.dev1", ""),
        (">=1.0a1,<1.0a2,!=1.0a1", ""),
        (">1.0.post1", "<1.0.post3"),
        (">1.0.post1", "<1.0.post2.dev1"),
        (">1.0a1", "<1.0b1"),
    ],
)
def test_ranges_that_share_a_version(first: str, second: str) -> None:
    assert admits(first, second)
    assert admits(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (">=2.12", "<2.12"),
        (">2.12", "<=2.12"),
        ("==2.12.*", "<2.12"),
        ("==2.11.5", "==2.12.*"),
        ("~=2.11.0", ">=2.12"),
        ("~=2.11", ">=3"),
        ("==1.0", "!=1.0"),
        ("==2.1.0+cu118", "==2.1.0+cu121"),
        ("==2.1.0+cu118", "!=2.1.0"),
        ("===weekly", ">=1"),
        ("===weekly", "===daily"),
        ("===1.0", ">=1.1"),
        (">=1,<1", ""),
        (">=1.0,<2.0,!=1.*", ""),
        (">1.0", "==1.0.post1"),
        ("<1.0", "==1.0rc1"),
        (">1.0rc1", "<1.0"),
        (">=1!0", "<9"),
        (">=1.0,<=1.0,!=1.0", ""),
        (">=1.0.dev1,<1.0.dev2,!=1.0.dev1", ""),
    ],
)
def test_ranges_that_share_none(first: str, second: str) -> None:
    assert not admits(first, second)
    assert not admits(second, first)


def test_one_comparison_alone_leaves_a_version() -> None:
    assert admits("")
    assert admits(">=1")
    assert admits("==1.0", "==1.0")


def test_what_cannot_be_read_limits_nothing() -> None:
    assert admits(f"=={'9' * MAX_CHARS}", "<2")
    assert admits(f"==1.{'0' * 5000}", "<1", "")
    assert not admits(f"=={'9' * (MAX_CHARS - 2)}", "<2")


def test_endless_specifiers_are_not_weighed() -> None:
    most = [f"!=1.{number}" for number in range(MAX_PARTS - 2)]
    assert not admits(",".join(most), "==5", ">5")
    assert admits(",".join([*most, "!=2"]), "==5", ">5")


@pytest.mark.parametrize("text", ["==1.0", "===1.0", "==1.0+cu118", ">=0.9,==1.0", " ==1.0 "])
def test_one_version_is_a_pin(text: str) -> None:
    assert pinned(text)


@pytest.mark.parametrize("text", ["", "==1.*", "~=1.0", ">=1.0", "<=1.0", "!=1.0", ">=1,<1.1"])
def test_a_range_is_no_pin(text: str) -> None:
    assert not pinned(text)


RELEASES = ["0", "0.1", "1", "1.0.1", "1.1", "1.2", "1.2.1", "1.3", "2", "2.0.1", "3", "1!0", "1!1"]
SUFFIXES = [
    "",
    ".dev0",
    "a1",
    "a1.dev2",
    "a2",
    "rc1",
    "rc1.post0",
    ".post0",
    ".post1",
    ".post1.dev0",
]
GRID = [Version(f"{release}{suffix}") for release, suffix in product(RELEASES, SUFFIXES)]
versions = st.sampled_from([str(version) for version in GRID])
comparisons = st.builds(
    "{}{}".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), versions
)
wildcards = st.builds(
    "{}{}.*".format, st.sampled_from(["==", "!="]), st.sampled_from([*RELEASES, "1!1.0"])
)
compatible = st.builds("~={}".format, st.sampled_from(["0.1", "1.1", "1.2.1", "1.1a2", "1!1.0"]))
specifiers = st.lists(st.one_of(comparisons, wildcards, compatible), max_size=3).map(",".join)


@settings(max_examples=300)
@given(specifiers, specifiers)
def test_no_version_of_a_grid_is_overlooked(first: str, second: str) -> None:
    both = SpecifierSet(f"{first},{second}".strip(","))
    if any(both.contains(version, prereleases=True) for version in GRID):
        assert admits(first, second)


@settings(max_examples=300)
@given(specifiers, specifiers)
def test_the_answer_is_that_of_exact_ranges(first: str, second: str) -> None:
    both = SpecifierSet(f"{first},{second}".strip(","))
    parts = {*first.split(","), *second.split(",")} - {""}
    if hasattr(both, "is_unsatisfiable") and len(parts) > 1:
        assert admits(first, second) is not both.is_unsatisfiable()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_an_answer_that_knows_no_order(first: str, second: str) -> None:
    assert admits(first, second) is admits(second, first)
