"""Branches that merged each other: Git merges such a change over several common ancestors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import metrics
from judging import at
from judging import codes
from judging import deployed
from judging import judge

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

DRAFT = at("models/churn", {**GOOD, "metrics.json": metrics("0.905")})
RELEASE = {"models/churn/metrics.json": metrics("0.915")}
NOTES = {"notes.md": "What the draft is about.\n"}


def crossed(root: Path, later: str) -> Repo:
    """Production and the change have both merged a release and the notes on its draft.

    Production took the release, the change the draft.
    """
    repo = deployed(root)
    fraud = {name: text.replace("churn", "fraud") for name, text in DEPLOYED.items()}
    repo.checkout("main").commit("fraud", at("models/fraud", fraud))
    repo.branch("draft").commit("draft", DRAFT)
    for name, files in (("release", RELEASE), ("notes", NOTES)):
        day = "2026-10-09" if name == later else "2026-10-08"
        repo.environment["GIT_COMMITTER_DATE"] = f"{day}T12:00:00Z"
        repo.checkout("draft").branch(name).commit(name, files)
    repo.checkout("main").merge("release")
    repo.merge("notes")
    repo.checkout("change").git("reset", "--quiet", "--hard", "notes")
    repo.git("merge", "--quiet", "--strategy=ours", "-m", "keeps the draft", "release")
    assert len(repo.git("merge-base", "--all", "main", "change").split()) == 2
    return repo


@pytest.mark.parametrize("later", ["release", "notes"])
def test_a_model_as_only_one_common_ancestor_has_it_is_judged(tmp_path: Path, later: str) -> None:
    repo = crossed(tmp_path, later)
    assert codes(judge(repo)) == ["CPL106", "ART608", "REG301"]
    repo.checkout("main").merge("change")
    assert '"auc": 0.905' in (tmp_path / "models/churn/metrics.json").read_text()


def test_a_model_as_every_common_ancestor_has_it_is_behind(tmp_path: Path) -> None:
    repo = crossed(tmp_path, "notes")
    repo.checkout("main").commit("better", {"models/fraud/metrics.json": metrics("0.93")})
    report = judge(repo.checkout("change"))
    assert {finding.model for finding in report.findings} == {"churn"}
