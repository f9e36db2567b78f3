from __future__ import annotations

import pytest

from snitch.checks.catalog import load
from snitch.findings import Rule
from snitch.findings import Severity

RULES = load().rules
_WARNINGS = """
    ART606 ART608 ART609 BEN207 BEN209 DEP502 DEP504 DEP506 FRS402 FRS405 POL701 POL704 POL705
    POL707 REG309 REG313 REG314 REG315 REG317 SNT006
"""
SEVERITIES = {**dict.fromkeys(_WARNINGS.split(), Severity.WARNING), "REG308": Severity.INFO}
"""Default severities; of every other rule it is error."""
NAMES = {
    "ART": "weights-missing weights-not-in-lfs evaluation-of-other-weights evaluation-stale "
    "pointer-malformed digest-unbound lfs-source-changed "
    "metrics-changed-without-evaluation run-outdated",
    "BEN": "benchmark-outdated benchmark-unknown benchmark-digest-mismatch "
    "required-metric-missing required-slice-missing evaluation-date-invalid "
    "benchmark-in-grace benchmark-not-declared benchmark-overused",
    "CPL": "file-missing field-missing placeholder-value changelog-entry-missing "
    "changelog-entry-incomplete version-not-bumped version-not-increasing "
    "changelog-date-invalid changelog-history-rewritten duplicate-model-name "
    "version-invalid",
    "DEP": "disallowed deprecated serving-conflict unpinned unparsable-requirement "
    "undeclared-import source-not-allowed no-dependency-file",
    "FRS": "data-stale data-expiring data-date-missing data-date-in-future "
    "data-older-than-deployed",
    "POL": "policy-changed policy-loosened waiver-expired waiver-unused waiver-not-in-force "
    "no-model-found model-removed check-crashed required-check-skipped model-renamed "
    "model-outside-policy gate-changed",
    "REG": "metric-regressed metric-dropped slice-regressed bound-violated not-comparable "
    "metric-not-a-number direction-unknown within-noise sample-too-small "
    "direction-changed inconclusive items-incomplete no-bound-for-first-release "
    "cumulative-drift metric-slipped out-of-range incumbent-claimed",
    "SNT": "unreadable-file invalid-syntax duplicate-key invalid-value unsafe-path "
    "ambiguous-scalar ambiguous-file confusable-name",
}
"""The public names of each family's rules, in the order of their codes."""


def test_every_rule_has_its_public_name() -> None:
    families = dict.fromkeys(rule.family for rule in RULES)
    found = {one: [rule.name for rule in RULES if rule.family == one] for one in families}
    assert {one: " ".join(names) for one, names in found.items()} == NAMES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_teaches(rule: Rule) -> None:
    assert rule.severity is SEVERITIES.get(rule.code, Severity.ERROR)
    assert len(rule.summary) <= 110
    assert len(rule.why) > 100
    assert len(rule.remedy) > 50
