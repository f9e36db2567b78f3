"""What a layout knows of metrics counts where the policy is silent, so a key's going can loosen."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from measured import measured
from measured import model
from policies import policy

from snitch.checks import catalog
from snitch.checks.check import Subject
from snitch.checks.regression import CHECK as REG
from snitch.engine.waivers import weigh
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.policy.changes import loosenings
from snitch.policy.family import policy_of
from snitch.registry.layout import load_built_in
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.registry.release import Release

RULES = catalog.load().rules
AS_OF = date(2026, 10, 5)
LAYOUT = """\
version: 1
models: [{path: models/*, layout: own}]
layouts:
  own:
    standards:
      auc: {direction: higher, unit: either, range: [0, 1], tolerance: 0.02, warn: 0.0005}
      loss: {direction: lower, relative_tolerance: 0.05}
      steps: {ignore: true}
"""
STANDARDS = {
    "auc": (
        *("", "tolerance: 0", "tolerance: 0.01", "tolerance: 0.05", "tolerance: 5"),
        *("range: [0, 0.5]", "range: [0, 2]", "direction: lower", "min: 0.8"),
    ),
    "loss": ("", "tolerance: 0", "tolerance: 0.3", "relative_tolerance: 0.1", "direction: higher"),
    "steps": ("", "ignore: false", "ignore: true, direction: higher"),
}
VALUES = {
    "auc": (
        *((0.9, 0.89), (0.9, 0.865), (0.9, 0.7), (0.9, 0.95), (0.9, 1.2)),
        *((90, 89.5), (90, 87.5)),
    ),
    "loss": ((1, 1.02), (1, 1.07), (1, 1.2), (1, 2), (1, 0.9), (10, 10.2)),
    "steps": ((10, 5), (10, 20)),
}


def spelt(metric: str, standard: str) -> str:
    return f"{LAYOUT}metrics: {{{metric}: {{{standard}}}}}\n" if standard else LAYOUT


@cache
def measurement(metric: str, value: float) -> Release:
    known = policy(LAYOUT).layouts["own"].standards
    layout = load_built_in("snitch").model_copy(update={"standards": known})
    return release(model(measured(f'"{metric}": {value}')), layout=layout)


def fails(metric: str, standard: str, values: tuple[float, float]) -> bool:
    old, new = (measurement(metric, value) for value in values)
    in_force = policy_of(policy(spelt(metric, standard)), new, old)
    assert REG.judge is not None
    found = REG.judge(Subject(new, old, in_force, AS_OF, "deployed", "modified"))
    weighed = (weigh(one, in_force) for one in found if isinstance(one, Finding))
    return any(one is not None and one.severity is Severity.ERROR for one in weighed)


def told(metric: str, old: str, new: str) -> list[str]:
    one, other = policy(spelt(metric, old)), policy(spelt(metric, new))
    return [it.message for it in loosenings(one, other, ["churn"], RULES)]


@pytest.mark.parametrize("metric", STANDARDS)
def test_what_newly_passes_beside_a_layout_s_own_knowledge_is_told(metric: str) -> None:
    failing = {
        standard: {values for values in VALUES[metric] if fails(metric, standard, values)}
        for standard in STANDARDS[metric]
    }
    looser = [(a, b) for a, b in permutations(STANDARDS[metric], 2) if failing[a] - failing[b]]
    assert looser
    assert [(old, new) for old, new in looser if not told(metric, old, new)] == []


def test_a_strict_tolerance_taken_back_leaves_the_layout_s_own() -> None:
    messages = told("auc", "tolerance: 0", "min: 0.8")
    assert "the tolerance of `metrics.auc` widens from 0 to 0.02" in messages


@pytest.mark.parametrize(
    ("metric", "old", "new"),
    [
        ("loss", "relative_tolerance: 0.1", ""),
        ("loss", "", "direction: lower"),
        ("steps", "ignore: true", ""),
        ("auc", "", "min: 0.8"),
    ],
)
def test_what_the_layout_makes_no_looser_is_not_told(metric: str, old: str, new: str) -> None:
    assert told(metric, old, new) == []
