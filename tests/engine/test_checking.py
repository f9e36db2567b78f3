"""The report of a run: what it counts, how it is ordered, and when it fails."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import metrics
from judging import AS_OF
from judging import at
from judging import changed
from judging import deployed
from judging import judge
from repo import Repo

from snitch.engine.checking import could_not_judge
from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.models import overview
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
    policy = POLICY + "regression: {max_evaluations: 3}\n"
    files = {**at("models/churn", GOOD), "snitch.yaml": policy}
    repo.commit("alone", {**files, "snitch-baseline.json": '{"schema": 1, "findings": []}'})
    report = judge(repo, everything=True)
    assert (report.baseline, report.failures) == (None, ())
    assert [(model.name, model.change) for model in report.models] == [("churn", "added")]
    with open_book(repo.root, AS_OF) as book:
        assert [(row.name, row.verdict.word) for row in overview(book).models] == [
            ("churn", "not judged")
        ]


def test_production_is_the_branch_that_mains_policy_names(tmp_path: Path) -> None:
    policy = POLICY + "environments: {production: live}\n"
    repo = deployed(tmp_path, policy=policy).checkout("main")
    repo.git("branch", "live")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    repo.branch("work")
    report = judge(repo)
    assert report.baseline is not None
    assert report.baseline.ref == "live"
    assert [model.deployed_version for model in report.models] == ["1.3.2"]
    named = judge(repo, baseline="main")
    assert named.baseline is not None
    assert (named.baseline.ref, named.models) == ("main", ())


def test_a_production_that_mains_policy_names_and_that_is_not_there_ends_the_run(
    tmp_path: Path,
) -> None:
    repo = changed(tmp_path)
    repo.checkout("main")
    policy = POLICY + "environments: {production: live}\n"
    repo.commit("policy", {"snitch.yaml": policy})
    repo.checkout("change")
    with pytest.raises(CannotJudgeError, match="calls the branch 'live' production") as caught:
        judge(repo)
    assert "environments.production" in caught.value.remedy


def test_a_gate_over_productions_own_commit_judges_every_model_unless_some_are_named(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path).checkout("main")
    same = "candidate and baseline are one commit: every model is judged"
    for options, told, count in (
        ({"candidate": "commit", "ref": "HEAD"}, True, 1),
        ({"candidate": "commit", "ref": "HEAD", "everything": True}, False, 1),
        ({"candidate": "commit", "ref": "HEAD", "names": ("churn",)}, False, 1),
        ({"environ": {"CI": "true"}}, True, 1),
        ({"environ": {"CI": "true"}, "candidate": "index"}, False, 0),
        ({}, False, 0),
    ):
        report = judge(repo, **options)
        assert (same in report.notices, len(report.models)) == (told, count), options
