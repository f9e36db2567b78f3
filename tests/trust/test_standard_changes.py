"""A change that edits the standard: judged by production's, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import metrics
from judging import AS_OF
from judging import at
from judging import codes
from judging import deployed
from judging import judge

from snitch.findings import CannotJudgeError
from snitch.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Finding
    from snitch.findings import Report

LOOSER = POLICY.replace("tolerance: 0.002", "tolerance: 0.1")
STRICTER = POLICY.replace("tolerance: 0.002", "tolerance: 0.001")
WAIVER = "waivers:\n  - {rule: REG301, model: churn, reason: x, approved_by: me, expires: %s}\n"
WORSE = at("models/churn", {**GOOD, "metrics.json": metrics("0.908")})


def only(report: Report, code: str) -> Finding:
    [finding] = [one for one in report.findings if one.rule.code == code]
    return finding


def test_production_judges_whatever_the_change_brings_along(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse, and excused", {**WORSE, "snitch.yaml": LOOSER})
    report = judge(repo)
    assert codes(report) == ["POL701", "POL702", "REG301"]
    assert report.policy is not None
    assert report.policy.source == "main:snitch.yaml"
    assert "this change's snitch.yaml is not in force yet: main's is" in report.notices


def test_a_loosening_is_told_at_its_line_with_the_models_it_holds_for(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("looser", {"snitch.yaml": LOOSER})
    place = only(judge(repo), "POL702").place
    assert place is not None
    lines = LOOSER.split("\n")
    assert (place.path, place.line) == ("snitch.yaml", 1 + lines.index(place.excerpt or ""))
    assert "tolerance: 0.1" in (place.excerpt or "")
    assert "(for `churn`)" in only(judge(repo), "POL702").message


def test_a_change_of_the_standard_comes_alone(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("looser", {"snitch.yaml": LOOSER})
    alone = judge(repo)
    assert only(alone, "POL702").severity is Severity.WARNING
    assert alone.verdict == "pass"
    repo.commit("and a model", at("models/churn", GOOD))
    together = judge(repo)
    assert only(together, "POL702").severity is Severity.ERROR
    assert together.verdict == "fail"


def test_a_stricter_policy_is_no_loosening(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("stricter", {"snitch.yaml": STRICTER, **at("models/churn", GOOD)})
    report = judge(repo)
    assert codes(report) == ["POL701"]
    assert "changes from 0.002 to 0.001" in only(report, "POL701").message


def test_a_comment_in_the_policy_changes_nothing(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("comment", {"snitch.yaml": f"# the standard\n{POLICY}"})
    assert codes(judge(repo)) == []


def test_a2_a_waiver_that_comes_with_what_it_excuses_covers_nothing(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("excused", {**WORSE, "snitch.yaml": POLICY + WAIVER % "2026-12-01"})
    report = judge(repo)
    assert codes(report) == ["POL701", "POL702", "POL705", "REG301"]
    place = only(report, "POL705").place
    assert place is not None
    assert place.line == 1 + POLICY.count("\n") + 1
    assert "a waiver of `REG301` for `churn`, until 2026-12-01" in only(report, "POL701").message


@pytest.mark.parametrize(
    "files",
    [
        {"snitch.yaml": f"{POLICY}tolerence: 1\n"},
        {"snitch.yaml": "rules: {REG999: off}\n"},
        {"snitch.yaml": "models: ["},
        {"snitch.yml": POLICY},
        {"Snitch.yaml": POLICY},
        {"snitch.yaml": f"extends: [../../etc/x]\n{POLICY}"},
        {"snitch.yaml": f"extends: ['package:evil/policy.yaml']\n{POLICY}"},
    ],
)
def test_a_policy_that_could_not_be_used_is_an_error_even_alone(
    tmp_path: Path, files: dict[str, str]
) -> None:
    repo = deployed(tmp_path)
    repo.commit("unusable", files)
    report = judge(repo)
    assert {"POL701", "POL702"} == set(codes(report))
    assert report.verdict == "fail"
    assert all(
        one.severity is Severity.ERROR for one in report.findings if one.rule.code == "POL702"
    )


def test_a_removed_policy_still_judges(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("no standard, no fault", {**WORSE, "snitch.yaml": None})
    assert codes(judge(repo)) == ["POL701", "POL702", "REG301"]


def test_an_unusable_policy_of_production_ends_the_run(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}tolerence: 1\n")
    repo.commit("mended", {"snitch.yaml": POLICY})
    with pytest.raises(CannotJudgeError, match=r"in force, main's, .*tolerence") as caught:
        judge(repo)
    assert "--policy-from HEAD" in caught.value.remedy


def test_another_policy_can_be_asked_for_and_is_named(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}tolerence: 1\n")
    repo.commit("mended", {"snitch.yaml": POLICY})
    report = judge(repo, policy_from="HEAD")
    assert report.policy is not None
    assert report.policy.source == "HEAD:snitch.yaml"


def test_the_change_that_introduces_the_policy_is_judged_by_it_and_says_so(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path, policy=None)
    repo.commit("a standard", {"snitch.yaml": POLICY})
    report = judge(repo)
    assert codes(report) == []
    assert "production holds no policy yet: this change is judged by its own" in report.notices


def test_a_branch_behind_productions_policy_is_not_accused(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("a model", at("models/churn", GOOD))
    repo.checkout("main")
    repo.commit("stricter", {"snitch.yaml": STRICTER})
    repo.checkout("change")
    assert codes(judge(repo)) == []


def test_a_stale_branch_is_accused_of_its_own_edits_only(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    edited = POLICY.replace("max_age_days: 90", "max_age_days: 365")
    repo.commit("older data", {"snitch.yaml": edited})
    repo.checkout("main")
    repo.commit("stricter", {"snitch.yaml": STRICTER})
    repo.checkout("change")
    assert "max_age_days" in only(judge(repo), "POL702").message


def test_serving_constraints_are_part_of_the_standard(tmp_path: Path) -> None:
    policy = f"{POLICY}dependencies: {{serving_constraints: serving/constraints.txt}}\n"
    repo = deployed(tmp_path, policy=policy)
    repo.checkout("main")
    repo.commit("serving", {"serving/constraints.txt": "numpy==2.1.0\n"})
    repo.branch("serve")
    repo.commit("other numpy", {"serving/constraints.txt": "numpy\n"})
    report = judge(repo)
    found = only(report, "POL702")
    assert found.place is not None
    assert found.place.path == "serving/constraints.txt"
    assert found.severity is Severity.WARNING


def test_a_file_that_the_policy_extends_is_the_policy(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"extends: [shared.yaml]\n{POLICY}")
    repo.checkout("main")
    repo.commit("shared", {"shared.yaml": "rules: {DEP504: error}\n"})
    repo.branch("edit")
    repo.commit("looser", {"shared.yaml": "rules: {DEP504: off}\n"})
    found = only(judge(repo), "POL702")
    assert found.place is not None
    assert found.place.path == "shared.yaml"


def test_a_direction_that_the_change_turns_is_told_with_the_metric(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    turned = POLICY.replace("auc: {direction: higher", "auc: {direction: lower")
    repo.commit("turned", {**at("models/churn", GOOD), "snitch.yaml": turned})
    assert {"POL702", "REG310"} <= set(codes(judge(repo)))


def test_a_waiver_too_far_ahead_covers_nothing_and_says_so(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY + WAIVER % "2027-04-04")
    repo.commit("worse", WORSE)
    report = judge(repo)
    assert codes(report) == ["POL705", "REG301"]
    assert "more than 180 days after 2026-10-05" in only(report, "POL705").message
    # One day later it is within its 180 days.
    later = judge(repo, as_of=AS_OF.replace(day=6))
    assert codes(later) == []
    assert later.summary.waived == 1


def test_a_waiver_holds_on_its_last_day_and_no_longer(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY + WAIVER % "2026-10-05")
    repo.commit("worse", WORSE)
    assert codes(judge(repo)) == []
    assert codes(judge(repo, as_of=AS_OF.replace(day=6))) == ["POL703", "REG301"]
    assert codes(judge(repo, ignores=False)) == ["REG301"]


def test_equal_commits_are_judged_whole_where_a_gate_would_compare_nothing(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path)
    report = judge(repo, candidate="commit", ref="main")
    assert [model.name for model in report.models] == ["churn"]
    assert "candidate and baseline are one commit: every model is judged" in report.notices
    assert [model.name for model in judge(repo, environ={"CI": "true"}).models] == ["churn"]
    assert judge(repo).models == ()


def test_only_the_candidate_naming_production_is_not_enough_in_ci(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=None)
    repo.git("branch", "-m", "main", "prod")
    repo.commit("mine", {"snitch.yaml": f"environments: {{production: prod}}\n{POLICY}"})
    repo.tracking("prod")
    with pytest.raises(CannotJudgeError, match="only this change's own"):
        judge(repo, environ={"CI": "true"})
    assert judge(repo).baseline is not None
