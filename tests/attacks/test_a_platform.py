"""What stands around the gate: jobs, variables, options, waivers, comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from attacks.shapes import WAIVER
from attacks.shapes import WORSE
from attacks.shapes import errors
from attacks.shapes import waiving
from example import GOOD
from example import POLICY
from example import metrics
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

from snitch.checks import catalog
from snitch.findings import CannotJudgeError
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.markdown import code

if TYPE_CHECKING:
    from pathlib import Path


DAY = ("--as-of", "2026-10-05")
OVERRIDE = "overrides: [{models: [churn], metrics: {auc: {tolerance: 0.5}}}]\n"


def test_a9_a10_a11_a12_the_workflow_that_is_written_cannot_be_skipped(tmp_path: Path) -> None:
    """What a platform does with a job is its own; this is the job that Snitch gives it."""
    repo = deployed(tmp_path, policy=None)
    repo.git("remote", "add", "origin", "https://github.com/acme/models.git")
    assert snitch(repo, "init", "--yes").status == 0
    [workflow] = (repo.root / ".github/workflows").iterdir()
    text = workflow.read_text()
    assert "merge_group" in text
    assert "edited" in text
    assert "snitch-gate:" in text
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    for evasion in ("paths:", "paths-ignore:", "if: ", "continue-on-error", "|| true", "| tee"):
        assert not any(line.startswith(evasion) or evasion in line for line in lines), evasion


def test_a12_b10_b22_the_report_names_the_commit_it_compared_with(tmp_path: Path) -> None:
    """Whether production moved since is for a merge queue; a reader can tell it from this."""
    repo = changed(tmp_path)
    tip = repo.git("rev-parse", "main")
    ran = snitch(repo, "check", *DAY, "--format", "json")
    assert json.loads(ran.out)["baseline"]["commit"] == tip
    assert tip[:7] in snitch(repo, "check", *DAY).out


def test_a13_variables_neither_choose_the_policy_nor_the_baseline(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", {**WORSE, "snitch.yaml": "rules: {REG301: off}\n"})
    for environment in (
        {"SNITCH_POLICY": "snitch.yaml", "SNITCH_POLICY_FROM": "HEAD", "SNITCH_BASELINE": "HEAD"},
        {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "change"},
        {"CI": "true"},
    ):
        ran = snitch(repo, "check", *DAY, "--format", "concise", **environment)
        assert ran.status in {1, 2}
        assert "REG301" in ran.out or ran.status == 2


def test_a14_options_that_weaken_the_run_are_printed(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", WORSE)
    options = ["--ignore", "REG", "--fail-on", "never", *DAY]
    ran = snitch(repo, "check", *options)
    assert ran.status == 0
    for option in ("--ignore", "--fail-on"):
        assert option in ran.out
    broken = snitch(repo, "check", "--baseline", "nowhere", *options)
    assert broken.status == 2


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        ("{rule: REG301, model: churn, reason: x, approved_by: me}", "expires"),
        ("{rule: REG301, model: churn, reason: x, expires: 2026-12-01}", "approved_by"),
        ("{rule: REG301, model: churn, approved_by: me, expires: 2026-12-01}", "reason"),
        (WAIVER % ("'*'", "churn", "2026-12-01"), "is a glob"),
        (WAIVER % ("REG30?", "churn", "2026-12-01"), "is a glob"),
        (WAIVER % ("REG", "churn", "2026-12-01"), "REG"),
        (WAIVER % ("REG301", "*", "2026-12-01"), "is a glob"),
        (WAIVER % ("REG301", "churn", "never"), "expires"),
    ],
)
def test_a15_a_waiver_too_wide_is_no_policy(tmp_path: Path, waiver: str, said: str) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}waivers:\n  - {waiver}\n")
    repo.commit("worse", WORSE)
    with pytest.raises(CannotJudgeError, match=said.replace("?", ".")):
        judge(repo)


@pytest.mark.parametrize(
    ("expires", "limits", "code"),
    [
        ("9999-12-31", "", "POL705"),
        ("2027-04-05", "", "POL705"),
        ("2027-10-06", "limits: {max_waiver_days: 365}\n", "POL705"),
        ("2026-10-04", "", "POL703"),
    ],
    ids=["for ever", "half a year", "a year at most", "expired"],
)
def test_a15_a_waiver_that_is_not_in_force_covers_nothing(
    tmp_path: Path, expires: str, limits: str, code: str
) -> None:
    waiver = WAIVER % ("REG301", "churn", expires)
    repo = deployed(tmp_path, policy=f"{POLICY}{limits}waivers:\n  - {waiver}\n")
    repo.commit("worse", WORSE)
    report = judge(repo)
    assert "REG301" in errors(report)
    assert code in codes(report)


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("Me <me@example.com>", True),
        ("Ana <ME>", True),
        ("Ana <ana@example.com>", False),
    ],
)
def test_a15_who_approves_a_waiver_of_their_own_is_named(
    tmp_path: Path, author: str, *, told: bool
) -> None:
    repo = deployed(tmp_path)
    waiver = WAIVER % ("REG301", "churn", "2026-12-01")
    repo.write({**WORSE, "snitch.yaml": f"{POLICY}waivers:\n  - {waiver}\n"})
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "excused", f"--author={author}")
    repo.commit("more of it", {"README.md": "x"})
    report = judge(repo)
    [found] = [one for one in report.findings if one.rule.code == "POL705"]
    assert ("`me` approves it and wrote the change" in found.message) is told
    assert "REG301" in errors(report)


def test_a15_nobody_may_allow_more_than_a_year(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}limits: {{max_waiver_days: 366}}\n")
    with pytest.raises(CannotJudgeError, match="365"):
        judge(repo)


FIXED = {
    *("SNT001", "SNT003", "SNT005", "REG306", "ART603"),
    *("POL702", "POL706", "POL708", "POL709", "POL712"),
}


def test_a16_the_list_of_what_nobody_can_waive_is_closed() -> None:
    assert {rule.code for rule in catalog.load().rules if rule.fixed} == FIXED


@pytest.mark.parametrize("code", sorted(FIXED))
def test_a16_what_must_not_be_waived_or_lowered_cannot_be(tmp_path: Path, code: str) -> None:
    [rule] = [one for one in catalog.load().rules if one.code == code]
    standards = [waiving(code), waiving(rule.name)]
    for word in (code, rule.name):
        lowered = f"{{{word}: warning}}"
        standards += [
            f"{POLICY}rules: {{{word}: off}}\n",
            f"{POLICY}rules: {lowered}\n",
            f"{POLICY}overrides: [{{models: [churn], rules: {lowered}}}]\n",
        ]
    repo, path = deployed(tmp_path / "repo"), tmp_path / "policy.yaml"
    for policy in standards:
        path.write_text(policy)
        with pytest.raises(CannotJudgeError, match=f"{code}|{rule.name}"):
            judge(repo, policy_file=path, everything=True)


def test_a16_no_option_leaves_it_out(tmp_path: Path) -> None:
    repo = deployed(
        tmp_path, policy=f"{POLICY}waivers:\n  - {WAIVER % ('SNT006', 'churn', '2026-12-01')}\n"
    )
    broken = {"models/churn/metrics.json": metrics("NaN"), "models/churn/config.yaml": "a: 1\na: 2"}
    repo.commit("worse", {**WORSE, **broken})
    for options in ({"ignore": ("REG306", "SNT")}, {"select": ("DEP",)}, {"ignores": False}):
        assert {"REG306", "SNT003"} <= errors(judge(repo, **options))


def test_a17_a_report_from_elsewhere_is_read_as_hostile_text(tmp_path: Path) -> None:
    repo = deployed(tmp_path / "repo")
    repo.commit("worse", WORSE)
    report = json.loads(snitch(repo, "check", *DAY, "--format", "json").out)
    report["findings"][0]["message"] = "</details><!-- x --> ![](https://evil.example) @org/team"
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report))
    ran = snitch(repo, "comment", "--pr", "1", "--report", str(path), "--dry-run")
    assert ran.status == 0
    for alive in ("<!-- x", "![](", " @org/team", "</details><"):
        assert alive not in ran.out


def test_a19_another_tools_marker_in_a_name_is_no_marker() -> None:
    assert "<!--" not in code("churn<!-- other-tool -->")
    assert "-->" not in code("churn<!-- other-tool -->")


def test_a19_a_models_name_reaches_the_comment_as_entities(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    name = GOOD["config.yaml"].replace("name: churn", "name: '<!-- other-tool -->'")
    repo.commit("marker", {"models/churn/config.yaml": name})
    assert "<!-- other-tool" not in render(judge(repo), "markdown", RenderOptions())
