"""The one conversation with Git, and what becomes of it when things break."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from snitch.findings import CannotJudgeError
from snitch.snapshots import changed_paths
from snitch.snapshots import git as reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

    from snitch.snapshots import Repository

MANY = {f"d{number % 7}/f{number}": f"{number}\n" * number for number in range(180)}


def _object(repo: Repo, name: str) -> Path:
    oid = repo.git("rev-parse", name)
    return repo.root / ".git" / "objects" / oid[:2] / oid[2:]


def test_many_files_are_read_in_their_order(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    snapshot = open_repository(repo.root).commit(repo.commit("one", MANY))
    paths = sorted(MANY, reverse=True)
    assert list(snapshot.read_many(paths)) == [MANY[path].encode() for path in paths]
    with pytest.raises(FileNotFoundError):
        list(snapshot.read_many(["d0/f0", "nosuch"]))


def test_another_file_may_be_read_while_many_are(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    snapshot = open_repository(repo.root).commit(repo.commit("one", MANY))
    paths = sorted(MANY)
    for path, data in zip(paths, snapshot.read_many(paths), strict=True):
        assert data == snapshot.read(path) == MANY[path].encode()


def test_threads_share_the_conversation(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    snapshot = open_repository(repo.root).commit(repo.commit("one", MANY))
    wrong: list[str] = []

    def read() -> None:
        paths = sorted(MANY)
        for path, data in zip(paths, snapshot.read_many(paths), strict=True):
            if data != MANY[path].encode():
                wrong.append(path)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_child_process_has_a_conversation_of_its_own(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    snapshot = open_repository(repo.root).commit(repo.commit("one", MANY))
    assert snapshot.read("d1/f1") == b"1\n"
    child = os.fork()
    if child == 0:
        right = all(snapshot.read(path) == MANY[path].encode() for path in MANY)
        os._exit(0 if right else 1)
    assert all(snapshot.read(path) == MANY[path].encode() for path in MANY)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("after", ["kill", "stop"])
def test_a_git_that_dies_or_hangs_stops_the_judgement(
    after: str,
    repo: Repo,
    open_repository: Callable[[Path], Repository],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository = open_repository(repo.root)
    snapshot = repository.commit(repo.commit("one", {"a": "a"}))
    assert snapshot.read("a") == b"a"
    conversation = repository.objects.conversation()
    if after == "kill":
        os.kill(conversation.pid, signal.SIGKILL)
        os.waitid(os.P_PID, conversation.pid, os.WEXITED | os.WNOWAIT)
        expected = "ended early"
    else:
        os.kill(conversation.pid, signal.SIGSTOP)
        monkeypatch.setattr(reader, "TIMEOUT", 0.05)
        expected = "did not answer"
    with pytest.raises(CannotJudgeError, match=expected):
        snapshot.read("a")
    monkeypatch.undo()
    assert snapshot.read("a") == b"a"


def test_a_missing_object_is_never_an_absent_file(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a", "d/b": "b"})
    _object(repo, "HEAD:a").unlink()
    _object(repo, "HEAD:d").unlink()
    snapshot = open_repository(repo.root).commit(commit)
    assert list(snapshot.children("")) == ["a", "d"]
    for read in (snapshot.read, snapshot.children, snapshot.files):
        path = "a" if read == snapshot.read else "d"
        with pytest.raises(CannotJudgeError, match="is missing") as caught:
            read(path)
        assert "git fsck" in caught.value.remedy


def test_a_missing_commit_or_tree_is_told(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a"})
    _object(repo, "HEAD^{tree}").unlink()
    snapshot = open_repository(repo.root).commit(commit)
    with pytest.raises(CannotJudgeError, match="is missing"):
        snapshot.entry("a")
    _object(repo, "HEAD").unlink()
    repository = open_repository(repo.root)
    with pytest.raises(CannotJudgeError, match="is missing"):
        repository.commit(commit)
    for name in ("HEAD", "main"):
        with pytest.raises(CannotJudgeError, match="no commit"):
            repository.resolve(name)


def test_a_damaged_object_stops_the_judgement(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a" * 1000})
    path = _object(repo, "HEAD:a")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:10])
    snapshot = open_repository(repo.root).commit(commit)
    with pytest.raises(CannotJudgeError):
        snapshot.read("a")


def test_a_commit_is_not_taken_for_a_tree(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a"})
    repository = open_repository(repo.root)
    with pytest.raises(CannotJudgeError, match="is a tree, and a commit was expected"):
        repository.commit(repo.git("rev-parse", f"{commit}^{{tree}}"))


def test_a_partial_clone_fetches_nothing_and_says_what_mends_it(
    repo: Repo, tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a"})
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    repository = open_repository(tmp_path / "partial")
    assert repository.is_partial()
    with pytest.raises(CannotJudgeError, match=r"blob `a`\) is missing") as caught:
        repository.commit(commit).read("a")
    assert "--filter" in caught.value.remedy


def test_a_tree_from_a_push_that_nobody_checked_is_refused(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "a"})
    blob = repo.git("rev-parse", "HEAD:a")
    line = b"100644 metrics.json\0" + bytes.fromhex(blob)
    tree = repo.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=line + line)
    commit = repo.git("commit-tree", "-m", "evil", tree)
    snapshot = open_repository(repo.root).commit(commit)
    with pytest.raises(CannotJudgeError, match="never writes"):
        snapshot.children("")


def test_a_bottomless_tree_is_refused(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    tree = repo.git("mktree", stdin=b"")
    for _ in range(140):
        tree = repo.git("mktree", stdin=f"040000 tree {tree}\td\n".encode())
    repository = open_repository(repo.root)
    snapshot = repository.commit(repo.git("commit-tree", "-m", "deep", tree))
    with pytest.raises(CannotJudgeError, match="deeper than"):
        snapshot.files("")
    empty = repository.commit(repo.commit("empty"))
    with pytest.raises(CannotJudgeError, match="deeper than"):
        changed_paths(empty, snapshot)


def test_closing_ends_the_process_and_reading_starts_another(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a"})
    repository = open_repository(repo.root)
    snapshot = repository.commit(commit)
    pid = repository.objects.conversation().pid
    repository.close()
    repository.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert snapshot.read("a") == b"a"
