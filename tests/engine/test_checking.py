"""The report of a run: what it counts, how it is ordered, and when it fails."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from example import POLICY
from example import metrics
from judging import at
from judging import changed
from judging import deployed
from judging import judge
from repo import Repo

from snitch.engine.checking import could_not_judge
from snitch.engine.request import Request
from snitch.findings import CannotJudgeError
from snitch.findings import Summary

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_that_judged_nothing_counts_nothing(tmp_path: Path) -> None:
    request = Request(start=tmp_path, as_of=date(2026, 10, 5), fail_on="never")
    report = could_not_judge(request, CannotJudgeError("no repository", "run `git init`"))
    assert (report.verdict, report.summary) == ("error", Summary(0, 0, 0, 0, 0))
    assert [(one.message, one.remedy) for one in report.failures] == [
        ("no repository", "run `git init`")
    ]


def test_a_model_of_which_everything_was_looked_at_has_all_families(tmp_path: Path) -> None:
    (model,) = judge(changed(tmp_path)).models
    assert model.skipped == ()
    assert {"SNT", "CPL", "BEN", "REG", "FRS", "DEP", "ART", "POL"} <= set(model.families)


def test_findings_are_counted_by_severity_and_an_info_fails_only_where_it_is_asked_to(
    tmp_path: Path,
) -> None:
    repo = changed(tmp_path, **at("models/churn", {"metrics.json": metrics("0.9095")}))
    report = judge(repo)
    assert (report.summary, report.verdict) == (Summary(1, 0, 1, 0, 0), "pass")
    assert judge(repo, fail_on="warning").verdict == "fail"
    assert judge(repo, fail_on="info").verdict == "fail"
    assert judge(repo, fail_on="never").verdict == "pass"


def test_a_first_policy_that_names_another_production_is_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=None)
    first = POLICY + "environments: {production: live}\n"
    repo.commit("adopt", {"snitch.yaml": first})
    own = "this change's own policy says that production is `live`"
    assert own in judge(repo, everything=True).notices
    repo.write({"snitch.yaml": POLICY + "environments: {production: main}\n"}).commit()
    assert not [one for one in judge(repo, everything=True).notices if "own policy says" in one]
    repo.write({"snitch.yaml": POLICY}).commit()
    assert not [one for one in judge(repo, everything=True).notices if "own policy says" in one]


def test_without_any_production_the_candidates_own_files_count(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.git("symbolic-ref", "HEAD", "refs/heads/work")
    path = {"models/churn/config.yaml": "name: churn\n", "snitch.yaml": POLICY}
    repo.commit("alone", {**path, "snitch-baseline.json": '{"schema": 1, "findings": []}'})
    report = judge(repo, everything=True)
    assert report.baseline is None
    assert [model.name for model in report.models] == ["churn"]
