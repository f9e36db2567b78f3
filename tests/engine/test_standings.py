"""What stands at the base, and what the policy makes of findings, through whole runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path  # noqa: TC003 - pytest reads the annotation

import pytest
from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import metrics
from example import named
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from repo import Repo

WAIVER = """\
waivers:
  - rule: {rule}
    model: churn
    reason: agreed
    approved_by: platform
    expires: {expires}
"""
WORSE = {**GOOD, "metrics.json": metrics("0.906")}


def two(root: Path, **base: str) -> Repo:
    """churn and fraud in production, churn's base with files replaced; the branch `change`."""
    repo = Repo(root)
    files = at("models/churn", {**DEPLOYED, **base})
    fraud = at("models/fraud", named(DEPLOYED, "fraud"))
    repo.commit("base", {"snitch.yaml": POLICY, **files, **fraud})
    return repo.branch("change")


def excused(root: Path, waiver: str, files: dict[str, str] = WORSE, extra: str = "") -> Repo:
    repo = deployed(root, policy=POLICY + waiver + extra)
    repo.commit("churn 1.4.0", at("models/churn", files))
    return repo


def test_a_first_release_is_not_compared_and_says_so(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("fraud is new", at("models/fraud", named(WORSE, "fraud")))
    report = judge(repo)
    [model] = report.models
    assert (model.change, model.deployed_version) == ("added", None)
    assert "REG301" not in codes(report)
    assert any("first release" in one.reason for one in model.skipped if one.family == "REG")


def test_bounds_hold_for_a_first_release(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    bad = {**GOOD, "metrics.json": metrics("0.80")}
    repo.commit("fraud is new", at("models/fraud", named(bad, "fraud")))
    assert "REG304" in codes(judge(repo))


def test_a_rollback_is_not_held_to_what_time_changes(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    repo.branch("back")
    repo.commit("back to 1.3.2", at("models/churn", DEPLOYED))
    report = judge(repo)
    assert not {"REG301", "FRS401", "FRS405", "CPL107"} & set(codes(report))
    assert any("rollback" in one.reason for one in report.models[0].skipped)


def test_almost_a_rollback_is_none(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    repo.branch("back")
    almost = {**DEPLOYED, "metrics.json": DEPLOYED["metrics.json"].replace("0.911", "0.9095")}
    repo.commit("almost 1.3.2", at("models/churn", almost))
    assert "CPL107" in codes(judge(repo))


@pytest.mark.parametrize(
    "broken", ['{"metrics": {"auc": ', '{"metrics": {"auc": NaN}}', '{"metrics": {"auc": "x"}}']
)
def test_an_unreadable_base_fails_its_model_and_no_other(tmp_path: Path, broken: str) -> None:
    repo = two(tmp_path, **{"metrics.json": broken})
    repo.commit("both", {**at("models/churn", GOOD), **at("models/fraud", named(WORSE, "fraud"))})
    report = judge(repo)
    assert report.verdict == "error"
    assert [failure.model for failure in report.failures] == ["churn"]
    assert "models/churn/metrics.json" in report.failures[0].message
    regressed = [one.model for one in report.findings if one.rule.code == "REG301"]
    assert regressed == ["fraud"]


def test_a_change_that_only_mends_the_base_passes_and_names_what_was_lost(tmp_path: Path) -> None:
    repo = two(tmp_path, **{"metrics.json": '{"metrics": {"auc": '})
    repo.commit("mend", at("models/churn", {"metrics.json": DEPLOYED["metrics.json"]}))
    report = judge(repo, as_of=date(2026, 9, 1))
    assert (report.failures, report.verdict) == ((), "pass")
    [warning] = report.findings
    assert (warning.rule.code, warning.severity) == ("REG305", "warning")
    assert "no metric was compared" in warning.message


def test_what_a_change_that_only_mends_is_not_held_to_is_required_of_it_no_more(
    tmp_path: Path,
) -> None:
    repo = two(tmp_path, **{"metrics.json": '{"metrics": {"auc": '}).checkout("main")
    repo.commit("required", {"snitch.yaml": f"{POLICY}require: [FRS]\n"})
    repo.checkout("change").git("reset", "--hard", "main")
    outdated = DEPLOYED["metrics.json"].replace('"version": "2026.2"', '"version": "2026.1"')
    repo.commit("mend", at("models/churn", {"metrics.json": outdated}))
    assert codes(judge(repo)) == ["REG305"]


def test_a_change_that_mends_and_does_more_is_not_waved_through(tmp_path: Path) -> None:
    repo = two(tmp_path, **{"metrics.json": '{"metrics": {"auc": '})
    repo.commit("mend and retrain", at("models/churn", GOOD))
    assert judge(repo).verdict == "error"


def test_metrics_that_the_base_never_had_are_told(tmp_path: Path) -> None:
    repo = two(tmp_path)
    repo.checkout("main")
    repo.commit("no metrics", {"models/churn/metrics.json": None})
    repo.branch("again")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    report = judge(repo)
    assert report.failures == ()
    assert "REG301" not in codes(report)
    assert any(one.family == "REG" for one in report.models[0].skipped)


def test_a_shared_constraints_file_reaches_every_model_s_dependencies_only(
    tmp_path: Path,
) -> None:
    policy = POLICY + "dependencies: {serving_constraints: serving/constraints.txt}\n"
    repo = deployed(tmp_path, policy=policy)
    repo.checkout("main")
    repo.commit("constraints", {"serving/constraints.txt": "numpy==2.1.0\n"})
    repo.branch("newer")
    repo.commit("serving moves", {"serving/constraints.txt": "numpy==2.2.0\n"})
    report = judge(repo)
    [model] = report.models
    assert model.families == ("DEP",)
    assert {one.family for one in model.skipped} >= {"CPL", "REG", "ART"}


def test_a_waiver_covers_and_is_counted_apart(tmp_path: Path) -> None:
    report = judge(excused(tmp_path, WAIVER.format(rule="REG301", expires="2026-12-31")))
    assert (report.verdict, codes(report)) == ("pass", [])
    assert (report.summary.waived, report.summary.errors) == (1, 0)
    assert judge_without_ignores(tmp_path) == ["REG301"]


def judge_without_ignores(root: Path) -> list[str]:
    return codes(judge(Repo(root, existing=True), ignores=False))


def test_a_waiver_holds_through_its_last_day(tmp_path: Path) -> None:
    repo = excused(tmp_path, WAIVER.format(rule="metric-regressed", expires="2026-10-05"))
    assert codes(judge(repo)) == []


@pytest.mark.parametrize(
    ("rule", "expires", "code"),
    [("REG301", "2026-10-04", "POL703"), ("REG302", "2026-12-31", "POL704")],
)
def test_a_waiver_that_excuses_nothing_is_told_at_its_line(
    tmp_path: Path, rule: str, expires: str, code: str
) -> None:
    report = judge(excused(tmp_path, WAIVER.format(rule=rule, expires=expires)))
    [finding] = [one for one in report.findings if one.rule.code == code]
    assert finding.place is not None
    assert finding.place.path == "snitch.yaml"
    assert finding.place.line is not None
    line = (POLICY + WAIVER).splitlines()[finding.place.line - 1]
    assert line.strip().startswith(("- rule", "expires", "rule"))
    assert "REG301" in codes(report)


def test_a_waiver_of_another_model_is_nobody_s_business_here(tmp_path: Path) -> None:
    waiver = WAIVER.format(rule="REG302", expires="2026-12-31").replace("churn", "fraud")
    assert "POL704" not in codes(judge(excused(tmp_path, waiver)))


@pytest.mark.parametrize(
    ("severity", "expected", "verdict"),
    [("off", [], "pass"), ("info", ["REG301"], "pass"), ("warning", ["REG301"], "pass")],
)
def test_the_policy_s_severity_is_the_last_word(
    tmp_path: Path, severity: str, expected: list[str], verdict: str
) -> None:
    report = judge(excused(tmp_path, f"rules: {{metric-regressed: {severity}}}\n"))
    assert (codes(report), report.verdict) == (expected, verdict)
    assert all(one.severity == severity for one in report.findings)


def test_a_lowered_rule_fails_where_warnings_do(tmp_path: Path) -> None:
    repo = excused(tmp_path, "rules: {REG301: warning}\n")
    assert judge(repo, fail_on="warning").verdict == "fail"
    assert judge(repo, fail_on="never").verdict == "pass"


def test_a_required_family_that_could_not_run_is_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY + "require: [REG]\n")
    files = at("models/churn", {**GOOD, "metrics.json": '{"metrics": '})
    repo.commit("no metrics", files)
    assert "POL709" in codes(judge(repo))


def test_of_many_findings_of_one_rule_the_rest_is_counted(tmp_path: Path) -> None:
    policy = POLICY + "limits: {max_findings: 3}\n"
    repo = deployed(tmp_path, policy=policy)
    lines = "".join(f"library-{number}>=1\n" for number in range(10))
    repo.commit("unpinned", at("models/churn", {**GOOD, "requirements.txt": lines}))
    found = [one for one in judge(repo).findings if one.rule.code == "DEP504"]
    assert len(found) == 4
    assert any(one.message == "and 7 more findings of this rule in this model" for one in found)


def test_selected_families_alone_speak_and_unused_waivers_are_not_their_fault(
    tmp_path: Path,
) -> None:
    repo = excused(tmp_path, WAIVER.format(rule="REG301", expires="2026-12-31"))
    assert codes(judge(repo, select=("CPL",))) == []


def test_findings_stand_in_the_order_of_model_file_line(tmp_path: Path) -> None:
    repo = two(tmp_path)
    bad = {**WORSE, "requirements.txt": "numpy\nscipy\n"}
    repo.commit("both", {**at("models/churn", bad), **at("models/fraud", named(bad, "fraud"))})
    found = judge(repo).findings
    keys = [
        (one.model or "", one.place.path if one.place else "", (one.place and one.place.line) or 0)
        for one in found
    ]
    assert keys == sorted(keys)
    assert {one.model for one in found} == {"churn", "fraud"}


def test_candidate_equal_to_production_is_all_judged_where_a_commit_is_asked_for(
    tmp_path: Path,
) -> None:
    repo = changed(tmp_path)
    repo.checkout("main")
    report = judge(repo, candidate="commit", ref="HEAD")
    assert [model.change for model in report.models] == ["unchanged"]
    assert any("one commit" in notice for notice in report.notices)
