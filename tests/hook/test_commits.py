"""The hook, as `git commit` runs it: a plain one, and the one that pre-commit installs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import metrics
from judging import SNITCH
from judging import Ran
from judging import at
from judging import deployed
from repo import Repo

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
STANDARD = POLICY.replace("max_age_days: 90", "max_age_days: 36500")
WORSE = at("models/churn", {**GOOD, "metrics.json": metrics("0.80")})
KEPT = ("PIP_", "SSL_", "REQUESTS_", "http", "HTTP", "no_proxy", "NO_PROXY")
"""Variables by which a machine tells where packages come from."""


def plain(repo: Repo) -> None:
    hook = repo.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec '{SNITCH}' check --staged\n")
    hook.chmod(0o755)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory where pre-commit has installed this checkout, by itself."""
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit installs from a Git checkout")
    if not PRE_COMMIT.exists():
        pytest.skip("pre-commit is not installed")
    home = tmp_path_factory.mktemp("pre-commit")
    repo = Repo(home / "first")
    by_pre_commit(repo, home / "cache")
    done = subprocess.run(
        [PRE_COMMIT, "install-hooks"],
        cwd=repo.root,
        env=repo.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        if "No matching distribution" in done.stdout or "ConnectionError" in done.stdout:
            pytest.skip("the package index is out of reach")
        pytest.fail(done.stdout + done.stderr)
    return home / "cache"


def by_pre_commit(repo: Repo, cache: Path) -> None:
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    text = f"repos:\n  - repo: {ROOT}\n    rev: {head}\n    hooks:\n      - id: snitch\n"
    # Production has the hook: a change that brings it would be told for that.
    repo.git("symbolic-ref", "HEAD", "refs/heads/main")
    repo.commit("the hook", {".pre-commit-config.yaml": text})
    repo.branch("change-with-hook")
    kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
    repo.environment |= {**kept, "PRE_COMMIT_HOME": str(cache), "PRE_COMMIT_COLOR": "never"}
    subprocess.run(
        [PRE_COMMIT, "install"],
        cwd=repo.root,
        env=repo.environment,
        capture_output=True,
        check=True,
    )


@pytest.fixture(
    params=[
        "plain",
        pytest.param("pre-commit", marks=[pytest.mark.slow, pytest.mark.network]),
    ]
)
def repo(request: pytest.FixtureRequest, tmp_path: Path) -> Repo:
    """churn 1.3.2 in production, a branch checked out, the hook installed."""
    made = deployed(tmp_path / "repo", policy=STANDARD)
    if request.param == "plain":
        plain(made)
    else:
        by_pre_commit(made, request.getfixturevalue("cache"))
    return made


def commit(repo: Repo, *args: str) -> Ran:
    done = subprocess.run(
        ["git", "commit", "-m", "a change", *args],
        cwd=repo.root,
        env=repo.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def said(ran: Ran) -> str:
    return ran.out + ran.err


def stands(repo: Repo, act: Callable[[], Ran]) -> Ran:
    """What an attempt said that must leave HEAD where it was."""
    before = repo.head()
    ran = act()
    assert ran.status == 1, ran
    assert repo.head() == before
    return ran


def test_a_good_release_is_committed(repo: Repo) -> None:
    repo.write(at("models/churn", GOOD)).git("add", "-A")
    before = repo.head()
    assert commit(repo).status == 0
    assert repo.head() != before


def test_a_regression_is_stopped_with_its_line(repo: Repo) -> None:
    repo.write(WORSE).git("add", "-A")
    ran = stands(repo, lambda: commit(repo))
    assert "REG301" in said(ran)
    assert "models/churn/metrics.json:5:22" in said(ran)


def test_a_deleted_file_is_seen(repo: Repo) -> None:
    repo.git("rm", "--quiet", "models/churn/metrics.json")
    assert "CPL101" in said(stands(repo, lambda: commit(repo)))


def test_the_last_model_cannot_be_deleted_unseen(repo: Repo) -> None:
    repo.git("rm", "--quiet", "-r", "models/churn")
    assert "POL706" in said(stands(repo, lambda: commit(repo)))


def test_what_is_not_staged_is_not_judged(repo: Repo) -> None:
    repo.write(at("models/churn", GOOD)).git("add", "-A")
    repo.write(WORSE)
    assert commit(repo).status == 0


def test_commit_all_judges_what_it_stages(repo: Repo) -> None:
    repo.write({name: text for name, text in WORSE.items() if "weights" not in name})
    assert "REG301" in said(stands(repo, lambda: commit(repo, "-a")))


def test_commit_of_one_file_judges_that_file_and_not_the_index(repo: Repo) -> None:
    repo.write({"README.md": "words\n"}).git("add", "-A")
    repo.write(WORSE).git("add", "-A")
    assert commit(repo, "README.md").status == 0
    ran = stands(repo, lambda: commit(repo, "models/churn"))
    assert "REG301" in said(ran)


def test_a_linked_worktree_judges_its_own_index(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", "-b", "beside", str(tmp_path / "beside"))
    beside = Repo(tmp_path / "beside", existing=True)
    beside.environment = repo.environment
    beside.write(WORSE).git("add", "-A")
    repo.write(at("models/churn", GOOD)).git("add", "-A")
    ran = stands(beside, lambda: commit(beside))
    assert "REG301" in said(ran)
    assert commit(repo).status == 0


def test_a_commit_of_something_else_passes_at_once(repo: Repo) -> None:
    repo.write({"README.md": "words\n"}).git("add", "-A")
    assert commit(repo).status == 0


def test_the_very_first_commit_is_judged_too(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "new")
    plain(repo)
    broken = {**GOOD, "config.yaml": "name: churn\n"}
    repo.write({"snitch.yaml": STANDARD, **at("models/churn", broken)}).git("add", "-A")
    ran = commit(repo)
    assert ran.status == 1
    assert "CPL102" in said(ran)
    repo.write(at("models/churn", GOOD)).git("add", "-A")
    assert commit(repo).status == 0
