"""Families that keep no versions: a release is told, brought back and promoted by its commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import snitch
from pasts import on
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "version: 1\nmodels:\n  - {path: ., layout: dvc}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two releases of a model at the root, and code that came later."""
    made = Repo(tmp_path)
    made.git("config", "user.name", "Ben")
    made.git("config", "user.email", "ben@example.com")
    start = {"snitch.yaml": POLICY, "params.yaml": "train: {seed: 7}\n"}
    on(made, "2026-07-01").commit("start", {**start, "metrics.json": '{"auc": 0.9}\n'})
    on(made, "2026-08-01").commit("more", {"metrics.json": '{"auc": 0.91}\n'})
    on(made, "2026-08-02").commit("code", {"train.py": "import math\n"})
    return made


def test_history_begins_with_days_and_a_difference_names_no_version(repo: Repo) -> None:
    lines = snitch(repo, "history", ".", COLUMNS="120").out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["effective", "2026-08-01", "2026-07-01"]
    assert snitch(repo, "diff", ".", "HEAD~2", "HEAD").out.startswith("model: HEAD~2 → HEAD\n")
    assert snitch(repo, "show", ".").out.startswith(f"model in main ({repo.head()[:12]})\n")


def test_a_release_is_brought_back_by_its_commit(repo: Repo) -> None:
    old = repo.git("rev-parse", "HEAD~2")
    ran = snitch(repo, "rollback", ".", "--to", old[:12])
    branch = f"snitch/rollback-model-{old[:12]}"
    assert ran.status == 0, ran.err
    assert f"Roll model back to {old[:12]}: PASS" in ran.out
    assert repo.git("show", f"{branch}:metrics.json") == '{"auc": 0.9}'
    assert repo.git("log", "-1", "--format=%s", branch) == f"Roll model back to {old[:12]}"


def test_what_production_holds_is_not_brought_back(repo: Repo) -> None:
    for commit in (repo.git("rev-parse", "HEAD~1"), repo.git("rev-parse", "HEAD~1")[:7]):
        ran = snitch(repo, "rollback", ".", "--to", commit)
        assert ran.status == 2
        assert f"production holds . {commit}" in ran.err
    assert "never held" in snitch(repo, "rollback", ".", "--to", repo.head()[:6]).err
    assert "never held" in snitch(repo, "rollback", ".", "--to", repo.head()).err


def test_a_promotion_names_no_version(repo: Repo) -> None:
    repo.branch("staging").commit("better", {"metrics.json": '{"auc": 0.92}\n'})
    repo.checkout("main")
    ran = snitch(repo, "promote")
    assert ran.status == 0, ran.err
    assert ran.out.startswith("Promote model from staging to production: PASS\n")
    assert "prepared as branch snitch/promote-model\n" in ran.out


def test_of_a_metric_that_nothing_compares_it_is_said_so(repo: Repo) -> None:
    repo.commit("a counter", {"metrics.json": '{"auc": 0.91, "step": 3}\n'})
    ran = snitch(repo, "blame", ".", "step")
    assert ran.status == 2
    assert "`step` is measured, and nothing compares it" in ran.err


def test_a_revision_is_sought_in_no_past(repo: Repo) -> None:
    first = repo.git("rev-list", "--max-parents=0", "HEAD")
    lost = repo.git("rev-parse", f"{first}:metrics.json")
    (repo.root / ".git/objects" / lost[:2] / lost[2:]).unlink()
    assert snitch(repo, "diff", ".", "HEAD~1", "HEAD").status == 0
    assert snitch(repo, "show", ".@HEAD^").status == 0


def test_a_family_without_versions_has_no_column_of_question_marks(repo: Repo) -> None:
    for words in (("blame", ".", "auc"), ("history", ".")):
        page = snitch(repo, *words, "--format", "markdown").out
        assert "?" not in page
        assert "| version |" not in page
    assert "release" not in snitch(repo, "blame", ".", "auc", COLUMNS="120").out.splitlines()[0]
