"""What a change makes of the standard itself: told in full, at its place, as severe as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import pytest
from example import GOOD

from snitch.checks.check import Loosened
from snitch.checks.check import Proposal
from snitch.checks.check import Run
from snitch.checks.check import Subject
from snitch.checks.gate import survey
from snitch.checks.standards import named as judge_names
from snitch.findings import Place
from snitch.findings import Severity
from snitch.policy.model import Policy
from snitch.policy.model import Waiver
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Finding

HERE = Place("snitch.yaml", 7, 3)
WAIVER = Waiver.model_validate(
    {
        "rule": "REG301",
        "model": "churn",
        "reason": "Fairness fix agreed in ML-99",
        "approved_by": "Ana@example.com",
        "expires": "2027-05-22",
    }
)


def run(proposal: Proposal | None = None, **facts: Any) -> list[Finding]:
    policy = Policy.model_validate({"models": [{"path": "models/*"}]})
    whole = Run(policy, "snitch.yaml", date(2026, 11, 23), (), 1, proposal=proposal, **facts)
    return list(survey(whole))


def proposing(**facts: Any) -> Proposal:
    return Proposal(Place("snitch.yaml"), "origin/main:snitch.yaml", **facts)


def test_an_edited_policy_is_told_by_its_differences() -> None:
    [found] = run(proposing(differences=("`auc` may fall by 0.1",)))
    assert found.rule.code == "POL701"
    assert found.message == (
        "this change edits the policy: `auc` may fall by 0.1; in force until it is merged is "
        "`origin/main:snitch.yaml`"
    )
    assert found.place == Place("snitch.yaml")
    [unread] = run(proposing())
    assert "edits the policy: the policy can no longer be read; in force" in unread.message


@pytest.mark.parametrize(
    ("models", "breaks", "together", "message", "severity"),
    [
        ((), False, False, "it is looser", Severity.WARNING),
        ((), True, False, "it is looser", Severity.ERROR),
        (("a", "b"), False, False, "it is looser (for `a` and `b`)", Severity.WARNING),
        (
            ("a",),
            False,
            True,
            "it is looser (for `a`); expected a change of the standard to come without models",
            Severity.ERROR,
        ),
        (
            (),
            True,
            True,
            "it is looser; expected a change of the standard to come without models",
            Severity.ERROR,
        ),
    ],
)
def test_what_newly_passes_is_an_error_beside_models_or_where_nothing_holds_any_more(
    models: tuple[str, ...], message: str, severity: Severity, *, breaks: bool, together: bool
) -> None:
    loose = Loosened("it is looser", HERE, "tighten it", models, breaks=breaks)
    found = run(proposing(loosened=(loose,)), touches_models=together)
    [one] = [one for one in found if one.rule.code == "POL702"]
    assert (one.message, one.remedy, one.place, one.severity) == (
        message,
        "tighten it",
        HERE,
        severity,
    )


def test_a_loosened_standard_that_comes_alone_is_only_to_be_reviewed() -> None:
    proposal = proposing(loosened=(Loosened("it is looser", HERE),))
    [alone] = [one for one in run(proposal) if one.rule.code == "POL702"]
    assert alone.remedy == "have its owners review what it lets through"
    [beside] = [one for one in run(proposal, touches_models=True) if one.rule.code == "POL702"]
    assert beside.remedy.startswith("leave it out of this change; ")


ADDED = (
    "the waiver of REG301 for `churn` is added or extended by this change and covers nothing "
    "until it is merged"
)


@pytest.mark.parametrize(
    ("facts", "authors", "more"),
    [
        ({}, (), ""),
        ({"max_waiver_days": 179}, (), "; it also expires more than 179 days ahead"),
        (
            {},
            ("ana@example.com",),
            "; `Ana@example.com` approves it and wrote the change",
        ),
        ({}, ("ben@example.com",), ""),
    ],
)
def test_a_new_waiver_is_told_with_what_its_reviewer_should_know(
    facts: dict[str, Any], authors: tuple[str, ...], more: str
) -> None:
    proposal = proposing(waivers=((WAIVER, HERE),), authors=frozenset(authors))
    [found] = [one for one in run(proposal, **facts) if one.rule.code == "POL705"]
    assert found.message == f"{ADDED}{more}"
    assert found.place == HERE
    assert found.remedy == "have its owners review it; it is in force once it is merged"
    beside = [
        one for one in run(proposal, touches_models=True, **facts) if one.rule.code == "POL705"
    ]
    assert beside[0].remedy.startswith("merge the waiver first, in a change of its own")


@pytest.mark.parametrize("places", [{}, {WAIVER: HERE}], ids=["nowhere", "in the policy"])
def test_a_waiver_that_lasts_too_long_is_told_where_it_stands(places: dict[Waiver, Place]) -> None:
    [found] = run(too_long=(WAIVER,), waiver_places=places, max_waiver_days=90)
    assert found.rule.code == "POL705"
    assert found.message == (
        "the waiver of REG301 for `churn` expires on 2027-05-22, more than 90 days after "
        "2026-11-23, and covers nothing; expected at most 90"
    )
    assert found.place == places.get(WAIVER)


@pytest.mark.parametrize("kind", ["expired", "unused"])
def test_a_waiver_of_the_policy_is_told_where_it_stands_or_at_the_policy(kind: str) -> None:
    facts: dict[str, Any] = {kind: (WAIVER,)}
    assert [one.place for one in run(**facts)] == [Place("snitch.yaml")]
    placed = run(**facts, waiver_places={WAIVER: HERE})
    assert [one.place for one in placed] == [HERE]


def test_waivers_are_told_by_model_rule_metric_slice_and_day() -> None:
    every = [
        WAIVER.model_copy(update=update)
        for update in (
            {"model": "a"},
            {"model": "a", "rule": "REG302"},
            {"model": "a", "rule": "REG302", "metric": "auc"},
            {"model": "a", "rule": "REG302", "metric": "auc", "slice": "x"},
            {"model": "a", "rule": "REG302", "metric": "auc", "slice": "x", "expires": date.max},
            {"model": "b"},
        )
    ]
    places = {waiver: Place("snitch.yaml", line) for line, waiver in enumerate(every, 1)}
    found = run(unused=tuple(every[::-1]), waiver_places=places)
    assert [one.place.line for one in found if one.place] == [1, 2, 3, 4, 5, 6]


def test_a_removed_model_is_told_at_its_directory() -> None:
    [found] = run(removed={"churn": "models/churn"})
    assert found.place == Place("models/churn")
    assert found.remedy.startswith("restore it, name its successor under `renames`")


def test_a_crash_of_the_run_belongs_to_no_model() -> None:
    whole, one = run(crashes={("churn", "REG"): "KeyError", ("", "ACM"): "ValueError: x"})
    assert whole.message == (
        "ACM crashed on the run as a whole: `ValueError: x`; expected it to judge it"
    )
    assert whole.model is None
    assert one.message == "REG crashed on `churn`: `KeyError`; expected it to judge the model"
    assert one.model == "churn"
    assert one.remedy == "report this message to whoever maintains the family REG"


def named(was: str | None, *renames: tuple[str, str]) -> list[Finding]:
    listed = [{"model": old, "to": new} for old, new in renames]
    policy = Policy.model_validate({"renames": listed})
    subject = Subject(release(GOOD), None, policy, date(2026, 11, 23))
    return list(judge_names(replace(subject, renamed_from=was)))


def test_a_model_under_another_name_is_told_at_its_name() -> None:
    [found] = named("attrition", ("attrition", "other"), ("other", "churn"))
    assert found.rule.code == "POL710"
    assert found.message == (
        "production holds this model as `attrition`; expected that name, or its new name `churn` "
        "under `renames` in the policy in force"
    )
    assert found.remedy == (
        "write `name: attrition`, or have the policy's owners add "
        "`{model: attrition, to: churn}` under `renames` first"
    )
    assert found.place is not None
    assert (found.place.line, found.place.column) == (1, 7)


def test_a_name_that_stayed_or_was_agreed_on_is_none() -> None:
    assert named(None) == []
    assert named("attrition", ("other", "x"), ("attrition", "churn")) == []
