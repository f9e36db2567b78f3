"""A section of which only the key is left, as after its last entry was deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped] # it ships none
import pytest
import yaml
from example import GOOD
from example import POLICY
from judging import at
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

from snitch.policy.load import load_file
from snitch.policy.schema import policy_schema

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("empty", ["waivers:", "extends: null", "rules: ~", "limits: # soon"])
def test_an_empty_section_says_nothing(tmp_path: Path, empty: str) -> None:
    text = f"{POLICY}{empty}\n"
    repo = deployed(tmp_path, policy=text)
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    assert snitch(repo, "check", "--as-of", "2026-10-05").status == 0
    data = json.loads(json.dumps(yaml.safe_load(text), default=str))
    jsonschema.Draft202012Validator(policy_schema()).validate(data)


def test_it_takes_nothing_of_what_the_policy_extends(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy="extends: [base.yaml]\nmetrics:\nmodels:\n")
    repo.write({"base.yaml": POLICY})
    found = load_file(repo.root / "snitch.yaml").policy
    assert "auc" in found.metrics
    assert [glob.path for glob in found.models] == ["models/*"]


def test_emptying_it_is_judged_as_removing_what_it_held(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    head, _, _ = POLICY.partition("metrics:\n")
    repo.commit("no limits", {"snitch.yaml": f"{head}metrics:\n"})
    report = judge(repo)
    assert "POL702" in codes(report)
    assert any("`metrics.auc` is removed" in finding.message for finding in report.findings)


def test_an_unknown_key_is_refused_with_nothing_below_it_too(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}waiver:\n")
    ran = snitch(repo, "check")
    assert ran.status == 2
    assert "write `waivers`" in ran.err


@pytest.mark.parametrize("empty", ["waivers:\n", "waivers:   # none\n  # - rule: REG301\n"])
def test_a_waiver_is_written_into_it(tmp_path: Path, empty: str) -> None:
    repo = deployed(tmp_path, policy=POLICY + empty + "plugins: []\n")
    asked = ("--reason", "Agreed in ML-1.", "--approved-by", "platform", "--expires", "2026-12-31")
    ran = snitch(repo, "waive", "REG301", "churn", *asked)
    assert ran.status == 0, ran.err
    path = repo.root / "snitch.yaml"
    [waiver] = load_file(path).policy.waivers
    assert waiver.reason == "Agreed in ML-1."
    assert set(empty.splitlines()) < set(path.read_text().splitlines())
