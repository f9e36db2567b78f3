"""ART609: an input that is not what the recorded run used, told at the input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from snitch.checks.check import Subject
from snitch.checks.drift import judge
from snitch.policy.model import Policy
from snitch.registry.layout import load_built_in
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Finding
    from snitch.registry.release import Release

LOCK = """\
stages:
  train:
    params:
      params.yaml:
        depth: 6
        loud: true
        seed: 1
        shape: [1, 2]
        name: resnet
        prior:
"""
USED = "depth: 6\nloud: true\nseed: 1\nshape: [1, 2]\nname: resnet\nprior:\n"


def run(params: str) -> Release:
    return release({"params.yaml": params, "dvc.lock": LOCK}, layout=load_built_in("dvc"))


def told(candidate: Release) -> list[Finding]:
    return list(judge(Subject(candidate, None, Policy(), date(2026, 11, 23), baseline="none")))


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("depth: 7", "`depth` is `7`, and the run that `{}` records used `6`"),
        ("loud: false", "`loud` is `false`, and the run that `{}` records used `true`"),
        ("prior: flat", "`prior` is `flat`, and the run that `{}` records used empty"),
        ("seed: {a: 1}", "`seed` is another value, and the run that `{}` records used `1`"),
        ("shape: [1, 3]", "`shape` is another value, and the run that `{}` records used another"),
        (f"name: {'x' * 41}", f"`name` is `{'x' * 40}`, and the run that `{{}}` records used"),
        (f"name: {'x' * 40}", f"`name` is `{'x' * 40}`, and the run that `{{}}` records used"),
    ],
)
def test_an_input_is_told_with_what_it_is_and_what_the_run_used(now: str, says: str) -> None:
    lines = USED.splitlines()
    number = [line.partition(":")[0] for line in lines].index(now.partition(":")[0])
    lines[number] = now
    [finding] = told(run("\n".join(lines)))
    assert finding.rule.code == "ART609"
    assert finding.message.startswith(says.format("models/churn/dvc.lock"))
    assert finding.place is not None
    assert (finding.place.path, finding.place.line) == ("models/churn/params.yaml", number + 1)


def test_an_input_of_several_stages_is_told_once_and_hides_none_after_it() -> None:
    moved = run(USED.replace("6", "7").replace("seed: 1", "seed: 2"))
    depth, seed = moved.drifted
    twice = replace(moved, drifted=(depth, depth, seed, depth))
    assert [one.message.partition(" ")[0] for one in told(twice)] == ["`depth`", "`seed`"]


def test_a_run_of_these_inputs_is_silent() -> None:
    assert told(run(USED)) == []
