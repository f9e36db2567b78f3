"""Trees, indexes and attributes that show something else than what is merged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from attacks.commands import assert_refused
from attacks.commands import assert_regressed
from attacks.commands import check
from attacks.commands import worse
from attacks.shapes import WORSE
from attacks.shapes import errors
from example import GOOD
from example import metrics
from judging import AS_OF
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from repo import Repo

from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", AS_OF.isoformat())
METRICS = "models/churn/metrics.json"


def test_b13_a_hostile_configuration_runs_nothing(tmp_path: Path) -> None:
    """The whole list of keys has a test of its own; these ran under `git status`."""
    repo = worse(tmp_path / "repo")
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n")
    program.chmod(0o755)
    repo.write({".git/info/attributes": "* filter=evil diff=evil\n"})
    with (repo.root / ".git/config").open("a") as config:
        config.write(f"[core]\n fsmonitor = {program}\n hooksPath = {tmp_path}\n pager={program}\n")
        config.write(f'[filter "evil"]\n clean = {program}\n smudge = {program}\n')
        config.write(f'[diff "evil"]\n textconv = {program}\n command = {program}\n')
        config.write(f"[diff]\n external = {program}\n[include]\n path = /dev/zero-not\n")
    os.utime(repo.root / METRICS, (1, 1))
    for options in ((), ("--staged",), ("--ref", "HEAD"), ("--all",)):
        assert_regressed(check(repo, *options))
    assert not ran.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
def test_b14_a_strangers_repository_is_refused_with_the_line_that_trusts_it(
    tmp_path: Path,
) -> None:
    repo = worse(tmp_path)
    os.chown(repo.root / ".git", 12345, 12345)
    assert_refused(check(repo), "git config --global --add safe.directory")


def test_b15_the_hook_judges_the_index_that_is_committed(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.write(WORSE)
    index = repo.root / ".git/next-index"
    repo.git("add", "-A", environment={"GIT_INDEX_FILE": str(index)})
    assert check(repo, "--staged").status == 0
    assert_regressed(check(repo, "--staged", GIT_INDEX_FILE=str(index)))
    assert_refused(check(repo, "--staged", GIT_INDEX_FILE=str(tmp_path.parent / "index")))
    repo.git("worktree", "add", "--quiet", tmp_path / "linked")
    linked = Repo(tmp_path / "linked", existing=True)
    linked.write(WORSE).git("add", "-A")
    assert_regressed(check(linked, "--staged"))


def test_b16_an_intention_to_add_is_no_file(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.write(at("models/churn", GOOD))
    repo.git("add", "-A")
    repo.git("rm", "--cached", "--quiet", METRICS)
    repo.git("add", "-N", METRICS)
    assert "CPL101" in errors(judge(repo, candidate="index"))


def test_b17_an_unresolved_merge_is_not_judged(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("mine", at("models/churn", GOOD))
    repo.branch("theirs", "main")
    repo.commit("theirs", at("models/churn", {**GOOD, "metrics.json": metrics("0.92")}))
    with pytest.raises(AssertionError):
        repo.merge("change")
    assert_refused(check(repo, "--staged"), "conflict")
    assert "SNT002" in errors(judge(repo))


def test_b18_a_sparse_checkout_deletes_no_model(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    repo.write({"docs/x.md": "x"}).commit("docs")
    repo.git("sparse-checkout", "set", "--cone", "docs")
    assert not (repo.root / METRICS).exists()
    report = judge(repo)
    assert "POL707" not in codes(report)
    assert "REG301" in errors(report)


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_b19_no_flag_hides_an_edit(tmp_path: Path, flag: str) -> None:
    repo = changed(tmp_path)
    repo.git("update-index", flag, METRICS)
    stat = (repo.root / METRICS).stat()
    repo.write({METRICS: metrics("0.702")})
    os.utime(repo.root / METRICS, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "REG301" in errors(judge(repo))


@pytest.mark.parametrize(
    "attributes",
    ["*.json eol=crlf", "*.json working-tree-encoding=UTF-16", "*.yaml ident", "*.json filter=x"],
)
def test_b20_attributes_that_change_bytes_are_told(tmp_path: Path, attributes: str) -> None:
    repo = changed(tmp_path)
    text = metrics().encode("utf-16" if "UTF-16" in attributes else "utf-8")
    repo.commit("attributes", {".gitattributes": f"{attributes}\n", METRICS: text})
    assert "POL712" in errors(judge(repo, candidate="commit", ref="HEAD"))


def test_b20_the_working_trees_own_bytes_are_judged(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    repo.write({METRICS: metrics().encode("utf-16")})
    assert "SNT001" in errors(judge(repo))


def test_b21_attributes_that_hide_a_file_from_reviewers_are_told(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    hide = "*.json -diff binary linguist-generated\n"
    repo.commit("hidden", {".gitattributes": hide, METRICS: metrics("0.702")})
    report = judge(repo)
    assert {"POL712", "REG301"} <= errors(report)
    [auc] = [one for one in report.models[0].metrics if one.name == "auc" and one.slice is None]
    assert (auc.candidate, auc.deployed) == ("0.702", "0.911")


def test_b22_a_rewritten_production_is_what_it_is_now(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    repo.git("update-ref", "refs/remotes/origin/main", "change")
    report = judge(repo)
    assert report.baseline is not None
    assert report.baseline.commit == repo.head()


@pytest.mark.parametrize("date", ["2099-01-01T00:00:00Z", "1999-01-01T00:00:00Z"])
def test_b23_dates_of_commits_decide_nothing(tmp_path: Path, date: str) -> None:
    repo = changed(tmp_path)
    forged = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    repo.git("commit", "--quiet", "--amend", "--no-edit", environment=forged)
    assert codes(judge(repo)) == []


@pytest.mark.parametrize("shape", ["sha256", "alternates", "worktree"])
def test_b24_every_shape_of_repository_is_read(tmp_path: Path, shape: str) -> None:
    if shape == "sha256":
        repo = Repo(tmp_path / "sha", "--object-format=sha256")
        source = worse(tmp_path / "source")
        for rev in ("main", "change"):
            source.checkout(rev)
            repo.git("checkout", "--quiet", "-B", rev)
            files = source.git("ls-files").split("\n")
            repo.commit(rev, {name: (source.root / name).read_bytes() for name in files})
        assert len(repo.head()) == 64
    elif shape == "alternates":
        source = worse(tmp_path / "source")
        source.git("clone", "--quiet", "--shared", source.root, tmp_path / "shared")
        repo = Repo(tmp_path / "shared", existing=True)
    else:
        source = worse(tmp_path / "source")
        source.git("worktree", "add", "--quiet", "--detach", tmp_path / "linked")
        repo = Repo(tmp_path / "linked", existing=True)
    assert_regressed(check(repo))


def test_b24_a_reftable_is_read_through_git_itself_or_refused(tmp_path: Path) -> None:
    """Simulated where this Git cannot make one: an extension that it does not know."""
    repo = worse(tmp_path)
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "extensions.nobodyKnowsThis", "true")
    with pytest.raises(CannotJudgeError):
        judge(repo)
