"""Finding the repository, and refusing those that are not ours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from repo import Repo

from snitch.findings import CannotJudgeError
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def test_any_subdirectory_leads_to_the_same_root(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"models/churn/config.yaml": "x"})
    for start in (".", "models", "models/churn", ".git"):
        assert open_repository(repo.root / start).root == repo.root.resolve()


def test_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match="not inside a Git working tree"):
        Repository.discover(tmp_path)


def test_a_linked_worktree_has_its_own_head_and_index(
    repo: Repo, tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    first = repo.commit("one", {"a": "main"})
    repo.git("worktree", "add", "--quiet", "-b", "side", tmp_path / "linked")
    linked = Repo(tmp_path / "linked", existing=True)
    second = linked.commit("two", {"a": "side"})
    repository = open_repository(tmp_path / "linked")
    assert repository.root == (tmp_path / "linked").resolve()
    assert (repository.head, repository.resolve("main")) == (second, first)
    assert repository.index().read("a") == b"side"
    assert repository.worktree().read("a") == b"side"
    assert open_repository(repo.root).head == first


def test_a_git_file_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    with pytest.raises(CannotJudgeError, match="does not lead to a Git repository"):
        Repository.discover(tmp_path)


def test_a_committed_bare_repository_is_only_files(
    repo: Repo, tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    evil = Repo(tmp_path / "evil")
    evil.commit("fake", {"metrics.json": "{}"})
    head = repo.commit("one", {"a": "a"})
    (repo.root / "models").mkdir()
    (tmp_path / "evil" / ".git").rename(repo.root / "models" / "evil")
    real = repo.commit("two")
    repository = open_repository(repo.root / "models" / "evil")
    assert repository.root == repo.root.resolve()
    assert repository.resolve("main") == real != head
    assert "models/evil/HEAD" in repository.worktree().files("models/evil")


def test_a_bare_repository_is_read_by_whoever_names_it_or_stands_in_it(
    repo: Repo, tmp_path: Path
) -> None:
    commit = repo.commit("one", {"a": "a"})
    repo.git("clone", "--quiet", "--bare", repo.root, tmp_path / "bare.git")
    with Repository.discover(tmp_path / "bare.git") as repository:
        assert repository.head == commit
    with pytest.raises(CannotJudgeError, match="not inside a Git working tree"):
        Repository.discover(tmp_path / "bare.git" / "refs")
    with Repository.bare(tmp_path / "bare.git") as repository:
        assert repository.commit(repository.resolve("main")).read("a") == b"a"
        assert repository.head == commit
        with pytest.raises(CannotJudgeError, match="no working tree"):
            repository.worktree()
    with pytest.raises(CannotJudgeError, match="not a bare Git repository"):
        Repository.bare(tmp_path)


def test_git_dir_of_another_repository_is_refused(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repo(tmp_path / "other").commit("one", {"a": "a"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    with pytest.raises(CannotJudgeError, match="GIT_DIR is") as caught:
        Repository.discover(repo.root)
    assert caught.value.remedy.startswith("run `unset GIT_DIR`")


def test_git_dir_of_this_repository_is_honoured(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    with Repository.discover(repo.root) as repository:
        assert repository.git_dir == (repo.root / ".git").resolve()


@pytest.mark.parametrize("name", ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"])
def test_object_directories_outside_the_repository_are_refused(
    name: str, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(repo.root / ".git" / "objects"))
    monkeypatch.setenv(name, str(tmp_path / "objects"))
    with pytest.raises(CannotJudgeError, match=f"{name} is"):
        Repository.discover(repo.root)


def test_a_quarantine_of_pushed_objects_is_read(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("one", {"a": "a"})
    objects = repo.root / ".git" / "objects"
    quarantine = objects / "incoming-x"
    quarantine.mkdir()
    variables = {
        "GIT_OBJECT_DIRECTORY": str(quarantine),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects),
    }
    tree = repo.git("write-tree", environment=variables)
    pushed = repo.git("commit-tree", "-p", "HEAD", "-m", "pushed", tree, environment=variables)
    with Repository.discover(repo.root) as repository, pytest.raises(CannotJudgeError):
        repository.resolve(pushed)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with Repository.discover(repo.root) as repository:
        assert repository.resolve(pushed) == pushed
        assert repository.commit(pushed).read("a") == b"a"


def test_grafts_are_refused(repo: Repo) -> None:
    head = repo.commit("one", {"a": "a"})
    (repo.root / ".git" / "info").mkdir(exist_ok=True)
    (repo.root / ".git" / "info" / "grafts").write_text(f"{head}\n")
    with pytest.raises(CannotJudgeError, match="rewrites the repository's history"):
        Repository.discover(repo.root)


@needs_root
def test_a_strangers_repository_is_refused_with_the_command_that_trusts_it(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(repo.root / ".git", 12345, 12345)
    with pytest.raises(CannotJudgeError, match="belongs to another user") as caught:
        Repository.discover(repo.root)
    assert caught.value.remedy == f"git config --global --add safe.directory {repo.root.resolve()}"
    monkeypatch.setenv("SUDO_UID", "12345")
    Repository.discover(repo.root).close()


@needs_root
@pytest.mark.parametrize(
    ("values", "trusted"),
    [
        (["{root}"], True),
        (["*"], True),
        (["{parent}/*"], True),
        (["~/repo"], True),
        (["{root}", ""], False),
        (["{parent}"], False),
        (["{root}x"], False),
    ],
)
def test_the_users_own_word_on_safe_directories_holds(
    values: list[str], *, trusted: bool, repo: Repo, tmp_path: Path
) -> None:
    lines = [value.format(root=repo.root, parent=repo.root.parent) for value in values]
    text = "[safe]\n" + "".join(f"\tdirectory = {line}\n" for line in lines)
    (tmp_path / ".gitconfig").write_text(text)
    os.chown(repo.root, 12345, 12345)
    if trusted:
        Repository.discover(repo.root).close()
    else:
        with pytest.raises(CannotJudgeError, match="belongs to another user"):
            Repository.discover(repo.root)


@needs_root
def test_a_repositorys_own_word_on_safe_directories_does_not_count(repo: Repo) -> None:
    repo.git("config", "safe.directory", "*")
    os.chown(repo.root / ".git", 12345, 12345)
    with pytest.raises(CannotJudgeError, match="belongs to another user"):
        Repository.discover(repo.root)


@pytest.mark.parametrize(
    ("said", "message"),
    [(None, "not installed"), ("git version 2.29.9", "2.30"), ("something else", "2.30")],
)
def test_git_must_be_there_and_not_too_old(
    said: str | None, message: str, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("one", {"a": "a"})
    programs = tmp_path / "bin"
    programs.mkdir()
    if said is not None:
        (programs / "git").write_text(f"#!/bin/sh\necho '{said}'\n")
        (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    with (
        pytest.raises(CannotJudgeError, match=message) as caught,
        Repository.discover(repo.root) as repository,
    ):
        repository.resolve("HEAD")
    assert caught.value.remedy == "install Git 2.30 or later"
