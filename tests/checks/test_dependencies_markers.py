"""Where a marker holds: on the serving stack, elsewhere or nowhere, on any machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.checks.markers import Reach
from snitch.checks.markers import reach
from snitch.checks.markers import together

LINUX = {"python_version": "3.11", "sys_platform": "linux"}


@pytest.mark.parametrize(
    ("marker", "free", "linux"),
    [
        ("", "here", "here"),
        ("python_version < '2'", "nowhere", "nowhere"),
        ("python_version < '2.6'", "nowhere", "nowhere"),
        ("python_version <= '2.6'", "elsewhere", "elsewhere"),
        ("python_version < '3'", "elsewhere", "elsewhere"),
        ("python_version >= '5'", "nowhere", "nowhere"),
        ("python_version >= '4'", "here", "elsewhere"),
        ("python_version < '3.11'", "here", "elsewhere"),
        ("python_version <= '3.11'", "here", "here"),
        ("'3.11' == python_version", "here", "here"),
        ("python_version in '2.7 3.6'", "here", "elsewhere"),
        ("python_full_version == '3.11.4'", "here", "here"),
        ("python_full_version < '3.11.0a7'", "here", "elsewhere"),
        ("python_full_version < '3.11' and python_version >= '3.11'", "nowhere", "nowhere"),
        ("sys_platform == 'win32'", "here", "elsewhere"),
        ("sys_platform != 'win32'", "here", "here"),
        ("sys_platform == 'linux' and sys_platform == 'win32'", "nowhere", "nowhere"),
        ("python_version < '3.9' and platform_machine == 'arm64'", "here", "elsewhere"),
        ("platform_machine == 'x86_64'", "here", "here"),
        ("platform_release >= '5'", "here", "here"),
        ("platform_release < '5'", "here", "here"),
        ("extra == 'gpu'", "here", "here"),
        ("'x' in extras", "here", "here"),
        ("no marker at all", "here", "here"),
        ("(" * 2000, "here", "here"),
    ],
)
def test_where_a_marker_holds(marker: str, free: str, linux: str) -> None:
    assert reach(marker, {}) is Reach(free)
    assert reach(marker, LINUX) is Reach(linux)


def test_a_serving_python_may_be_older_or_newer_than_any_known() -> None:
    assert reach("python_version < '3'", {"python_version": "2.7"}) is Reach.HERE
    assert reach("python_version >= '7'", {"python_version": "7.1"}) is Reach.HERE
    assert reach("python_version > '7.1'", {"python_version": "7.1"}) is Reach.NOWHERE


def test_a_full_version_decides_the_short_one() -> None:
    serving = {"python_full_version": "3.10.4"}
    assert reach("python_version == '3.10'", serving) is Reach.HERE
    assert reach("python_version == '3.11'", serving) is Reach.ELSEWHERE
    assert reach("python_full_version >= '3.10.5'", serving) is Reach.ELSEWHERE
    whole = {**serving, "python_version": "3.10", "implementation_version": "3.10.4"}
    assert reach("python_version == '3.10'", whole) is Reach.HERE
    assert reach("python_full_version > '3.10.4'", whole) is Reach.ELSEWHERE
    assert reach("python_version == '3.10'", {**whole, "python_version": "3.9"}) is Reach.ELSEWHERE


def test_a_marker_of_too_many_variables_excuses_nothing() -> None:
    names = ["os_name", "sys_platform", "platform_machine", "platform_system", "platform_version"]
    marker = " and ".join(f"{name} == '{name}' and {name} == 'x'" for name in names)
    assert reach(marker, {}) is Reach.HERE
    assert reach(" and ".join(marker.split(" and ")[:2]), {}) is Reach.NOWHERE


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("< '3.9.5'", Reach.HERE),
        ("< '3.9.1'", Reach.HERE),
        ("< '3.9.0'", Reach.NOWHERE),
        ("> '3.9.98'", Reach.HERE),
        ("> '3.9.99'", Reach.NOWHERE),
    ],
)
def test_a_minor_version_has_a_hundred_releases_before_and_after_those_that_a_marker_names(
    marker: str, expected: Reach
) -> None:
    assert reach(f"python_version == '3.9' and python_full_version {marker}", {}) is expected
    assert reach("python_version > '3.8' and python_full_version < '3.9.1'", {}) is Reach.HERE


def test_without_a_serving_python_the_oldest_is_the_first_of_python_3() -> None:
    assert reach("python_version < '3.1'", {}) is Reach.HERE
    assert reach("python_version < '3.0'", {}) is Reach.ELSEWHERE


def test_two_markers_that_exclude_one_another() -> None:
    assert not together("python_version < '3.9'", "python_version >= '3.9'", {})
    assert together("python_version < '3.10'", "python_version >= '3.9'", {})
    assert together("", "python_version >= '3.9'", {})
    assert together("", "", {})
    assert not together("", "sys_platform == 'win32'", LINUX)


@given(st.text(max_size=40), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3))
def test_any_text_has_an_answer(marker: str, serving: dict[str, str]) -> None:
    assert reach(marker, serving) in Reach


@given(st.text(max_size=12))
def test_any_serving_python_has_an_answer(version: str) -> None:
    assert reach("python_version < '3.9'", {"python_version": version}) in Reach
