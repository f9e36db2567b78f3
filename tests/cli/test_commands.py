from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from example import POLICY
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it has no types
from judging import changed
from judging import deployed
from judging import snitch
from repo import Repo

from snitch import __version__
from snitch.checks.catalog import load
from snitch.cli import COMMANDS
from snitch.registry.example import PRODUCTION
from snitch.registry.example import PULL_REQUEST

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = {
    ("REG301", "churn"),
    ("FRS401", "pricing"),
    ("DEP501", "ranking"),
    ("ART603", "triage"),
    ("REG301", "uplift"),
}
"""What the demonstration breaks: (code, model)."""


@pytest.fixture
def here(tmp_path: Path) -> Repo:
    return changed(tmp_path)


def test_version_is_told_and_help_lists_every_command(here: Repo) -> None:
    assert snitch(here, "--version").out == f"snitch {__version__}\n"
    shown = snitch(here, "--help").out
    assert all(f"\n  {name} " in shown for name in COMMANDS)
    assert snitch(here, "-h").out == shown
    bare = snitch(here)
    assert (bare.status, bare.err) == (2, shown)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(here: Repo, name: str) -> None:
    ran = snitch(here, name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: snitch {name}")


@pytest.mark.parametrize("word", ["REG301", "reg301", "metric-regressed", "Metric-Regressed"])
def test_explain_takes_codes_and_names(here: Repo, word: str) -> None:
    ran = snitch(here, "explain", word)
    assert ran.status == 0
    assert ran.out.startswith("REG301 metric-regressed (error)\n")
    assert all(part in ran.out for part in ("Why it matters", "How to mend it", "Breaks the rule"))
    assert max(map(len, ran.out.splitlines())) <= 88


def test_explain_and_rules_for_programs(here: Repo) -> None:
    one = json.loads(snitch(here, "explain", "POL708", "--format", "json").out)
    assert (one["code"], one["fixed"]) == ("POL708", True)
    every = json.loads(snitch(here, "rules", "--format", "json").out)
    assert one in every


def test_rules_lists_every_rule_once(here: Repo) -> None:
    lines = snitch(here, "rules").out.splitlines()
    assert [line[:6] for line in lines] == [rule.code for rule in load().rules]


def test_the_policy_s_schema_takes_a_good_policy(here: Repo) -> None:
    schema = json.loads(snitch(here, "policy", "schema").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate({"version": 1, "metrics": {"auc": {"min": 0.5}}})
    assert not Draft202012Validator(schema).is_valid({"version": 1, "metric": {}})


def test_the_report_s_schema_takes_a_report(here: Repo) -> None:
    schema = json.loads(snitch(here, "policy", "schema", "--report").out)
    report = json.loads(snitch(here, "check", "--format", "json").out)
    Draft202012Validator(schema).validate(report)


def test_policy_show_tells_what_holds_and_where_it_comes_from(tmp_path: Path) -> None:
    override = "overrides:\n  - models: [churn]\n    freshness: {max_age_days: 365}\n"
    repo = deployed(tmp_path, policy=POLICY + override)
    whole = snitch(repo, "policy", "show").out
    assert whole.startswith("# main:snitch.yaml, sha256 ")
    assert "max_age_days: 90" in whole
    one = snitch(repo, "policy", "show", "churn").out
    assert "max_age_days: 365" in one
    assert "max_age_days: 90" not in one
    by_path = snitch(repo, "policy", "show", "models/churn")
    assert (by_path.out, by_path.err) == (one, "")
    typo = snitch(repo, "policy", "show", "chrun")
    assert typo.status == 0
    assert "max_age_days: 90" in typo.out
    assert typo.err == "note: `chrun` is no model of this repository; the nearest is `churn`\n"
    file = tmp_path.with_name("other.yaml")
    file.write_text("version: 1\nfreshness: {max_age_days: 7}\n")
    assert "max_age_days: 7" in snitch(repo, "policy", "show", "--policy", str(file)).out


def test_policy_check_names_every_mistake_with_its_line(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    assert snitch(repo, "policy", "check").out == "snitch.yaml is a valid policy\n"
    repo.write({"snitch.yaml": "version: 1\nfreshnes: {}\nmetrics: {auc: {minn: 1}}\n"})
    ran = snitch(repo, "policy", "check")
    assert (ran.status, ran.out) == (2, "")
    assert "snitch.yaml:2:1: " in ran.err
    assert "snitch.yaml:3:17: " in ran.err
    assert ran.err.count("  fix: ") == 2
    missing = snitch(repo, "policy", "check", "nowhere.yaml")
    assert missing.status == 2


def test_the_demonstration_finds_what_it_planted_and_nothing_else(tmp_path: Path) -> None:
    home = Repo(tmp_path / "home")
    ran = snitch(home, "demo", "there")
    assert ran.status == 1
    assert ran.out.startswith("FAIL")
    demo = Repo(home.root / "there", existing=True)
    report = json.loads(snitch(demo, "check", "--format", "json").out)
    assert {(one["code"], one["model"]) for one in report["findings"]} == PLANTED
    assert len(report["findings"]) == len(PLANTED)
    assert [one["model"] for one in report["findings"] if one["waiver"]] == ["uplift"]
    assert [one["name"] for one in report["models"]] == sorted(one.name for one in PULL_REQUEST)
    assert report["verdict"] == "fail"
    every = json.loads(snitch(demo, "check", "--all", "--format", "json").out)
    assert len(every["models"]) == len(PRODUCTION)
    assert demo.git("status", "--porcelain") == ""


def test_the_demonstration_writes_over_nothing(tmp_path: Path) -> None:
    home = Repo(tmp_path / "home").write({"there/precious.txt": "mine"})
    ran = snitch(home, "demo", "there")
    assert (ran.status, ran.out) == (2, "")
    assert "not empty" in ran.err
    assert [path.name for path in (home.root / "there").iterdir()] == ["precious.txt"]
