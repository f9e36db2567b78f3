"""Which branch is production in a repository that has no `main`, and whose word counts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import at
from judging import deployed
from judging import judge

from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

    from snitch.findings import Report

CI = {"CI": "true"}


def with_production(root: Path, name: str, policy: str | None = None) -> Repo:
    """A change of churn, in a repository whose production has another name than `main`."""
    repo = deployed(root, policy=policy)
    repo.git("branch", "--move", "main", name)
    named = f"{POLICY}environments: {{production: {name}}}\n"
    repo.commit("churn 1.4.0", {**at("models/churn", GOOD), "snitch.yaml": named})
    return repo


def compared_with(report: Report) -> tuple[str | None, list[str | None]]:
    ref = None if report.baseline is None else report.baseline.ref
    return ref, [model.deployed_version for model in report.models]


def test_in_ci_a_change_alone_does_not_say_what_production_is(tmp_path: Path) -> None:
    repo = with_production(tmp_path, "live")
    with pytest.raises(CannotJudgeError, match="`live` is production") as caught:
        judge(repo, environ=CI)
    assert "--baseline origin/live" in caught.value.remedy
    told = judge(repo, environ=CI, baseline="live")
    assert compared_with(told) == ("live", ["1.3.2"])


def test_on_a_laptop_it_does(tmp_path: Path) -> None:
    assert compared_with(judge(with_production(tmp_path, "live"))) == ("live", ["1.3.2"])


def test_in_ci_a_change_may_name_what_the_remote_calls_its_default(tmp_path: Path) -> None:
    repo = with_production(tmp_path, "trunk").tracking("trunk")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert compared_with(judge(repo, environ=CI)) == ("origin/trunk", ["1.3.2"])


def test_in_ci_a_change_may_name_what_is_customary(tmp_path: Path) -> None:
    repo = with_production(tmp_path, "master").tracking("master")
    assert compared_with(judge(repo, environ=CI)) == ("origin/master", ["1.3.2"])


def test_a_policy_file_of_the_command_line_may_name_it(tmp_path: Path) -> None:
    repo = with_production(tmp_path / "r", "live")
    repo.git("rm", "--quiet", "snitch.yaml")
    repo.commit("no policy")
    own = tmp_path / "own.yaml"
    own.write_text(f"{POLICY}environments: {{production: live}}\n")
    report = judge(repo, policy_file=own)
    assert compared_with(report) == ("live", ["1.3.2"])
    assert "there is no production branch to compare with: every model is new" not in report.notices
    assert judge(repo).baseline is None


def test_a_first_commit_that_is_only_staged_is_compared_with_production(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("checkout", "--quiet", "--orphan", "alone")
    repo.write(at("models/churn", GOOD)).git("add", "--all", "--force")
    assert compared_with(judge(repo, candidate="index")) == ("main", ["1.3.2"])
