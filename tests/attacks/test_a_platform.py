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
from forges.servers import GitHubServer
from forges.test_comment import report as comment_report
from forges.test_comment import run
from judging import changed
from judging import deployed
from judging import judge
from judging import snitch

from snitch.findings import CannotJudgeError
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.markdown import code

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2026-10-05")
OVERRIDE = "overrides: [{models: [churn], metrics: {auc: {tolerance: 0.5}}}]\n"


def test_a9_another_target_is_still_held_to_production(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.branch("lax", "main")
    repo.commit("lax", {"snitch.yaml": "rules: {REG301: off}\n"})
    repo.checkout("change")
    repo.commit("worse", WORSE)
    repo.tracking().tracking("lax")
    report = judge(repo, environ={"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "lax"})
    assert "REG301" in errors(report)


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


def test_a10_a_report_without_a_verdict_is_not_posted(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("{}")
    ran = snitch(deployed(tmp_path / "r"), "comment", "--pr", "1", "--report", str(path))
    assert ran.status == 2


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
    "waiver",
    [
        "{rule: REG301, model: churn, reason: x, approved_by: me}",
        WAIVER % ("'*'", "churn", "2026-12-01"),
        WAIVER % ("REG", "churn", "2026-12-01"),
        WAIVER % ("REG301", "churn", "9999-12-31"),
        WAIVER % ("REG301", "churn", "2026-10-04"),
    ],
    ids=["no expiry", "any rule", "a family", "for ever", "expired"],
)
def test_a15_a_waiver_too_wide_covers_nothing(tmp_path: Path, waiver: str) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}waivers:\n  - {waiver}\n")
    repo.commit("worse", WORSE)
    try:
        report = judge(repo)
    except CannotJudgeError:
        return
    assert "REG301" in errors(report)


@pytest.mark.parametrize("rule", ["POL702", "POL708", "SNT001", "ART603", "REG306"])
def test_a16_what_must_not_be_waived_cannot_be(tmp_path: Path, rule: str) -> None:
    for policy in (waiving(rule), f"{POLICY}rules: {{{rule}: off}}\n"):
        repo = deployed(tmp_path / str(len(policy)), policy=policy)
        repo.commit("worse", {**WORSE, "models/churn/metrics.json": metrics("NaN")})
        try:
            report = judge(repo, ignore=(rule,))
        except CannotJudgeError:
            continue
        assert "REG306" in errors(report)


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


def test_a18_a_strangers_comment_with_the_marker_is_left_alone(tmp_path: Path) -> None:
    with GitHubServer() as server:
        server.notes = [(1, "mallory", "<!-- snitch-report -->\nall is well")]
        posted = run(server, comment_report(tmp_path))
        assert posted.exit_code == 0, posted.output
        assert server.notes[0] == (1, "mallory", "<!-- snitch-report -->\nall is well")
        assert [author for _, author, _ in server.notes] == ["mallory", server.me]


def test_a19_another_tools_marker_in_a_name_is_no_marker() -> None:
    assert "<!--" not in code("churn<!-- other-tool -->")
    assert "-->" not in code("churn<!-- other-tool -->")


def test_a19_a_models_name_reaches_the_comment_as_entities(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    name = GOOD["config.yaml"].replace("name: churn", "name: '<!-- other-tool -->'")
    repo.commit("marker", {"models/churn/config.yaml": name})
    assert "<!-- other-tool" not in render(judge(repo), "markdown", RenderOptions())
