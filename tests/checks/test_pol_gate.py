from __future__ import annotations

from datetime import date
from typing import Any

from snitch.checks.check import Run
from snitch.checks.gate import survey
from snitch.findings import Finding
from snitch.findings import Place
from snitch.policy.model import Policy
from snitch.policy.model import Waiver

POLICY = Policy.model_validate({"models": [{"path": "models/*"}, {"path": "zoo/*"}]})


def run(**facts: Any) -> list[Finding]:
    facts = {"policy": POLICY, "policy_path": "snitch.yaml", "total_models": 3, **facts}
    return list(survey(Run(as_of=date(2026, 11, 23), models=(), **facts)))


def waiver(**changes: Any) -> Waiver:
    return Waiver.model_validate(
        {
            "rule": "REG301",
            "model": "churn",
            "reason": "Fairness fix agreed in ML-99",
            "approved_by": "platform-team",
            "expires": "2026-10-01",
            **changes,
        }
    )


def test_a_run_without_incidents_says_nothing() -> None:
    assert run() == []


def test_an_expired_waiver_is_told_in_the_policy() -> None:
    [finding] = run(expired=(waiver(metric="auc"),))
    assert finding.rule.code == "POL703"
    assert finding.place == Place("snitch.yaml")
    assert finding.message == (
        "the waiver of REG301 for `churn`, `auc` expired on 2026-10-01; "
        "expected a date not before 2026-11-23"
    )


def test_an_unused_waiver_is_told_in_the_policy() -> None:
    [finding] = run(unused=(waiver(metric="auc", slice="plan=pro"),))
    assert finding.rule.code == "POL704"
    assert finding.place == Place("snitch.yaml")
    assert finding.message.startswith("the waiver of REG301 for `churn`, `auc and plan=pro` covers")


def test_waivers_come_in_one_order_whatever_order_they_are_given_in() -> None:
    waivers = (
        waiver(model="b"),
        waiver(model="a", rule="REG302"),
        waiver(model="a", metric="auc", slice="x"),
        waiver(model="a", metric="auc"),
        waiver(model="a"),
    )
    assert run(unused=waivers) == run(unused=waivers[::-1])
    assert "for `a` covers" in run(unused=waivers)[0].message
    assert "for `b` covers" in run(unused=waivers)[-1].message


def test_no_model_at_all_is_an_error_that_names_the_globs() -> None:
    [finding] = run(total_models=0)
    assert finding.rule.code == "POL706"
    assert finding.rule.fixed
    assert "by `models/*` and `zoo/*`" in finding.message
    [finding] = run(total_models=0, policy=Policy(), policy_path=None)
    assert "in `models/*` nor at the root" in finding.message
    assert finding.place is None
    assert run(total_models=1) == []


def test_a_removed_model_is_told_under_its_name() -> None:
    found = run(removed={"churn": "models/churn", "all": ""})
    assert [one.rule.code for one in found] == ["POL707", "POL707"]
    assert [one.model for one in found] == ["all", "churn"]
    assert "`churn`, which production holds in `models/churn`, is gone" in found[1].message
    assert "in `.`" in found[0].message


def test_a_crash_names_the_family_the_model_and_the_error() -> None:
    [finding] = run(crashes={("churn", "ACM"): "KeyError: 'x'"})
    assert finding.rule.code == "POL708"
    assert finding.rule.fixed
    assert finding.model == "churn"
    assert finding.message.startswith("ACM crashed on `churn`: `KeyError: 'x'`")


def test_a_required_family_that_did_not_look_is_told_with_its_reason() -> None:
    found = run(required={("b", "REG"): "first release", ("a", "FRS"): "the config is missing"})
    assert [one.rule.code for one in found] == ["POL709", "POL709"]
    assert found[0].rule.fixed
    assert [one.model for one in found] == ["a", "b"]
    assert found[0].message == (
        "FRS did not judge `a`: the config is missing; the policy requires it"
    )
    assert found[0].place == Place("snitch.yaml")
