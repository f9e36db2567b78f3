"""Which findings a written exception covers, and which exceptions cover nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from snitch.checks.regression_rules import METRIC_DROPPED
from snitch.engine.waivers import Waivers
from snitch.findings import Finding
from snitch.policy.model import Waiver

TODAY = date(2026, 10, 5)
FOUND = Finding(METRIC_DROPPED, "a metric is lost", "measure it", model="churn", metric="auc")


def always(_model: str, _rule: str) -> bool:
    return True


def waiver(reason: str, **parts: Any) -> Waiver:
    whole = {"rule": "REG302", "model": "churn", "approved_by": "ada", "expires": "2026-10-20"}
    return Waiver(reason=reason, **(whole | parts))


def applied(*waivers: Waiver, finding: Finding = FOUND, weights: str | None = None) -> str | None:
    found = Waivers(waivers, TODAY, 180).apply(finding, weights)
    return None if found.waiver is None else found.waiver.reason


def test_the_first_waiver_in_force_that_covers_a_finding_speaks() -> None:
    others = (
        waiver("another rule", rule="REG301"),
        waiver("another model", model="fraud"),
        waiver("another metric", metric="f1"),
        waiver("a slice", slice="plan=a"),
        waiver("other weights", weights_sha256="a" * 64),
        waiver("expired", expires="2026-10-04"),
        waiver("too long", expires="2027-10-04"),
        waiver("a glob that is none", model="*"),
    )
    assert applied(*others) is None
    assert applied(*others, waiver("this one"), waiver("and another")) == "this one"
    assert applied(waiver("today", expires="2026-10-05")) == "today"
    assert applied(waiver("by name", rule="metric-dropped", metric="auc")) == "by name"
    assert applied(waiver("all", model="ch*", scope="all")) == "all"
    held = waiver("these weights", weights_sha256="a" * 64)
    assert applied(held, weights=f"sha256:{'a' * 64}") == "these weights"
    sliced = waiver("a slice", slice="plan=a")
    assert applied(sliced, finding=replace(FOUND, slice="plan=a")) == "a slice"


def test_a_waiver_may_last_just_so_long() -> None:
    assert applied(waiver("the last day", expires="2027-04-03")) == "the last day"
    assert applied(waiver("a day more", expires="2027-04-04")) is None


def test_waivers_that_cover_nothing_are_told_of_models_judged() -> None:
    used = waiver("used")
    unused = waiver("unused", rule="REG301")
    expired = waiver("expired", rule="REG301", expires="2026-10-04")
    long = waiver("too long", rule="REG301", expires="2027-10-04")
    elsewhere = waiver("elsewhere", model="fraud")
    waivers = Waivers((used, unused, expired, long, elsewhere), TODAY, 180)
    waivers.apply(FOUND, None)
    assert waivers.expired(["churn"]) == (expired,)
    assert waivers.too_long(["churn"]) == (long,)
    assert waivers.unused(["churn"], always) == (unused,)
    assert waivers.unused(["fraud"], always) == (elsewhere,)
    assert waivers.expired(["fraud"]) == ()


def test_a_waiver_for_all_concerns_every_model_of_its_glob_and_no_other() -> None:
    every = waiver("all", model="ch*", scope="all", rule="REG301")
    literal = waiver("no glob", model="ch*", rule="REG301")
    waivers = Waivers((every, literal), TODAY, 180)
    assert waivers.unused(["fraud", "churn"], always) == (every,)
    assert waivers.unused(["ch*"], always) == (every, literal)
    assert waivers.unused(["fraud"], always) == ()


def test_a_waiver_of_a_rule_that_was_not_looked_for_is_not_called_unused() -> None:
    one, other = waiver("one", rule="REG301"), waiver("other", rule="DEP501")
    waivers = Waivers((one, other), TODAY, 180)
    assert waivers.unused(["churn"], lambda _model, rule: rule == "DEP501") == (other,)
    assert waivers.unused(["churn"], lambda model, _rule: model != "churn") == ()
