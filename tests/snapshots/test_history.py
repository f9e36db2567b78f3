"""What commits say, and the ways back from one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.findings import CannotJudgeError
from snitch.snapshots import Person
from snitch.snapshots.commits import parse_commit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

    from snitch.snapshots import Repository


def test_history_keeps_to_first_parents_and_to_a_directory(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"models/a/x": "1", "models/b/x": "1"})
    repo.branch("side").commit("side 1", {"models/a/x": "2"})
    repo.commit("side 2", {"models/a/x": "3"})
    repo.checkout("main")
    other = repo.commit("other", {"models/b/x": "2"})
    merge = repo.merge("side")
    last = repo.commit("last", {"README.md": "r"})
    repository = open_repository(repo.root)
    assert repository.first_parents(last, 10) == [last, merge, other, first]
    assert repository.first_parents(last, 2) == [last, merge]
    assert repository.history("models/a", last, 10) == [merge, first]
    assert repository.history("models/b", last, 10) == [other, first]
    assert repository.history("", last, 10) == [last, merge, other, first]
    assert repository.history("models", last, 1) == [merge]
    assert repository.history("nosuch", last, 10) == []


def test_git_is_told_how_much_it_may_keep_where_somebody_knows(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    git = open_repository(repo.root).git
    setting = "core.deltaBaseCacheLimit="
    assert not any(setting in word for word in git.command("rev-list", "HEAD"))
    line = replace(git, room=4096).command("rev-list", "HEAD")
    assert line[line.index(f"{setting}4096") - 1 :][::2] == ["-c", "rev-list"]


@pytest.mark.parametrize(
    "at", ["models", "models/a", "models/a/x", "models/b c", "nosuch", "models/nosuch/deep", ".git"]
)
def test_a_directory_that_is_sought_holds_what_it_does_without(
    repo: Repo, open_repository: Callable[[Path], Repository], at: str
) -> None:
    commit = repo.commit("one", {"models/a/x": "1", "models/a/y/z": "2", "models/b c/x": "3"})
    plain = open_repository(repo.root).commit(commit)
    sought = open_repository(repo.root).commit(commit, at)
    for path in ("", "models", "models/a", "models/a/x", "models/a/y/z", "models/b c", at):
        assert sought.entry(path) == plain.entry(path)
        assert sought.files(path) == plain.files(path)
        assert sought.children(path) == plain.children(path)
        assert sought.tree_id(path) == plain.tree_id(path)


def test_paths_of_history_are_no_patterns(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"models/a": "1", "mod*": "2", ":(top)x": "3", "-n": "4"})
    later = repo.commit("two", {"models/a": "2"})
    repository = open_repository(repo.root)
    for path in ("mod*", ":(top)x", "-n"):
        assert repository.history(path, later, 9) == [commit]


def test_the_merge_base_is_none_for_strangers_and_for_shallow_clones(
    repo: Repo, tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    repo.branch("side").commit("side", {"b": "1"})
    side = repo.head()
    repo.checkout("main")
    main = repo.commit("main", {"a": "2"})
    repo.git("checkout", "--quiet", "--orphan", "lone")
    lone = repo.commit("lone", {"c": "1"})
    repository = open_repository(repo.root)
    assert repository.merge_base(side, main) == first
    assert repository.merge_base(side, lone) is None
    assert not repository.is_shallow()
    repo.clone(tmp_path / "shallow", "--depth=1", "--no-single-branch")
    shallow = open_repository(tmp_path / "shallow")
    assert shallow.merge_base(side, main) is None
    assert shallow.is_shallow()


def test_the_merge_base_of_any_two_commits_is_the_one_that_git_finds(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    side = repo.branch("side").commit("side", {"b": "1"})
    repo.checkout("main")
    main = repo.commit("main", {"a": "2"})
    merge = repo.merge("side")
    last = repo.commit("last", {"a": "3"})
    repository = open_repository(repo.root)
    for one in (first, side, main, merge, last):
        for other in (first, side, main, merge, last):
            assert repository.merge_base(one, other) == repo.git("merge-base", one, other)


def test_a_commit_tells_who_wrote_it_and_when(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    second = repo.commit("Retrain churn\n\nLong story", {"a": "2"})
    info = open_repository(repo.root).commit_info(second)
    assert info.parents == (first,)
    assert info.author == Person("Ana", "ana@example.com", 1791115200)
    assert info.committer == Person("Ben", "ben@example.com", 1791115200)
    assert info.subject == "Retrain churn"
    assert info.tree == repo.git("rev-parse", "HEAD^{tree}")


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader_of_commits(data: bytes) -> None:
    raw = b"tree " + b"1" * 40 + b"\nauthor " + data
    try:
        info = parse_commit("0" * 40, raw)
    except CannotJudgeError:
        return
    assert info.tree == "1" * 40


def test_forged_dates_are_only_numbers(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    tree = repo.git("mktree", stdin=b"")
    raw = f"tree {tree}\nauthor <> {'9' * 30} +0000\ncommitter C <c@x> 4102444800 +9999\n\nx"
    options = ("-w", "-t", "commit", "--literally", "--stdin")
    commit = repo.git("hash-object", *options, stdin=raw.encode())
    info = open_repository(repo.root).commit_info(commit)
    assert info.author.time == 0
    assert info.committer == Person("C", "c@x", 4102444800)


def test_removals_are_what_the_branch_gave_up_newest_first(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    odd = "m/a\nb \u00e9.txt"
    first = repo.commit("one", {"a": "a", odd: "odd", "m/kept": "x"})
    repo.branch("side")
    repo.commit("side's own", {"a": None})
    repo.checkout("main")
    second = repo.commit("two", {odd: None, "b": "b"})
    repo.merge("side")
    last = repo.commit("b too", {"b": None})
    found = open_repository(repo.root).removals(last, 9)
    assert [one.path for one in found] == ["b", "a", odd]
    assert [one.commit for one in found][1:] == [second, first]
    assert found[2].oid == repo.git("rev-parse", f"{first}:{odd}")
    assert open_repository(repo.root).removals(first, 9) == []
    assert [one.path for one in open_repository(repo.root).removals(last, 2)] == ["b"]


def test_what_was_overwritten_is_known_by_what_was_there(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "a", "b": "b"})
    second = repo.commit("two", {"a": "A", "b": None})
    [found] = open_repository(repo.root).overwritten(second, 9)
    assert (found.path, found.commit) == ("a", first)
    assert found.oid == repo.git("rev-parse", f"{first}:a")
