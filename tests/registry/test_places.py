"""A model is the same whether it is asked for alone or listed with all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from snitch.documents import Limits
from snitch.policy.model import ModelGlob
from snitch.registry.discovery import DefaultPattern
from snitch.registry.discovery import Places
from snitch.registry.layout import load_built_in
from snitch.testing import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.registry.discovery import Pattern

LAYOUTS = {"snitch": load_built_in("snitch")}
NAMES = st.sampled_from(["a", "b", "models", ".hidden", "venv", "config.yaml", "metrics.json"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
GLOBS = st.sampled_from(["models/*", "*", "**", ".", "a/**", "models/?", "*/b", "a/.hidden", "/a/"])
PATTERNS = st.lists(
    st.builds(
        lambda kind, path, exclude: kind(path=path, exclude=exclude),
        st.sampled_from([DefaultPattern, ModelGlob]),
        GLOBS,
        st.sampled_from([(), ("models/a",), ("**/b",)]),
    ),
    max_size=3,
)


def _snapshot(paths: Sequence[str]) -> MemorySnapshot:
    files: dict[str, bytes] = {}
    for path in paths:
        above = path.split("/")
        taken = any("/".join(above[:end]) in files for end in range(1, len(above)))
        if not taken and not any(other.startswith(f"{path}/") for other in files):
            files[path] = b""
    return MemorySnapshot(files)


@given(st.lists(PATHS, max_size=8), PATTERNS)
def test_a_place_asked_for_alone_is_the_one_listed(
    paths: list[str], patterns: list[Pattern]
) -> None:
    snapshot = _snapshot(paths)
    listed = dict(Places(snapshot, patterns, LAYOUTS, Limits()))
    alone = Places(snapshot, patterns, LAYOUTS, Limits())
    asked = {"", "none", "a/none", *paths, *(path.rpartition("/")[0] for path in paths)}
    assert {path: place for path in asked if (place := alone.get(path))} == {
        path: listed[path] for path in asked if path in listed
    }
    assert list(listed) == sorted(listed) == list(alone.directories)
    assert alone.others == ()


def test_many_wildcards_over_a_deep_tree_take_no_time() -> None:
    directory = "/".join(["d"] * 28)
    snapshot = _snapshot([f"{directory}/m{number}/config.yaml" for number in range(3)])
    patterns = [ModelGlob(path="**/" * 12 + "m*")]
    assert list(Places(snapshot, patterns, LAYOUTS, Limits())) == [
        f"{directory}/m{n}" for n in range(3)
    ]
