"""`snitch policy diff`: the words of POL701 and POL702, and who would feel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example import GOOD
from example import POLICY
from example import metrics
from judging import at
from judging import deployed
from judging import snitch

if TYPE_CHECKING:
    from pathlib import Path

    from judging import Ran
    from repo import Repo


def diff(repo: Repo, old: str, new: str) -> Ran:
    return snitch(repo, "policy", "diff", old, new, "--as-of", "2026-10-05")


def test_a_stricter_policy_fails_models_and_a_looser_one_passes_them(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("churn", at("models/churn", GOOD))
    repo.commit("stricter", {"snitch.yaml": POLICY.replace("min: 0.85", "min: 0.95")})
    ran = diff(repo, "main", "HEAD")
    assert ran.status == 0
    assert "`metrics.auc.min` changes from 0.85 to 0.95" in ran.out
    assert "nothing is loosened" in ran.out
    assert "1 of 1 model would newly fail: churn" in ran.out
    back = diff(repo, "HEAD", "HEAD~1")
    assert "what would newly pass:\n  `metrics.auc.min` changes from 0.95 to 0.85" in back.out
    assert "1 of 1 model would newly pass: churn" in back.out


def test_models_that_no_change_touches_are_judged_and_only_open_errors_fail(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("churn", at("models/churn", GOOD))
    repo.branch("standard")
    strict = POLICY.replace("min: 0.85", "min: 0.95")
    repo.commit("stricter", {"snitch.yaml": strict})
    assert "1 of 1 model would newly fail: churn" in diff(repo, "main", "HEAD").out
    waiver = (
        "waivers:\n  - {rule: REG304, model: churn, reason: agreed, approved_by: ada, "
        "expires: 2026-10-20}\n"
    )
    repo.commit("waived", {"snitch.yaml": strict + waiver})
    assert "0 of 1 model would newly fail" in diff(repo, "main", "HEAD").out
    assert "1 of 1 model would newly pass: churn" in diff(repo, "HEAD~1", "HEAD").out
    repo.commit("lowered", {"snitch.yaml": strict + "rules: {REG304: warning}\n"})
    assert "0 of 1 model would newly fail" in diff(repo, "main", "HEAD").out


def test_equal_policies_and_missing_ones(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    assert diff(repo, "main", "HEAD").out == "the policies of main and HEAD are the same\n"
    repo.commit("none", {"snitch.yaml": None})
    assert "is removed" in diff(repo, "main", "HEAD").out
    repo.commit("one more", at("models/churn", {"metrics.json": metrics("0.80")}))
    ran = diff(repo, "HEAD~1", "HEAD")
    assert ran.status == 2
    assert "neither `HEAD~1` nor `HEAD` holds a snitch.yaml" in ran.err


def test_a_revision_or_a_policy_that_cannot_be_had_is_an_error(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    assert diff(repo, "main", "nowhere").status == 2
    repo.commit("broken", {"snitch.yaml": "tolerence: 1\n"})
    ran = diff(repo, "main", "HEAD")
    assert ran.status == 2
    assert "tolerence" in ran.err
