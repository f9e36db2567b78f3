from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.scenarios import AUC_FALLS
from reports.scenarios import AUC_PLACE
from reports.scenarios import OWNER_MISSING
from reports.texts import texts

from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings.fingerprint import fingerprint
from snitch.findings.fingerprint import fingerprints

CHURN = "models/churn"


@given(st.integers(1), st.integers(1))
def test_a_finding_is_known_again_when_its_line_moves(line: int, column: int) -> None:
    indented = f"    {AUC_PLACE.excerpt}  "
    moved = replace(AUC_FALLS, place=replace(AUC_PLACE, line=line, column=column, excerpt=indented))
    assert fingerprint(moved, CHURN) == fingerprint(AUC_FALLS, CHURN)


def test_a_finding_is_known_again_when_its_model_moves() -> None:
    moved = replace(AUC_FALLS, place=replace(AUC_PLACE, path="shelf/churn/metrics.json"))
    assert fingerprint(moved, "shelf/churn") == fingerprint(AUC_FALLS, CHURN)


def test_a_finding_that_only_ages_is_the_same() -> None:
    young = replace(OWNER_MISSING, message="the data is 90 days old; expected at most 30 days")
    old = replace(OWNER_MISSING, message="the data is 91 days old; expected at most 30 days")
    assert fingerprint(young, CHURN) == fingerprint(old, CHURN)


@pytest.mark.parametrize(
    "other",
    [
        replace(AUC_FALLS, metric="log_loss"),
        replace(AUC_FALLS, slice="plan=enterprise"),
        replace(AUC_FALLS, model="fraud"),
        replace(AUC_FALLS, rule=replace(AUC_FALLS.rule, code="REG302")),
        replace(AUC_FALLS, place=replace(AUC_PLACE, path="models/churn/eval.json")),
        replace(AUC_FALLS, place=replace(AUC_PLACE, excerpt='"auc": 0.911')),
        replace(AUC_FALLS, place=None),
    ],
)
def test_a_finding_about_something_else_is_another(other: Finding) -> None:
    assert fingerprint(other, CHURN) != fingerprint(AUC_FALLS, CHURN)


def test_a_finding_about_another_version_is_another() -> None:
    one = replace(OWNER_MISSING, message="no entry for 1.4.0")
    assert fingerprint(one) != fingerprint(replace(one, message="no entry for 1.5.0"))


def test_the_words_of_a_message_count_only_where_no_line_is_known() -> None:
    assert fingerprint(replace(AUC_FALLS, message="other words")) == fingerprint(AUC_FALLS)


def test_no_two_findings_of_a_report_have_one_fingerprint() -> None:
    found = fingerprints([AUC_FALLS, OWNER_MISSING, AUC_FALLS], {"churn": CHURN})
    assert len(set(found)) == 3
    assert found[2] == f"{found[0]}:2"


@given(texts, texts, texts)
def test_any_text_has_a_fingerprint(model: str, path: str, excerpt: str) -> None:
    odd = replace(AUC_FALLS, model=model, place=Place(path, 1, 1, 1, excerpt))
    assert len(fingerprint(odd, path)) == 64
