"""Laws of whole runs, over random changes of a repository and through the doors that people use."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from example import CHANGELOG
from example import GOOD
from example import OLD_OID
from example import POLICY
from example import config
from example import metrics
from example import pointer
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from judging import at
from judging import deployed
from judging import judge
from judging import snitch

from snitch.checks import catalog
from snitch.findings import Candidate
from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from repo import Repo

    from snitch.findings import Report

DAY = ("--as-of", "2026-10-05")
JUDGES = {check.family for check in catalog.load().checks if check.judge is not None}
LAWS = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
CHURN, FRAUD = "models/churn", "models/fraud"
OTHER = {**GOOD, "config.yaml": config().replace("name: churn", "name: fraud")}
EDITS: dict[str, tuple[str | bytes | None, ...]] = {
    f"{CHURN}/config.yaml": (GOOD["config.yaml"], config("1.4"), "name: churn\n", "a: [", None),
    f"{CHURN}/metrics.json": (
        *(metrics(), metrics("0.908"), metrics("NaN"), metrics(oid=OLD_OID), "{}", None),
    ),
    f"{CHURN}/CHANGELOG.md": (CHANGELOG, CHANGELOG.replace("ML-123", "TODO"), "", None),
    f"{CHURN}/requirements.txt": ("numpy\n", "tensorflow==2.10\n", b"\xff\n", None),
    f"{CHURN}/weights/model.safetensors": (pointer(), pointer(OLD_OID), "", None),
    f"{FRAUD}/config.yaml": (OTHER["config.yaml"],),
    f"{FRAUD}/metrics.json": (metrics(), metrics("0.5")),
    "hidden/model.safetensors": (pointer(),),
    "snitch.yaml": (POLICY.replace("0.002", "0.1"), POLICY + "rules: {FRS401: off}\n"),
    "README.md": ("words\n",),
    ".gitattributes": ("*.json -diff\n",),
}
changes = st.fixed_dictionaries(
    {}, optional={path: st.sampled_from(ways) for path, ways in EDITS.items()}
)
Files = dict[str, "str | bytes | None"]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return deployed(tmp_path / "repo")


def fresh(repo: Repo, files: Files) -> Repo:
    """The branch as it was, with these files in the working tree only."""
    repo.git("checkout", "--quiet", "--force", "-B", "change", "main")
    repo.git("clean", "--quiet", "-d", "--force")
    there = repo.git("ls-files").splitlines()
    return repo.write({path: text for path, text in files.items() if text or path in there})


def bare(report: Report) -> Report:
    """A report without what tells the three kinds of candidates apart."""
    return replace(report, candidate=Candidate("any", None))


@LAWS
@given(changes)
def test_files_the_index_and_a_commit_of_the_same_bytes_are_judged_alike(
    repo: Repo, files: Files
) -> None:
    fresh(repo, files)
    loose = judge(repo, everything=True)
    repo.git("add", "--all", "--force")
    staged = judge(repo, everything=True, candidate="index")
    repo.commit("the same bytes")
    committed = judge(repo, everything=True, candidate="commit", ref="HEAD")
    assert bare(loose) == bare(staged) == bare(committed)
    assert {"worktree", "index", "commit"} == {
        one.candidate.kind for one in (loose, staged, committed)
    }


@LAWS
@given(changes, st.booleans())
def test_a_pass_says_what_was_judged_and_every_family_what_it_did(
    repo: Repo,
    files: Files,
    everything: bool,  # noqa: FBT001 - drawn
) -> None:
    report = judge(fresh(repo, files), everything=everything)
    if report.verdict == "pass":
        assert report.total_models
        assert report.models or not everything
    for model in report.models:
        told = set(model.families) | {one.family for one in model.skipped if one.whole}
        assert told | {"POL"} >= JUDGES, model.name
        assert all(one.reason for one in model.skipped)
    if not report.models and report.verdict == "pass":
        assert "0 of 1 model" in render(report, "concise", RenderOptions())


def without_places(report: Report) -> Any:
    """A report as JSON without what is of the place: a key that moves takes its line along."""
    data = json.loads(render(report, "json", RenderOptions()))
    for name in ("baseline", "candidate", "policy", "notices"):
        data.pop(name)
    for one in data["findings"]:
        one["line"] = one["column"] = one["fingerprint"] = None
    data["findings"].sort(key=lambda one: json.dumps(one, sort_keys=True))
    return data


def shuffled(value: Any, data: st.DataObject) -> Any:
    match value:
        case dict():
            keys = data.draw(st.permutations(list(value)))
            return {key: shuffled(value[key], data) for key in keys}
        case list():
            return [shuffled(part, data) for part in value]
        case _:
            return value


WHOLE: dict[str, Any] = {
    "config": {
        "name": "churn",
        "version": "1.4.0",
        "owner": "risk-ml",
        "data": {"name": "accounts", "version": "2026.10", "cutoff": "2026-06-01"},
        "training": {"code": "train.py", "seed": 7},
    },
    "metrics": {
        "benchmark": {"name": "churn-standard", "version": "2026.1"},
        "metrics": {"auc": {"value": 0.9, "n": 10}, "f2": 0.5, "log_loss": 0.5},
        "slices": {"plan=enterprise": {"n": 90, "auc": 0.9}, "a": {"auc": 1}},
    },
    "policy": {
        "version": 1,
        "metrics": {
            "auc": {"direction": "higher", "tolerance": 0.002, "min": 0.95},
            "log_loss": {"direction": "lower", "max": 0.3},
            "slices.*a.auc": {"tolerance": 0.5, "min": 2},
            "slices.a*.auc": {"tolerance": 0.1, "min": 3},
        },
        "rules": {"FRS401": "warning", "REG307": "warning"},
        "freshness": {"max_age_days": 30},
    },
}


@settings(LAWS, max_examples=4)
@given(st.data())
def test_the_order_of_keys_changes_nothing_but_places(tmp_path: Path, data: st.DataObject) -> None:
    reports = []
    for whole in (WHOLE, shuffled(WHOLE, data)):
        root = Path(tempfile.mkdtemp(dir=tmp_path))
        repo = deployed(root, policy=json.dumps(whole["policy"]))
        files = {
            **GOOD,
            "config.yaml": json.dumps(whole["config"]),
            "metrics.json": json.dumps(whole["metrics"]),
        }
        repo.commit("shuffled", at(CHURN, files))
        reports.append(judge(repo))
    assert reports[0].findings
    assert without_places(reports[0]) == without_places(reports[1])


def test_the_order_of_models_on_the_command_line_changes_nothing_but_the_command_line(
    repo: Repo,
) -> None:
    repo.commit("two", {**at(CHURN, GOOD), **at(FRAUD, OTHER)})
    one, other = (
        json.loads(snitch(repo, "check", *DAY, "--format", "json", *names).out)
        for names in (["churn", "fraud"], ["fraud", "churn"])
    )
    assert sorted(one.pop("deviations")) == sorted(other.pop("deviations"))
    assert one == other
