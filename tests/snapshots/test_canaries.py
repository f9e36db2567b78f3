"""A configuration, hooks and attributes full of programs: reading runs none of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from snitch.findings import CannotJudgeError
from snitch.snapshots import Repository
from snitch.snapshots import changed_paths
from snitch.snapshots import find_baseline

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

ATTRIBUTES = "* filter=evil diff=evil merge=evil text=auto ident\n*.bin filter=lfs diff=lfs\n"
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 7\n"
PROGRAMS = (
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.gitProxy",
    "core.askPass",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "diff.evil.command",
    "diff.evil.textconv",
    "diff.lfs.command",
    "diff.lfs.textconv",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "filter.lfs.clean",
    "filter.lfs.smudge",
    "filter.lfs.process",
    "merge.evil.driver",
    "gpg.program",
    "pager.ls-files",
    "pager.rev-list",
    "pager.diff-index",
    "pager.diff-tree",
    "pager.for-each-ref",
    "sequence.editor",
    "interactive.diffFilter",
    "trailer.evil.command",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
    "remote.origin.vcs",
    "alias.cat-file",
    "alias.ls-files",
)


class Trap:
    """A program that leaves its name behind when anybody runs it."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "ran"
        self.program = directory / "canary"
        self.program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{self.log}"\nexit 0\n')
        self.program.chmod(0o755)

    def ran(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def _arm(repo: Repo, trap: Trap) -> None:
    config = repo.root / ".git" / "config"
    lines = []
    for key in PROGRAMS:
        section, _, name = key.rpartition(".")
        first, _, rest = section.partition(".")
        head = f'[{first} "{rest}"]' if rest else f"[{first}]"
        value = f"!{trap.program}" if first in {"alias", "credential"} else str(trap.program)
        lines.append(f'{head}\n\t{name} = "{value}"\n')
    lines.append(f'[core]\n\thooksPath = "{trap.program.parent}"\n\tuntrackedCache = true\n')
    lines.append("[submodule]\n\trecurse = true\n[status]\n\tsubmoduleSummary = true\n")
    lines.append("[log]\n\tshowSignature = true\n[index]\n\tsplit = true\n")
    lines.append('[remote "origin"]\n\turl = ext::sh -c "' + str(trap.program) + '"\n')
    lines.append("\tpromisor = true\n[extensions]\n\tpartialClone = origin\n")
    config.write_text(config.read_text() + "".join(lines))
    for name in ("post-index-change", "fsmonitor-watchman", "pre-commit", "reference-transaction"):
        for hook in (repo.root / ".git" / "hooks" / name, trap.program.parent / name):
            hook.parent.mkdir(exist_ok=True)
            hook.write_bytes(trap.program.read_bytes())
            hook.chmod(0o755)


def _nested(repo: Repo, trap: Trap) -> None:
    """A repository within the working tree and a bare one among its files, both armed."""
    repo.git("init", "--quiet", "nested")
    repo.git("-C", "nested", "commit", "--quiet", "--allow-empty", "-m", "x")
    repo.git("init", "--quiet", "--bare", "models/bare")
    for config in (repo.root / "nested/.git/config", repo.root / "models/bare/config"):
        config.write_text(f'[core]\n\tbare = false\n\tfsmonitor = "{trap.program}"\n')


def test_the_trap_itself_works(repo: Repo, trap: Trap) -> None:
    repo.commit("one", {"a.txt": "a\n"})
    _arm(repo, trap)
    repo.write({"a.txt": "b\n"})
    repo.git("status")
    assert trap.ran()


def test_nothing_is_run_by_any_way_of_reading(repo: Repo, trap: Trap) -> None:
    first = repo.commit("one", {"a.txt": "a\n", "models/m/w.bin": POINTER, "b": "b"})
    second = repo.commit("two", {".gitattributes": ATTRIBUTES, "a.txt": "aa\n"})
    repo.tracking()
    _nested(repo, trap)
    repo.git("add", "models")
    _arm(repo, trap)
    repo.write({"a.txt": "changed\n", "new.bin": b"content", "models/m/w.bin": b"weights"})
    os.utime(repo.root / "b", (1, 1))
    with Repository.discover(repo.root) as repository:
        baseline = find_baseline(repository, requested=None, production="main", environ={})
        assert baseline is not None
        assert baseline.commit == second
        old, new = repository.commit(first), repository.commit(second)
        index, worktree = repository.index(), repository.worktree()
        for one in (old, new, index, worktree):
            for path, entry in one.files("").items():
                if entry.kind.value == "file":
                    one.read(path)
                    one.smudged(path)
            for other in (old, new, index, worktree):
                changed_paths(one, other)
        assert worktree.smudged("new.bin") is not None
        repository.merge_base(first, second)
        repository.history("models", second, 9)
        repository.first_parents(second, 9)
        repository.removals(second, 9)
        repository.overwritten(second, 9)
        repository.remotes()
        repository.default_branch()
        repository.has_branch("main")
        repository.resolve("main~1")
        with pytest.raises(CannotJudgeError):
            repository.resolve("nosuch")
    assert trap.ran() == ""


def test_a_missing_object_of_a_partial_clone_fetches_nothing(repo: Repo, trap: Trap) -> None:
    commit = repo.commit("one", {"a.txt": "a\n"})
    blob = repo.git("rev-parse", "HEAD:a.txt")
    _arm(repo, trap)
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with Repository.discover(repo.root) as repository:
        snapshot = repository.commit(commit)
        with pytest.raises(CannotJudgeError, match="missing"):
            snapshot.read("a.txt")
    assert trap.ran() == ""


def test_a_file_called_git_in_the_current_directory_is_not_run(
    repo: Repo, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("one", {"git": trap.program.read_bytes()})
    (repo.root / "git").chmod(0o755)
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("PATH", f":.:{os.environ['PATH']}:")
    with Repository.discover(repo.root) as repository:
        assert repository.head
    assert trap.ran() == ""


def test_the_environment_of_the_caller_does_not_reach_git(
    repo: Repo, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = repo.commit("one", {"a.txt": "a\n"})
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_PROXY"):
        monkeypatch.setenv(name, str(trap.program))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(trap.program))
    monkeypatch.setenv("GIT_WORK_TREE", "/")
    monkeypatch.setenv("GIT_TRACE", str(trap.log))
    with Repository.discover(repo.root) as repository:
        assert repository.index().commit == head
        assert list(repository.worktree().files("")) == ["a.txt"]
    assert trap.ran() == ""
