"""One tree, three ways to look at it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from repo import Repo

from snitch.snapshots import Kind
from snitch.snapshots import Repository
from snitch.snapshots import changed_paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.snapshots import Snapshot

NAME = st.sampled_from(["a", "b", "A", "c.txt", "new\nline", "ta\tb", "q'\"\\", "co:lon", "ü", " "])
PATH = st.lists(NAME, min_size=1, max_size=3).map("/".join)
TREE = st.dictionaries(PATH, st.binary(max_size=20), min_size=1, max_size=6)


def _consistent(tree: dict[str, bytes]) -> dict[str, bytes]:
    """Without files that are also somebody's directory."""
    return {
        path: data
        for path, data in tree.items()
        if not any(other.startswith(f"{path}/") for other in tree)
    }


def _content(snapshot: Snapshot) -> dict[str, bytes]:
    paths = list(snapshot.files(""))
    return dict(zip(paths, snapshot.read_many(paths), strict=True))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(before=TREE.map(_consistent), after=TREE.map(_consistent))
def test_commit_index_and_working_tree_of_the_same_bytes_agree(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        repo = Repo(Path(place) / "repo")
        first = repo.commit("one", before)
        repo.git("rm", "-r", "--quiet", ".")
        repo.write(after)
        repo.git("add", "--all")
        with Repository.discover(repo.root) as repository:
            index, worktree = repository.index(), repository.worktree()
            second = repo.commit("two")
            old, new = repository.commit(first), repository.commit(second)
            expected = {
                path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
            }
            for one in (new, index, worktree):
                assert _content(one) == after
                assert {path: one.digest(path) for path in after} == {
                    path: new.digest(path) for path in after
                }
                assert one.children("").keys() == new.children("").keys()
                assert set(changed_paths(old, one)) == expected
                assert set(changed_paths(one, old)) == expected
                assert set(changed_paths(one, new)) == set()
            assert index.tree_id("") == new.tree_id("") == repo.git("rev-parse", "HEAD^{tree}")
            for directory in {path.rpartition("/")[0] for path in after}:
                assert index.tree_id(directory) == new.tree_id(directory)


@pytest.mark.parametrize("kind", ["commit", "index", "worktree"])
def test_odd_paths_name_nothing(
    kind: str, repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.commit("one", {"a/b": "b"})
    repository = open_repository(repo.root)
    snapshot: Snapshot
    match kind:
        case "commit":
            snapshot = repository.commit(repository.resolve("HEAD"))
        case "index":
            repo.write({"a/c": "c"}).git("add", "a/c")
            snapshot = repository.index()
        case _:
            snapshot = repository.worktree()
    assert snapshot.kind == kind
    for path in ("..", ".", "a/..", "a//b", "/a/b", "a/", "./a", "x", "a/b/c", "a/x", ".git/HEAD"):
        assert snapshot.entry(path) is None, path
        assert snapshot.children(path) == {}, path
        assert snapshot.files(path) == {}, path
        assert snapshot.tree_id(path) is None, path
        with pytest.raises(FileNotFoundError):
            snapshot.read(path)
        with pytest.raises(FileNotFoundError):
            snapshot.digest(path)
    for directory in ("", "a"):
        entry = snapshot.entry(directory)
        assert entry is not None
        assert entry.kind is Kind.DIRECTORY
        with pytest.raises(FileNotFoundError):
            snapshot.read(directory)
    assert snapshot.children("a/b") == {}


def test_names_that_are_not_utf_8_are_kept_as_surrogate_escapes(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    commit = repo.commit("one", {name: "x"})
    repository = open_repository(repo.root)
    for snapshot in (repository.commit(commit), repository.index(), repository.worktree()):
        assert list(snapshot.files("")) == [name]
        assert snapshot.read(name) == b"x"


def test_reading_stops_one_byte_after_the_limit(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    commit = repo.commit("one", {"big": b"0123456789" * 800_000, "small": "abc", "empty": ""})
    repository = open_repository(repo.root)
    for snapshot in (repository.commit(commit), repository.index(), repository.worktree()):
        assert snapshot.read("big", 10) == b"01234567890"
        assert snapshot.read("small", 3) == b"abc"
        assert snapshot.read("empty", 0) == b""
        paths = ["big", "small", "big", "empty"]
        assert [len(one) for one in snapshot.read_many(paths, 5)] == [6, 3, 6, 0]
        assert len(snapshot.read("big")) == 8_000_000


def test_links_submodules_and_the_executable_bit_are_told(
    repo: Repo, open_repository: Callable[[Path], Repository]
) -> None:
    repo.write({"run.sh": "#!/bin/sh\n", "target": "t"})
    (repo.root / "run.sh").chmod(0o755)
    (repo.root / "link").symlink_to("target")
    repo.git("add", "--all")
    oid = "12" * 20
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{oid},sub")
    repo.git("commit", "--quiet", "-m", "one")
    (repo.root / "sub").mkdir()
    repository = open_repository(repo.root)
    for snapshot in (
        repository.commit(repository.resolve("HEAD")),
        repository.index(),
        repository.worktree(),
    ):
        kinds = {path: entry.kind for path, entry in snapshot.files("").items()}
        assert kinds == {
            "link": Kind.LINK,
            "run.sh": Kind.FILE,
            "sub": Kind.SUBMODULE,
            "target": Kind.FILE,
        }
        entry = snapshot.entry("run.sh")
        assert entry is not None
        assert entry.executable
        assert snapshot.digest("link") == repo.git("rev-parse", "HEAD:link")
        assert snapshot.children("link") == {}
        with pytest.raises(FileNotFoundError):
            snapshot.read("link")
        with pytest.raises(FileNotFoundError):
            snapshot.read("sub")
