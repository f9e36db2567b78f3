"""Every case of the suite on a repository of its own, and the page that shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from evaluated import csv
from evaluated import names
from example import DEPLOYED
from example import GOOD
from example import config
from judging import AS_OF
from judging import at
from judging import judge
from judging import snitch
from measured import measured
from repo import Repo

from tools import conformance

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8")
)
HEAD = "version: 1\nmodels: [{path: models/*}]\n"
ITEMS = '"items": {"path": "items.csv", "id": "id", "scores": {"accuracy": "correct"}}'
BENCHMARK = '"benchmark": {"name": "churn-standard", "version": "%s"}'


def release(case: dict[str, Any], side: str) -> dict[str, str]:
    """The files of one of the two releases."""
    new = side == "candidate"
    files = dict(GOOD if new else DEPLOYED)
    benchmark = BENCHMARK % (case.get("benchmark", "2026.2") if new else "2026.2")
    more = [ITEMS] if "items" in case else []
    text = case.get(side, case["deployed"])
    files["metrics.json"] = measured(text, "", *more, benchmark=benchmark)
    if "items" in case:
        ids = names(case["items"][new])
        right = [0] * (len(ids) // 10) + [1] * (len(ids) - len(ids) // 10)
        files["items.csv"] = csv(id=ids, correct=[1] * len(ids) if new else right)
    if new and "renamed" in case:
        files["config.yaml"] = config().replace("name: churn", f"name: {case['renamed']}")
    return {**files, **(case.get("files", {}) if new else {})}


def repository(root: Path, case: dict[str, Any]) -> Repo:
    repo = Repo(root)
    policy = f"{HEAD}{case.get('policy', '')}\n"
    repo.commit(
        "deployed", {"snitch.yaml": policy, **at("models/churn", release(case, "deployed"))}
    )
    repo.branch("change")
    also = case.get("also", {})
    repo.commit("candidate", {**at("models/churn", release(case, "candidate")), **also})
    if case.get("judged") == "empty":
        repo.git("rm", "-r", "--quiet", "models")
        repo.commit("nothing", {"models/README.md": "soon\n"})
    if case.get("judged") == "shallow":
        return repo.clone(root.parent / "ci", "--depth=1", "--branch=change", "--single-branch")
    return repo


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_other_gates_let_through(tmp_path: Path, case: dict[str, Any]) -> None:
    repo = repository(tmp_path / "repo", case)
    if case["exit"] == 2:
        ran = snitch(repo, "check", "--as-of", AS_OF.isoformat())
        assert ran.status == 2
        assert case["says"] in ran.err
        return
    report = judge(repo, everything=case.get("judged") == "empty")
    errors = [
        one for one in report.findings if one.severity is not None and one.severity.value == "error"
    ]
    assert sorted({one.rule.code for one in errors}) == case["found"], [
        one.message for one in errors
    ]
    assert report.verdict == ("fail" if case["exit"] else "pass")
    assert any(case.get("says", "") in one.message for one in errors) or not case["found"]


def test_the_page_is_what_would_be_written_now() -> None:
    assert conformance.main(["--check"]) == 0
