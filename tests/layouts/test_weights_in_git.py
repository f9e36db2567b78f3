"""Weights that stand in Git as they are: what replaces or removes them is seen like a pointer."""

from __future__ import annotations

from datetime import date

import pytest

from snitch.checks.check import Subject
from snitch.checks.weights import CHECK
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.policy.model import Policy
from snitch.registry.layout import load_built_in
from snitch.testing import release

NUMBERS = '{"accuracy": 0.91}'
FILES = {
    "dvc": {"metrics.json": NUMBERS, "models/model.pkl": "\0one", "params.yaml": "depth: 6\n"},
    "reports": {"eval_results.json": NUMBERS, "models/model.pkl": "\0one"},
    "app": {"metrics.json": NUMBERS, "models/metadata.json": "{}", "models/model.pkl": "\0one"},
}


def found(family: str, **changed: str | None) -> list[tuple[str, str]]:
    """Code and message of what the check of weights says of a change, but for ART602."""
    layout = load_built_in(family)
    files = {**FILES[family], "models/model.pkl": "\0one", **changed}
    kept = {name: it for name, it in files.items() if it is not None}
    subject = Subject(
        candidate=release(kept, layout=layout),
        deployed=release(FILES[family], layout=layout),
        policy=Policy(),
        as_of=date(2026, 11, 23),
    )
    assert CHECK.judge is not None
    return [
        (one.rule.code, one.message)
        for one in CHECK.judge(subject)
        if isinstance(one, Finding) and one.rule.code not in {"ART602", "ART606"}
    ]


@pytest.mark.parametrize("family", FILES)
def test_other_bytes_under_the_same_numbers_are_art604(family: str) -> None:
    ((code, message),) = found(family, **{"models/model.pkl": "\0two"})
    assert code == "ART604"
    assert "models/model.pkl` changed" in message
    assert found(family) == []


@pytest.mark.parametrize("family", FILES)
def test_weights_that_are_gone_are_art601_and_the_family_makes_it_a_warning(family: str) -> None:
    ((code, message),) = found(family, **{"models/model.pkl": None})
    assert code == "ART601"
    assert message.endswith("the deployed release has `models/churn/models/model.pkl`")
    assert load_built_in(family).severities["ART601"] is Severity.WARNING
