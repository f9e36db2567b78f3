"""Names of commits, honest and otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from repo import Repo

from snitch.findings import CannotJudgeError
from snitch.snapshots import changed_paths
from snitch.snapshots.revisions import is_ref_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from snitch.snapshots import Repository


def test_every_usual_way_to_name_a_commit(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    second = repo.commit("two", {"a": "2"})
    repo.branch("side/x", first)
    third = repo.commit("three", {"b": "3"})
    repo.checkout("main")
    merge = repo.merge("side/x")
    repo.git("tag", "-a", "-m", "v1", "v1.0", second)
    repo.tracking()
    repository = open_repository(repo.root)
    for name, commit in {
        "main": merge,
        "HEAD": merge,
        "refs/heads/main": merge,
        "origin/main": merge,
        "refs/remotes/origin/main": merge,
        "side/x": third,
        "v1.0": second,
        "refs/tags/v1.0": second,
        second: second,
        second[:7]: second,
        "HEAD~": second,
        "HEAD~1": second,
        "main^": second,
        "main^2": third,
        "main~1^1": first,
        "origin/main~2": first,
        f"{third[:12]}~1": first,
    }.items():
        assert repository.resolve(name) == commit, name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-x",
        "--output=f",
        "--upload-pack=x",
        "a b",
        "main\nHEAD",
        "main:a",
        ":a",
        "main^{tree}",
        "main^{/one}",
        "@{-1}",
        "@",
        "main@{1}",
        "main..HEAD",
        "^main",
        "main~x",
        "a//b",
        ".hidden",
        "x.lock",
        "x/",
        "/x",
        "a\\b",
        "a*",
        "a?",
        "a[",
        "\u202ename",
        "\udce9",
        "x" * 5000,
        "main~9999999",
    ],
)
def test_what_is_no_name_never_reaches_git(
    name: str, repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "1"})
    with pytest.raises(CannotJudgeError, match="is no name of a commit"):
        open_repository(repo.root).resolve(name)


@pytest.mark.parametrize("space", ["refs/tags/", "refs/heads/"])
def test_a_tag_or_branch_called_like_a_remotes_branch_is_told(
    space: str, repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    repo.tracking()
    attack = repo.commit("attack", {"a": "2"})
    repo.git("update-ref", f"{space}origin/main", attack)
    repository = open_repository(repo.root)
    with pytest.raises(CannotJudgeError) as caught:
        repository.resolve("origin/main")
    assert "`refs/remotes/origin/main`" in caught.value.message
    assert f"`{space}origin/main`" in caught.value.message
    assert "refs/" in caught.value.remedy
    assert repository.resolve("refs/remotes/origin/main") == first


@pytest.mark.parametrize("space", ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"])
def test_a_ref_that_hides_behind_a_full_name_is_not_taken_for_it(
    space: str, repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    attack = repo.commit("attack", {"a": "2"})
    repo.git("update-ref", f"{space}refs/remotes/origin/main", attack)
    repository = open_repository(repo.root)
    assert repository.find_refs("refs/remotes/origin/main") == {}
    with pytest.raises(CannotJudgeError, match="no commit"):
        repository.resolve("refs/remotes/origin/main")


def test_a_branch_called_head_is_not_head(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    second = repo.commit("two", {"a": "2"})
    repo.git("update-ref", "refs/heads/HEAD", first)
    repo.git("update-ref", "refs/tags/HEAD", first)
    assert open_repository(repo.root).resolve("HEAD") == second


def test_a_branch_called_like_an_id_is_told(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    second = repo.commit("two", {"a": "2"})
    repo.git("update-ref", f"refs/heads/{first}", second)
    repo.git("update-ref", f"refs/heads/{first[:8]}", second)
    repository = open_repository(repo.root)
    for name in (first, first[:8]):
        with pytest.raises(CannotJudgeError, match="not one name"):
            repository.resolve(name)
    assert repository.resolve(first[:9]) == first
    assert repository.resolve(f"refs/heads/{first}") == second


def test_replaced_objects_are_read_as_they_were(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "0.92"})
    second = repo.commit("two", {"a": "0.10"})
    repo.git("replace", first, second)
    assert repo.git("show", f"{first}:a") == "0.10"
    repository = open_repository(repo.root)
    assert repository.commit(repository.resolve(first)).read("a") == b"0.92"


def test_no_commits_yet_is_its_own_sentence(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repository = open_repository(repo.root)
    with pytest.raises(CannotJudgeError, match="no commits yet"):
        repository.resolve("HEAD")
    assert repository.head is None


def test_an_unborn_branch_is_not_replaced_by_a_tag_called_head(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "1"})
    repo.git("tag", "HEAD", commit)
    repo.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    assert open_repository(repo.root).head is None


def test_an_unknown_branch_comes_with_the_command_that_fetches_it(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "1"})
    with pytest.raises(CannotJudgeError, match="no commit 'origin/prod' here") as caught:
        open_repository(repo.root).resolve("origin/prod")
    assert caught.value.remedy == "git fetch origin '+refs/heads/prod:refs/remotes/origin/prod'"


def test_a_shallow_clone_is_told_to_fetch_the_rest(
    repo: Repo, tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    repo.clone(tmp_path / "shallow", "--depth=1")
    repository = open_repository(tmp_path / "shallow")
    assert repository.is_shallow()
    for name in ("HEAD~1", first):
        with pytest.raises(CannotJudgeError, match="shallow clone") as caught:
            repository.resolve(name)
        assert "--unshallow" in caught.value.remedy
        assert "fetch-depth: 0" in caught.value.remedy


def test_a_detached_head_is_a_commit_like_any_other(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    repo.checkout(first)
    repository = open_repository(repo.root)
    assert repository.head == first
    assert repository.index().commit == first


def test_a_ref_to_something_else_than_a_commit_is_told(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "1"})
    repo.git("tag", "blob", "HEAD:a")
    with pytest.raises(CannotJudgeError, match="no commit"):
        open_repository(repo.root).resolve("blob")


def test_a_sha256_repository_is_read_like_any_other(
    tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    repo = Repo(tmp_path / "long", "--object-format=sha256")
    repo.write({"a": "0"}).git("add", "a")
    assert list(open_repository(repo.root).index().files("")) == ["a"]
    first = repo.commit("one", {"a": "1", "d/b": "2"})
    repo.write({"a": "3"}).git("add", "a")
    repository = open_repository(repo.root)
    assert len(first) == 64
    assert repository.resolve(first) == repository.resolve(first[:8]) == first
    old, index, worktree = repository.commit(first), repository.index(), repository.worktree()
    assert old.read("d/b") == worktree.read("d/b") == b"2"
    assert worktree.digest("a") == index.digest("a") == repo.git("rev-parse", ":a")
    assert index.tree_id("") == repo.git("write-tree")
    assert set(changed_paths(old, index)) == {"a"}
    assert set(changed_paths(old, worktree)) == {"a"}


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(name=st.text(max_size=12))
def test_a_name_is_accepted_only_where_git_accepts_it(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not is_ref_name(name) or "\0" in name:
        return
    repo = Repo(tmp_path_factory.getbasetemp(), existing=True)
    assert repo.git("check-ref-format", f"refs/heads/{name}") == ""


def test_a_configuration_that_git_cannot_read_is_told_as_such(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "1"})
    repository = open_repository(repo.root)
    with (repo.root / ".git/config").open("a") as file:
        file.write("no configuration\n")
    with pytest.raises(CannotJudgeError, match="bad config line"):
        repository.resolve("HEAD")
