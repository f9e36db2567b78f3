"""Ten trees that hold each other tenfold are a few hundred bytes, and 10^10 paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import deployed
from judging import snitch

from snitch.documents import Limits
from snitch.findings import CannotJudgeError
from snitch.policy.model import ModelGlob
from snitch.registry.discovery import Places
from snitch.registry.layout import load_built_in
from snitch.snapshots import changed_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

    from snitch.snapshots import Repository
    from snitch.snapshots import Snapshot

LAYOUTS = {"snitch": load_built_in("snitch")}


def _tree(repo: Repo, kind: str, oid: str, names: list[str]) -> str:
    lines = "".join(f"{kind} {oid}\t{name}\n" for name in names)
    return repo.git("mktree", stdin=lines.encode())


def bombed(repo: Repo, directory: str, *, files: bool) -> str:
    """A commit on top of HEAD whose tree has the bomb in a directory of the root."""
    ten = [f"n{number}" for number in range(10)]
    empty = repo.git("hash-object", "-w", "--stdin")
    bomb = _tree(repo, "100644 blob", empty, ten if files else [])
    for _ in range(9):
        bomb = _tree(repo, "040000 tree", bomb, ten)
    kept = [line for line in repo.git("ls-tree", "HEAD").split("\n") if line]
    lines = "\n".join([*kept, f"040000 tree {bomb}\t{directory}", ""])
    tree = repo.git("mktree", stdin=lines.encode())
    return repo.git("commit-tree", tree, "-p", "HEAD", "-m", "bomb")


def _differ(old: Snapshot, new: Snapshot) -> object:
    return changed_paths(old, new)


def _files(_: Snapshot, new: Snapshot) -> object:
    return new.files("")


def _places(_: Snapshot, new: Snapshot) -> object:
    return len(Places(new, [ModelGlob(path="**")], LAYOUTS, Limits()))


@pytest.mark.parametrize("files", [True, False])
@pytest.mark.parametrize("walk", [_differ, _files, _places])
def test_no_walk_goes_on_for_ever(
    repo: Repo,
    open_repository: Callable[[Path], Repository],
    monkeypatch: pytest.MonkeyPatch,
    walk: Callable[[Snapshot, Snapshot], object],
    *,
    files: bool,
) -> None:
    first = repo.commit("one", {"a": "1"})
    last = bombed(repo, "data", files=files)
    repository = open_repository(repo.root)
    monkeypatch.setattr("snitch.snapshots.paths.MAX_PATHS", 10_000)
    with pytest.raises(CannotJudgeError, match="more than 10,000 paths to go through"):
        walk(repository.commit(first), repository.commit(last))


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--all",)])
def test_a_bomb_beside_the_models_ends_the_run(tmp_path: Path, options: tuple[str, ...]) -> None:
    repo = deployed(tmp_path)
    ran = snitch(repo, "check", "--ref", bombed(repo, "data", files=True), *options)
    assert ran.status == 2
    assert "more than 2,000,000 paths" in ran.err
