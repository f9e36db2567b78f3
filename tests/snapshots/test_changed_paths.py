"""A set of paths is one in everything, however it is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snitch.snapshots import ChangedPaths

NAMES = st.text(st.characters(exclude_characters="/"), min_size=1, max_size=3) | st.sampled_from(
    ["a", "b", "\udcff"]
)
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=3).map("/".join), max_size=12)


@given(PATHS, PATHS)
def test_it_is_the_set_of_its_paths_in_any_order(some: list[str], others: list[str]) -> None:
    paths, plain = ChangedPaths(some), frozenset(some)

    assert set(paths) == plain
    assert ChangedPaths(reversed(some)) == paths
    assert sorted(paths) == sorted(plain)
    assert len(paths) == len(plain)
    assert [path in paths for path in others] == [path in plain for path in others]
    assert paths - frozenset(others) == plain - frozenset(others)
    assert paths & ChangedPaths(others) == plain & frozenset(others)
    assert paths.isdisjoint(others) == plain.isdisjoint(others)


@given(PATHS)
def test_its_directories_hold_its_names(some: list[str]) -> None:
    paths = ChangedPaths(some)

    held = {
        f"{directory}/{name}" if directory else name
        for directory in paths.directories
        for name in paths.within(directory)
    }

    assert held == set(some)
    assert paths.within("nowhere at all") == frozenset()


def test_what_is_no_path_of_a_tree_is_not_in_it() -> None:
    paths = ChangedPaths(["a", "b/c"])

    assert [what in paths for what in ("/a", "", "b", "b/", "b/c/d", 1, None)] == [False] * 7
