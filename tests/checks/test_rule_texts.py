from __future__ import annotations

import re

import pytest

from snitch.checks import completeness
from snitch.checks import files
from snitch.checks import freshness
from snitch.checks import gate
from snitch.findings import Rule
from snitch.findings import Severity

CHECKS = (files.CHECK, completeness.CHECK, freshness.CHECK, gate.CHECK)
RULES = [rule for check in CHECKS for rule in check.rules]

# What the standard fixes: default severities other than error, and rules always in force.
SEVERITIES = dict.fromkeys(
    ["SNT006", "FRS402", "FRS405", "POL701", "POL704", "POL705", "POL707"], Severity.WARNING
)
FIXED = {"SNT001", "SNT003", "SNT005", "POL702", "POL706", "POL708", "POL709", "POL712"}
NAMES = {
    "SNT": "unreadable-file invalid-syntax duplicate-key invalid-value unsafe-path "
    "ambiguous-scalar ambiguous-file confusable-name",
    "CPL": "file-missing field-missing placeholder-value changelog-entry-missing "
    "changelog-entry-incomplete version-not-bumped version-not-increasing changelog-date-invalid "
    "changelog-history-rewritten duplicate-model-name version-invalid",
    "FRS": "data-stale data-expiring data-date-missing data-date-in-future "
    "data-older-than-deployed",
    "POL": "policy-changed policy-loosened waiver-expired waiver-unused waiver-not-in-force "
    "no-model-found model-removed check-crashed required-check-skipped model-renamed "
    "model-outside-policy gate-changed",
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.family)
def test_every_rule_has_its_public_name(check: object) -> None:
    rules = sorted(check.rules, key=lambda rule: rule.code)  # type: ignore[attr-defined]
    assert " ".join(rule.name for rule in rules) == NAMES[rules[0].family]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_teaches(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.severity is SEVERITIES.get(rule.code, Severity.ERROR)
    assert rule.fixed is (rule.code in FIXED)
    assert rule.summary.endswith(".")
    assert "\n" not in rule.summary
    assert len(rule.summary) <= 100
    assert len(rule.why) > 100
    assert len(rule.remedy) > 50
    assert rule.why.endswith(".")
    assert rule.remedy.endswith(".")
    assert rule.bad
    assert rule.good
    assert rule.bad != rule.good
    assert "!" not in rule.why + rule.summary
