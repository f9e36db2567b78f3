"""Checks that fail with an error of their own, over a model or the run: the gate stays closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import metrics
from judging import AS_OF
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge

from snitch.checks.catalog import Catalog
from snitch.checks.check import Check
from snitch.engine.checking import run
from snitch.engine.deadline import within
from snitch.engine.request import Request
from snitch.engine.session import open_session
from snitch.findings import Finding
from snitch.findings import Report
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from repo import Repo


def rule(code: str) -> Rule:
    return Rule(code, f"rule-{code.lower()}", Severity.INFO, "", "", "", "", "")


OWN, FOREIGN = rule("ACM901"), rule("XYZ901")


def found(of: Rule = OWN) -> Finding:
    return Finding(of, "something is so", "mend it")


def judged(repo: Repo, *checks: Check) -> Report:
    """The report of a run with these checks beside the built-in ones, before and after them."""
    session = open_session(Request(repo.root, AS_OF))
    built_in = session.catalog.checks
    with session.repository, within(60, None) as deadline:
        report = run(replace(session, catalog=Catalog((*checks, *built_in))), deadline)
        after = run(replace(session, catalog=Catalog((*built_in, *checks))), deadline)
    assert [one.message for one in report.findings] == [one.message for one in after.findings]
    return report


def crashes(report: Report) -> list[str]:
    return [one.message for one in report.findings if one.rule.code == "POL708"]


def raising(error: BaseException) -> Callable[[object], Iterator[Finding]]:
    def check(_: object) -> Iterator[Finding]:
        yield found()
        raise error

    return check


def yielding(*outcomes: object) -> Callable[[object], Iterator[Finding]]:
    return lambda _: iter(outcomes)  # type: ignore[arg-type]  # a plugin may yield anything


CRASHES = [
    (raising(ValueError("lost")), "ValueError: lost"),
    (raising(SystemExit(0)), "SystemExit: 0"),
    (raising(ValueError("x" * 1000)), "ValueError: xxxxxxxxx"),
    (yielding(found(), "a text"), "it yielded a str"),
    (yielding(found(), found(FOREIGN)), "it yielded XYZ901, a rule it does not declare"),
]


@pytest.mark.parametrize(("check", "said"), CRASHES[:4])
def test_a_crash_over_a_model_closes_the_gate_and_what_was_found_is_told(
    tmp_path: Path, check: Callable[[object], Iterator[Finding]], said: str
) -> None:
    report = judged(changed(tmp_path), Check("ACM", (OWN,), check))
    (message,) = crashes(report)
    assert message.startswith("ACM crashed on `churn`: ")
    assert said in message
    assert report.verdict == "error"
    assert [one.model for one in report.findings if one.rule is OWN] == ["churn"]


@pytest.mark.parametrize(("check", "said"), CRASHES)
def test_a_crash_over_the_run_closes_the_gate_and_what_was_found_is_told(
    tmp_path: Path, check: Callable[[object], Iterator[Finding]], said: str
) -> None:
    report = judged(changed(tmp_path), Check("ACM", (OWN,), None, check))
    (message,) = crashes(report)
    assert message.startswith("ACM crashed on the run as a whole: ")
    assert len(message) < 500
    assert said in message
    assert report.verdict == "error"
    assert [one.model for one in report.findings if one.rule is OWN] == [None]
    assert all(one.rule is not FOREIGN for one in report.findings)


def test_a_rule_that_a_check_does_not_declare_is_a_crash(tmp_path: Path) -> None:
    report = judged(changed(tmp_path), Check("ACM", (OWN,), yielding(found(FOREIGN))))
    (message,) = crashes(report)
    assert "it yielded XYZ901, a rule it does not declare" in message
    assert report.verdict == "error"


def test_ctrl_c_is_no_crash(tmp_path: Path) -> None:
    stopped = raising(KeyboardInterrupt())
    repo = changed(tmp_path)
    for check in (Check("ACM", (OWN,), stopped), Check("ACM", (OWN,), None, stopped)):
        with pytest.raises(KeyboardInterrupt):
            judged(repo, check)


@pytest.mark.parametrize("whole", [False, True])
def test_a_family_that_looked_at_nothing_has_not_judged(tmp_path: Path, *, whole: bool) -> None:
    skipped = Skipped("there is nothing to see", whole=whole)
    report = judged(changed(tmp_path), Check("ACM", (OWN,), yielding(skipped, found())))
    (model,) = report.models
    assert ("ACM" in model.families) != whole
    assert [one.reason for one in model.skipped if one.family == "ACM"] == [skipped.reason]


def test_waivers_that_selected_families_cannot_use_are_not_called_unused(tmp_path: Path) -> None:
    waiver = (
        "waivers:\n- {rule: REG301, model: churn, reason: agreed, approved_by: ada, "
        "expires: 2026-12-01}\n"
    )
    repo = changed(tmp_path)
    policy = (repo.root / "snitch.yaml").read_text() + waiver
    repo.checkout("main").commit("waiver", {"snitch.yaml": policy})
    repo.branch("next").commit("good", at("models/churn", GOOD))
    told = [
        [one.rule.code for one in judge(repo, select=select).findings]
        for select in ((), ("POL",), ("REG",))
    ]
    assert ["POL704" in codes for codes in told] == [True, False, False]
    worse = {**GOOD, "metrics.json": metrics("0.80", "0.31")}
    repo.commit("worse", at("models/churn", worse))
    assert "POL704" not in [one.rule.code for one in judge(repo).findings]


def test_an_audit_names_the_waivers_of_models_that_are_not_there(tmp_path: Path) -> None:
    waiver = "{rule: REG301, model: chrun, reason: agreed, approved_by: ada, expires: 2026-12-01}"
    repo = deployed(tmp_path, policy=f"{POLICY}waivers:\n- {waiver}\n")
    for options, told in (({"everything": True}, 1), ({}, 0), ({"names": ("churn",)}, 0)):
        assert codes(judge(repo, **options)).count("POL704") == told
