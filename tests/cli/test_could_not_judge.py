"""Whatever stops Snitch is one line and a command, and the command mends it."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import SNITCH
from judging import Ran
from judging import at
from judging import changed
from judging import deployed
from judging import snitch
from repo import Repo

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = ("--as-of", "2026-10-05")


def remedy(ran: Ran) -> str:
    """What the `fix:` line says, after making sure that this is all that was said."""
    assert ran.status == 2
    assert ran.out == ""
    message, fix = ran.err.splitlines()
    assert message.startswith("snitch: ")
    assert fix.startswith("  fix: ")
    return fix.removeprefix("  fix: ")


def run(command: str, cwd: Path, environment: Mapping[str, str]) -> None:
    """A remedy, as somebody would paste it into a shell."""
    path = f"{Path(SNITCH).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(  # noqa: S602 - that is what is tested
        command,
        shell=True,
        cwd=cwd,
        env={**environment, "PATH": path},
        check=True,
    )


def test_a_directory_that_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    nothing = Repo.__new__(Repo)
    nothing.root = tmp_path / "nothing"
    fix = remedy(snitch(nothing, "check", GIT_CEILING_DIRECTORIES=str(tmp_path)))
    assert fix == "cd into a clone of the model repository: git clone URL models && cd models"


def test_a_repository_without_commits(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.write(at("models/churn", GOOD))
    fix = remedy(snitch(repo, "check", *DAY))
    assert "snitch check --staged" in fix
    repo.git("add", "-A")
    assert snitch(repo, "check", "--staged", *DAY).status in {0, 1}


def test_a_detached_head_is_judged_like_any_other(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    repo.git("checkout", "--quiet", "--detach")
    assert snitch(repo, "check", *DAY).status == 0


def test_a_detached_head_without_any_branch(tmp_path: Path) -> None:
    repo = changed(tmp_path / "origin")
    clone = Repo(tmp_path / "clone")
    clone.git("remote", "add", "origin", f"file://{repo.root}")
    clone.git("fetch", "--quiet", "--depth=1", "origin", "change")
    clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    run(remedy(snitch(clone, "check", *DAY)), clone.root, clone.environment)
    assert snitch(clone, "check", *DAY).status == 0


def test_a_shallow_clone_without_the_base(tmp_path: Path) -> None:
    repo = changed(tmp_path / "origin")
    clone = repo.clone(tmp_path / "clone", "--depth=1", "--branch=change", "--single-branch")
    fix = remedy(snitch(clone, "check", *DAY))
    assert fix.startswith("git fetch")
    run(fix, clone.root, clone.environment)
    assert snitch(clone, "check", *DAY).status == 0


def test_a_shallow_clone_in_ci_tells_the_job_s_setting_too(tmp_path: Path) -> None:
    repo = changed(tmp_path / "origin")
    clone = repo.clone(tmp_path / "clone", "--depth=1", "--branch=change", "--single-branch")
    fix = remedy(snitch(clone, "check", *DAY, GITHUB_ACTIONS="true", CI="true"))
    assert "fetch-depth: 0" in fix


def test_a_revision_of_no_letters_is_none_as_from_a_variable_that_is_not_set(
    tmp_path: Path,
) -> None:
    for option in ("--ref", "--baseline", "--changed-since", "--policy-from"):
        ran = snitch(changed(tmp_path / option[2:]), "check", option, "")
        assert (ran.status, "'' is no name of a commit" in ran.err) == (2, True)
    ran = snitch(changed(tmp_path / "both"), "check", "--staged", "--ref", "")
    assert "exclude each other" in ran.err


def test_a_revision_that_is_not_there(tmp_path: Path) -> None:
    ran = snitch(changed(tmp_path), "check", "--ref", "nowhere")
    assert "nowhere" in ran.err
    assert remedy(ran)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version: 1\nmodels: [\n", "snitch.yaml:"),
        ("version: 1\nfreshnes: {max_age_days: 9}\n", "`freshness`"),
        ("version: 1\nrules: {REG310X: off}\n", "REG310"),
        ("version: 1\nmetrics: {auc: {min: 2, max: 1}}\n", "min"),
        ("version: 1\nversion: 1\n", "second time"),
        ("\x00", "NUL"),
        ("version: 1\nplugins: [nowhere]\n", "nowhere"),
    ],
)
def test_an_unreadable_policy_is_told_with_its_mend(tmp_path: Path, text: str, words: str) -> None:
    repo = deployed(tmp_path, policy=text)
    ran = snitch(repo, "check", *DAY)
    assert words in ran.err
    assert remedy(ran)


def test_a_broken_policy_of_production_is_mended_by_the_change_that_mends_it(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path, policy="version: 1\nfreshnes: {}\n")
    repo.commit("mend the policy", {"snitch.yaml": POLICY})
    assert snitch(repo, "check", *DAY).status == 2
    assert snitch(repo, "check", "--policy", "snitch.yaml", *DAY).status == 0
    assert snitch(repo, "policy", "check").status == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
def test_a_repository_of_somebody_else(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo")
    os.chown(repo.root / ".git", 12345, 12345)
    fix = remedy(snitch(repo, "check", *DAY))
    assert fix.startswith("git config --global --add safe.directory ")
    run(fix, tmp_path, {"HOME": str(tmp_path)})
    assert snitch(repo, "check", *DAY).status == 0


def test_git_that_is_not_installed(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo")
    (tmp_path / "empty").mkdir()
    ran = snitch(repo, "check", PATH=str(tmp_path / "empty"))
    assert "Git" in ran.err
    assert remedy(ran)


def test_commands_in_remedies_are_whole(tmp_path: Path) -> None:
    repo = changed(tmp_path / "a b")
    clone = repo.clone(tmp_path / "clone", "--depth=1", "--branch=change", "--single-branch")
    words = shlex.split(remedy(snitch(clone, "check")))
    assert words[:2] == ["git", "fetch"]


def test_an_index_with_a_merge_conflict(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    path = "models/churn/config.yaml"
    repo.branch("side").commit("theirs", {path: "# theirs\n"})
    repo.checkout("main").commit("ours", {path: "# ours\n"})
    with pytest.raises(AssertionError):
        repo.merge("side")
    fix = remedy(snitch(repo, "check", "--staged", *DAY))
    assert fix == "resolve the conflict and `git add` the file"
