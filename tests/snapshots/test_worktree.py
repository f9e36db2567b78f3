"""The disk, which anybody may have put anything on."""

from __future__ import annotations

import hashlib
import os
import socket
from typing import TYPE_CHECKING

import pytest

from snitch.findings import CannotJudgeError
from snitch.snapshots import Kind
from snitch.snapshots import Pointer
from snitch.snapshots import changed_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

    from snitch.snapshots import Repository

CONTENT = b"weights " * 300
BIG = b"weights!" * 200_000


def _pointer(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"


def test_ignored_files_are_no_part_of_it_unless_tracked(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {".gitignore": "*.tmp\ncache/\n", "kept.tmp": "k", "a": "a"})
    repo.write({"new": "n", "x.tmp": "x", "cache/y": "y", "sub/new": "s"})
    worktree = open_repository(repo.root).worktree()
    assert list(worktree.files("")) == [".gitignore", "a", "kept.tmp", "new", "sub/new"]
    assert worktree.entry("x.tmp") is None
    with pytest.raises(FileNotFoundError):
        worktree.read("x.tmp")


def test_a_deleted_file_and_a_directory_without_files_are_gone(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a": "a", "m/b/c": "c", "n/d": "d"})
    repo.write({"a": None, "m/b/c": None})
    repository = open_repository(repo.root)
    worktree = repository.worktree()
    assert list(worktree.children("")) == ["n"]
    assert set(changed_paths(repository.commit(commit), worktree)) == {"a", "m/b/c"}


def test_no_flag_and_no_timestamp_hides_an_edit(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"flagged": "0.90", "stamped": "0.90"})
    repo.git("update-index", "--assume-unchanged", "flagged")
    status = (repo.root / "stamped").stat()
    repo.write({"flagged": "0.10", "stamped": "0.10"})
    os.utime(repo.root / "stamped", ns=(status.st_atime_ns, status.st_mtime_ns))
    repository = open_repository(repo.root)
    changed = changed_paths(repository.commit(commit), repository.worktree())
    assert set(changed) == {"flagged", "stamped"}


def test_what_a_sparse_checkout_leaves_out_comes_from_the_index(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"a/x": "1", "b/y": "2", "c": "3"})
    repo.git("sparse-checkout", "set", "a")
    assert not (repo.root / "b").exists()
    repository = open_repository(repo.root)
    worktree = repository.worktree()
    assert list(worktree.files("")) == ["a/x", "b/y", "c"]
    assert worktree.read("b/y") == b"2"
    assert set(changed_paths(repository.commit(commit), worktree)) == set()
    repo.write({"b/y": "edited all the same"})
    assert repository.worktree().read("b/y") == b"edited all the same"


def test_no_link_is_followed(
    repo: Repo, tmp_path: Path, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"m/metrics.json": "{}", "n/x": "x"})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "metrics.json").write_text("secret")
    repo.write({"m/metrics.json": None, "n/x": None})
    (repo.root / "m").rmdir()
    (repo.root / "m").symlink_to(tmp_path / "outside")
    (repo.root / "n" / "x").symlink_to("/proc/self/environ")
    (repo.root / "n" / "round").symlink_to("..")
    repository = open_repository(repo.root)
    worktree = repository.worktree()
    kinds = {path: entry.kind for path, entry in worktree.files("").items()}
    assert kinds == {"m": Kind.LINK, "n/x": Kind.LINK, "n/round": Kind.LINK}
    for path in ("m", "m/metrics.json", "n/x", "n/round/n/x"):
        with pytest.raises(FileNotFoundError):
            worktree.read(path)
    assert set(changed_paths(repository.commit(commit), worktree)) == {
        "m",
        "m/metrics.json",
        "n/x",
        "n/round",
    }


def test_a_file_that_becomes_a_link_after_the_listing_is_not_followed(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "a", "d/b": "b"})
    worktree = open_repository(repo.root).worktree()
    assert list(worktree.files("")) == ["a", "d/b"]
    repo.write({"a": None, "d/b": None})
    (repo.root / "a").symlink_to("/etc/passwd")
    (repo.root / "d").rmdir()
    (repo.root / "d").symlink_to("/etc")
    for path in ("a", "d/b"):
        with pytest.raises(FileNotFoundError):
            worktree.read(path)
        with pytest.raises(FileNotFoundError):
            worktree.digest(path)


def test_pipes_and_sockets_are_never_opened(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"pipe": "p", "plug": "s", "a": "a"})
    repo.write({"pipe": None, "plug": None})
    os.mkfifo(repo.root / "pipe")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(os.path.relpath(repo.root / "plug"))
        repository = open_repository(repo.root)
        worktree = repository.worktree()
        assert {name: entry.kind for name, entry in worktree.children("").items()} == {
            "a": Kind.FILE,
            "pipe": Kind.OTHER,
            "plug": Kind.OTHER,
        }
        for path in ("pipe", "plug"):
            with pytest.raises(FileNotFoundError):
                worktree.read(path)
        changed = changed_paths(repository.commit(commit), worktree)
        assert set(changed) == {"pipe", "plug"}


