"""The text of a first policy: whatever names a repository has, it says them and can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from adopted import found
from adoption.test_proposal import metric
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from snitch.engine.adoption import BenchmarkSeen
from snitch.engine.first_policy import policy_text

HERE = Path()
WIDTH = 98
printable = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example("no")
@example("y")
@example("a: b")
@example("# a")
@example(".5")
@example(".inf")
@example("1e3")
@example("2026-10-01")
@example('"quoted\\"')
def test_a_branch_of_any_name_is_the_policy_s_production(name: str) -> None:
    read = yaml.safe_load(policy_text(found(HERE, production=name)))
    assert read.get("environments", {"production": "main"}) == {"production": name}


@given(st.lists(printable, min_size=1, max_size=3, unique=True))
@example(["v2", "2026.10", ".5"])
def test_benchmarks_of_any_name_and_version_are_in_the_policy(names: list[str]) -> None:
    seen = tuple(BenchmarkSeen(name, (name,), None, ("m",)) for name in names)
    read = yaml.safe_load(policy_text(found(HERE, benchmarks=seen)))["benchmarks"]
    assert read == {name: {"current": name, "versions": [name], "models": ["m"]} for name in names}


@pytest.mark.parametrize("longest", [False, True])
def test_names_stand_in_one_line_where_they_fit_into_it(*, longest: bool) -> None:
    start, names = "    required: [", ["first", "x"]
    names[1] *= WIDTH - len(f"{start}first, ]") + longest
    text = policy_text(found(HERE, read=2, fields=dict.fromkeys(names, 2)))
    assert yaml.safe_load(text)["completeness"]["config"]["required"] == names
    lines = text.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("    required:"))
    if longest:
        assert lines[at : at + 3] == ["    required:", "      - first", f"      - {names[1]}"]
    else:
        assert lines[at] == f"{start}first, {names[1]}]"
        assert len(lines[at]) == WIDTH


def test_names_in_a_comment_are_never_broken(tmp_path: Path) -> None:
    names = [f"{'a-long-' * length}name" for length in range(1, 20, 3)]
    known = tuple(metric(name, "0", "1", by_layout=True) for name in names)
    lines = policy_text(found(tmp_path, metrics=known)).splitlines()
    assert [name for name in names if not any(f"`{name}`" in line for line in lines)] == []


def test_a_field_is_told_once_as_every_model_s_or_of_some_or_of_none() -> None:
    fields = {"all": 2, "some": 1, "none": 0}
    lines = policy_text(found(HERE, read=2, fields=fields)).splitlines()
    at = lines.index("    required: [all]")
    assert lines[at + 1 : at + 3] == [
        "    # in some only: some (1 of 2 models)",
        "    # nowhere yet: none",
    ]
    assert not lines[at + 3].startswith("    #")
