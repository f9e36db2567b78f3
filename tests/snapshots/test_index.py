"""What is about to be committed, under every way of committing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from snitch.findings import CannotJudgeError
from snitch.snapshots import Repository
from snitch.snapshots import changed_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

RECORD = """#!{python}
import json
from pathlib import Path
from snitch.snapshots import Repository
with Repository.discover(Path.cwd()) as repository:
    index = repository.index()
    seen = {{path: index.read(path).decode() for path in index.files("")}}
Path({out!r}).write_text(json.dumps(seen))
"""


def _record_commits(repo: Repo, out: Path) -> None:
    """A real hook that writes down what the index holds."""
    hook = repo.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(RECORD.format(python=sys.executable, out=str(out)))
    hook.chmod(0o755)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"a": "staged", "b": "0"}),
        (["-a"], {"a": "disk", "b": "disk"}),
        (["b"], {"a": "0", "b": "disk"}),
        (["-i", "b"], {"a": "staged", "b": "disk"}),
    ],
)
def test_a_hook_sees_the_index_that_is_being_committed(
    arguments: list[str], expected: dict[str, str], repo: Repo, tmp_path: Path
) -> None:
    out = tmp_path / "seen.json"
    repo.commit("one", {"a": "0", "b": "0"})
    repo.write({"a": "staged"}).git("add", "a")
    repo.write({"a": "disk", "b": "disk"})
    _record_commits(repo, out)
    repo.git("commit", "--quiet", "-m", "two", *arguments)
    assert json.loads(out.read_text()) == expected


def test_a_hook_in_a_linked_worktree_sees_that_worktrees_index(repo: Repo, tmp_path: Path) -> None:
    out = tmp_path / "seen.json"
    repo.commit("one", {"a": "0"})
    _record_commits(repo, out)
    repo.git("worktree", "add", "--quiet", "-b", "side", tmp_path / "linked")
    (tmp_path / "linked" / "a").write_text("linked")
    repo.git("-C", tmp_path / "linked", "commit", "--quiet", "-a", "-m", "two")
    assert json.loads(out.read_text()) == {"a": "linked"}


def test_an_index_outside_the_repository_is_refused(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("one", {"a": "0"})
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    with pytest.raises(CannotJudgeError, match="outside the repository") as caught:
        Repository.discover(repo.root)
    assert "unset GIT_INDEX_FILE" in caught.value.remedy


def test_before_the_first_commit_the_index_is_all_there_is(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.write({"models/a/x": "x", "b": "b"}).git("add", "b")
    repository = open_repository(repo.root)
    index = repository.index()
    assert index.commit is None
    assert list(index.files("")) == ["b"]
    repo.git("add", "models")
    assert list(repository.index().files("")) == ["b", "models/a/x"]
    assert repository.index().tree_id("") == repo.git("write-tree")
    assert list(repository.worktree().files("")) == ["b", "models/a/x"]


def test_an_intention_to_add_is_not_in_the_index(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "0", "m/gone": "1"})
    repo.write({"new": "n", "m/later": "l"}).git("add", "-N", "new", "m/later")
    repo.git("rm", "--cached", "--quiet", "m/gone")
    repo.git("add", "-N", "m/gone")
    repository = open_repository(repo.root)
    assert list(repository.index().files("")) == ["a"]
    assert repository.index().entry("m") is None
    assert list(repository.worktree().files("")) == ["a", "m/gone", "m/later", "new"]


def test_an_unresolved_conflict_stops_the_judgement(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("base", {"a": "0\n"})
    repo.branch("side").commit("side", {"a": "side\n"})
    repo.checkout("main").commit("main", {"a": "main\n"})
    with pytest.raises(AssertionError):
        repo.merge("side")
    repository = open_repository(repo.root)
    with pytest.raises(CannotJudgeError, match="merge conflict in 'a'"):
        repository.index().entry("a")
    assert b"<<<<<<<" in repository.worktree().read("a")


def test_files_and_directories_change_places(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a/x/y": "1", "b": "2", "c/d": "3"})
    repo.git("rm", "-r", "--quiet", "a", "b", "c")
    repo.write({"a": "file", "b/deep/z": "z"}).git("add", "--all")
    repository = open_repository(repo.root)
    index = repository.index()
    assert list(index.files("")) == ["a", "b/deep/z"]
    assert list(index.children("")) == ["a", "b"]
    assert index.children("a") == {}
    assert index.files("a/x") == {}
    assert index.entry("a/x/y") is None
    assert index.entry("c") is None
    assert index.read("a") == b"file"
    assert index.tree_id("") == repo.git("write-tree")
    assert set(changed_paths(repository.commit(repo.head()), index)) == {
        "a",
        "a/x/y",
        "b",
        "b/deep/z",
        "c/d",
    }


def test_a_submodules_own_wish_to_be_ignored_hides_nothing(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    modules = '[submodule "sub"]\n\tpath = sub\n\turl = ./x\n\tignore = all\n'
    repo.write({".gitmodules": modules}).git("add", ".gitmodules")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'12' * 20},sub")
    repo.git("commit", "--quiet", "-m", "one")
    repo.git("update-index", "--cacheinfo", f"160000,{'34' * 20},sub")
    repository = open_repository(repo.root)
    entry = repository.index().entry("sub")
    assert entry is not None
    assert entry.oid == "34" * 20


@pytest.mark.parametrize(
    "commands",
    [
        [["update-index", "--split-index"]],
        [
            ["config", "index.sparse", "true"],
            ["sparse-checkout", "set", "--cone", "--sparse-index", "a"],
        ],
    ],
    ids=["split", "sparse"],
)
def test_an_index_that_is_split_or_sparse_reads_the_same(
    commands: list[list[str]], repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a/x": "1", "b/y": "2", "c": "3"})
    for command in commands:
        repo.git(*command)
    repo.write({"a/x": "9"}).git("add", "a/x")
    repository = open_repository(repo.root)
    index, head = repository.index(), repository.commit(repo.head())
    assert list(index.files("")) == ["a/x", "b/y", "c"]
    assert index.read("b/y") == b"2"
    assert set(changed_paths(head, index)) == {"a/x"}
    assert set(changed_paths(head, repository.worktree())) == {"a/x"}
