"""Which commit is the deployed release, on laptops and under every CI system."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from snitch.findings import CannotJudgeError
from snitch.snapshots import BaselineRef
from snitch.snapshots import Repository
from snitch.snapshots import find_baseline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from repo import Repo

GITHUB = {"CI": "true", "GITHUB_ACTIONS": "true"}
PUSHES = {
    "github": {**GITHUB, "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main"},
    "gitlab": {"CI": "true", "GITLAB_CI": "true", "CI_COMMIT_BRANCH": "main"},
    "bitbucket": {"CI": "true", "BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_BRANCH": "main"},
    "azure": {"TF_BUILD": "True", "BUILD_SOURCEBRANCH": "refs/heads/main"},
    "jenkins": {"JENKINS_URL": "https://j.example", "BRANCH_NAME": "main"},
}
REQUESTS = {
    "github": {**GITHUB, "GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "lax"},
    "gitlab": {
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "lax",
        "CI_COMMIT_BEFORE_SHA": "0" * 40,
    },
    "bitbucket": {"BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_PR_DESTINATION_BRANCH": "lax"},
    "azure": {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/lax"},
    "jenkins": {"JENKINS_URL": "https://j.example", "CHANGE_TARGET": "lax"},
}


def _find(
    root: Path,
    environ: Mapping[str, str] | None = None,
    requested: str | None = None,
    production: str = "main",
) -> BaselineRef | None:
    with Repository.discover(root) as repository:
        return find_baseline(
            repository, requested=requested, production=production, environ=environ or {}
        )


def test_the_remotes_branch_comes_before_the_local_one(repo: Repo) -> None:
    deployed = repo.commit("one", {"a": "1"})
    repo.tracking()
    repo.commit("not pushed", {"a": "2"})
    found = _find(repo.root)
    assert found == BaselineRef("origin/main", deployed, "origin's production branch")
    assert found.notice is None


def test_a_tag_called_origin_main_changes_nothing(repo: Repo) -> None:
    deployed = repo.commit("one", {"a": "1"})
    repo.tracking()
    repo.git("tag", "origin/main", repo.commit("attack", {"a": "2"}))
    repo.git("branch", "origin/main")
    found = _find(repo.root)
    assert found is not None
    assert found.commit == deployed


def test_the_command_line_has_the_last_word(repo: Repo) -> None:
    first = repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    repo.tracking()
    found = _find(repo.root, PUSHES["github"], requested="main~1")
    assert found == BaselineRef("main~1", first, "asked for by --baseline")


def test_the_local_branch_is_taken_only_without_a_remote_and_said(repo: Repo) -> None:
    head = repo.commit("one", {"a": "1"})
    found = _find(repo.root)
    assert found is not None
    assert (found.ref, found.commit) == ("main", head)
    assert found.notice is not None
    assert "no remote" in found.notice
    repo.git("remote", "add", "origin", "https://git.example/x.git")
    with pytest.raises(CannotJudgeError, match="origin/main is not in this clone") as caught:
        _find(repo.root)
    assert caught.value.remedy == (
        "git fetch origin '+refs/heads/main:refs/remotes/origin/main'; where origin is empty "
        "still, push main once with --no-verify"
    )


def test_a_fresh_repository_has_nothing_deployed(repo: Repo) -> None:
    assert _find(repo.root) is None
    repo.branch("dev").commit("one", {"a": "1"})
    assert _find(repo.root) is None


def test_in_ci_a_missing_production_branch_is_never_a_first_release(repo: Repo) -> None:
    repo.branch("dev").commit("one", {"a": "1"})
    assert _find(repo.root, {"CI": "false"}) is None
    for environ in ({"CI": "true"}, GITHUB, {"TF_BUILD": "True"}):
        with pytest.raises(CannotJudgeError, match="origin/main is not in this clone"):
            _find(repo.root, environ)


def test_a_shallow_checkout_is_told_how_to_fetch_everything(repo: Repo, tmp_path: Path) -> None:
    repo.commit("one", {"a": "1"})
    repo.branch("pr").commit("two", {"a": "2"})
    repo.clone(tmp_path / "ci", "--depth=1", "--branch=pr")
    with pytest.raises(CannotJudgeError) as caught:
        _find(tmp_path / "ci", GITHUB)
    assert "git fetch --unshallow origin" in caught.value.remedy
    assert "fetch-depth: 0" in caught.value.remedy


def test_the_only_remote_may_have_another_name(repo: Repo) -> None:
    head = repo.commit("one", {"a": "1"})
    repo.tracking(remote="upstream")
    found = _find(repo.root)
    assert found is not None
    assert (found.ref, found.commit) == ("upstream/main", head)
    assert found.notice is not None


def test_production_may_have_another_name_but_not_any(repo: Repo) -> None:
    repo.branch("prod")
    head = repo.commit("one", {"a": "1"})
    repo.tracking("prod")
    found = _find(repo.root, production="prod")
    assert found is not None
    assert (found.ref, found.commit) == ("origin/prod", head)
    with pytest.raises(CannotJudgeError, match="no name of a branch"):
        _find(repo.root, production="--upload-pack=x")


@pytest.mark.parametrize("system", sorted(REQUESTS))
def test_a_pull_requests_target_never_chooses_the_baseline(system: str, repo: Repo) -> None:
    deployed = repo.commit("one", {"a": "1"})
    repo.tracking()
    repo.branch("lax").commit("bad", {"a": "0"})
    repo.tracking("lax")
    found = _find(repo.root, REQUESTS[system])
    assert found is not None
    assert found.commit == deployed
    assert found.notice is not None
    assert "'lax'" in found.notice


@pytest.mark.parametrize("system", sorted(PUSHES))
def test_a_push_to_production_is_compared_with_what_stood_there(system: str, repo: Repo) -> None:
    first = repo.commit("one", {"a": "1"})
    assert _find(repo.tracking().root, PUSHES[system]) is None
    repo.commit("two", {"a": "2"})
    repo.tracking()
    found = _find(repo.root, PUSHES[system])
    assert found is not None
    assert found.commit == first
    assert found.notice is not None


def test_the_commit_before_a_push_is_the_one_that_the_system_names(
    repo: Repo, tmp_path: Path
) -> None:
    first = repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    repo.commit("three", {"a": "3"})
    repo.tracking()
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"before": first}))
    github = {**PUSHES["github"], "GITHUB_EVENT_PATH": str(event)}
    gitlab = {**PUSHES["gitlab"], "CI_COMMIT_BEFORE_SHA": first, "CI_PIPELINE_SOURCE": "push"}
    for environ in (github, gitlab):
        found = _find(repo.root, environ)
        assert found is not None
        assert found.commit == first


@pytest.mark.parametrize(
    "event", ["", "{", "[]", '{"before": 3}', '{"before": "%s"}' % ("0" * 40), "[" * 100_000]
)
def test_an_event_that_names_no_commit_leaves_the_first_parent(
    event: str, repo: Repo, tmp_path: Path
) -> None:
    repo.commit("one", {"a": "1"})
    second = repo.commit("two", {"a": "2"})
    repo.commit("three", {"a": "3"})
    repo.tracking()
    (tmp_path / "event.json").write_text(event)
    environ = {**PUSHES["github"], "GITHUB_EVENT_PATH": str(tmp_path / "event.json")}
    found = _find(repo.root, environ)
    assert found is not None
    assert found.commit == second


def test_a_push_that_a_shallow_checkout_cut_off_stops_the_judgement(
    repo: Repo, tmp_path: Path
) -> None:
    before = repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    repo.clone(tmp_path / "ci", "--depth=1")
    for environ in (PUSHES["github"], {**PUSHES["gitlab"], "CI_COMMIT_BEFORE_SHA": before}):
        with pytest.raises(CannotJudgeError) as caught:
            _find(tmp_path / "ci", environ)
        assert "fetch-depth: 0" in caught.value.remedy


@pytest.mark.parametrize(
    "environ",
    [
        {**GITHUB, "GITHUB_EVENT_NAME": "schedule", "GITHUB_REF": "refs/heads/main"},
        {**GITHUB, "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/feature"},
        {**GITHUB, "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/tags/main"},
        {**GITHUB, "GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main"},
    ],
)
def test_whatever_is_no_push_to_production_is_compared_with_its_tip(
    environ: dict[str, str], repo: Repo
) -> None:
    repo.commit("one", {"a": "1"})
    tip = repo.commit("two", {"a": "2"})
    repo.tracking()
    assert _find(repo.root, environ) == BaselineRef(
        "origin/main", tip, "origin's production branch"
    )