def test_a_repository_within_is_never_entered(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "a"})
    repo.git("init", "--quiet", "nested")
    repo.write({"nested/x": "x"})
    repo.git("-C", "nested", "add", "x")
    repo.git("-C", "nested", "commit", "--quiet", "-m", "inner")
    worktree = open_repository(repo.root).worktree()
    assert {name: entry.kind for name, entry in worktree.children("").items()} == {
        "a": Kind.FILE,
        "nested": Kind.SUBMODULE,
    }
    assert worktree.files("nested") == {}


def test_a_file_that_may_not_be_read_stops_the_judgement(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a": "a"})
    worktree = open_repository(repo.root).worktree()
    assert worktree.entry("a") is not None

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("snitch.snapshots.disk.os.open", refuse)
    with pytest.raises(CannotJudgeError, match="'a' cannot be read: Permission denied"):
        worktree.read("a")


def test_of_files_hashed_together_only_the_one_that_is_gone_is_missed(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {f"m/{name}": name for name in "abc"} | {"m/d/e": "e"})
    repo.write({"m/c": "changed"})
    (repo.root / "m" / "b").chmod(0o755)
    repository = open_repository(repo.root)
    worktree, old = repository.worktree(), repository.commit(commit)
    assert set(worktree.children("m")) == {"a", "b", "c", "d"}
    (repo.root / "m" / "a").unlink()
    with pytest.raises(FileNotFoundError):
        worktree.digest("m/a")
    same = {path: worktree.digest(path) == old.digest(path) for path in ("m/b", "m/c", "m/d/e")}
    assert same == {"m/b": True, "m/c": False, "m/d/e": True}


def test_git_lfs_content_stands_for_its_pointer(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    files = {"small.bin": _pointer(CONTENT), "big.bin": _pointer(BIG), "same.bin": _pointer(b"!")}
    commit = repo.commit("one", files)
    repo.write({"small.bin": CONTENT, "big.bin": BIG})
    repository = open_repository(repo.root)
    old, worktree = repository.commit(commit), repository.worktree()
    assert set(changed_paths(old, worktree)) == set()
    assert set(changed_paths(worktree, old)) == set()
    expected = Pointer(hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert worktree.smudged("small.bin") == expected
    assert worktree.smudged("same.bin") is None
    assert old.smudged("small.bin") is None
    assert repository.index().smudged("small.bin") is None


@pytest.mark.parametrize(
    "content", [CONTENT[:-1] + b"?", CONTENT[:-1], BIG[:-1] + b"?", BIG + b"?"]
)
def test_other_content_than_the_pointers_is_a_change(
    content: bytes, repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    original = CONTENT if len(content) < 10_000 else BIG
    commit = repo.commit("one", {"w.bin": _pointer(original)})
    repo.write({"w.bin": content})
    repository = open_repository(repo.root)
    worktree = repository.worktree()
    assert set(changed_paths(repository.commit(commit), worktree)) == {"w.bin"}
    assert worktree.smudged("w.bin") == Pointer(hashlib.sha256(content).hexdigest(), len(content))


def test_big_files_that_are_not_lfs_are_compared_by_their_bytes(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"same.bin": BIG, "other.bin": BIG})
    repo.write({"other.bin": BIG[:-1] + b"?"})
    repository = open_repository(repo.root)
    worktree = repository.worktree()
    assert set(changed_paths(repository.commit(commit), worktree)) == {"other.bin"}
    assert worktree.smudged("same.bin") is None


def test_new_content_is_lfs_where_attributes_say_so(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {".gitattributes": "*.bin filter=lfs\nm/*.pt filter=lfs\n*.no -filter\n"})
    repo.write({"a.bin": "a", "m/b.pt": "b", "n/c.pt": "c", "d.no": "d", "li\nne.bin": "l"})
    worktree = open_repository(repo.root).worktree()
    smudged = {path for path in worktree.files("") if worktree.smudged(path) is not None}
    assert smudged == {"a.bin", "m/b.pt", "li\nne.bin"}
    assert worktree.smudged("nosuch.bin") is None


def test_content_that_git_holds_itself_is_no_lfs_whatever_attributes_say(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a.bin": "raw", "b.bin": "raw"})
    repo.write({".gitattributes": "*.bin filter=lfs\n", "b.bin": "new"})
    worktree = open_repository(repo.root).worktree()
    assert worktree.smudged("a.bin") is None
    assert worktree.smudged("b.bin") is not None
