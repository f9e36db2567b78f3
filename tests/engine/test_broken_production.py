"""What of production cannot be read and keeps a change from being judged, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import POLICY
from judging import at
from judging import deployed
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

MODEL = "models/churn"
NOTED = POLICY.replace("metrics:\n", "metrics:\n  noted: {ignore: true}\n")
TORN = '{"metrics": {"auc": '
NAN = '{"metrics": {"auc": NaN, "log_loss": 0.3}}'
TWICE = '{"metrics": {"auc": 0.9, "log_loss": 0.3, "auc": 0.8}}'


def failures(root: Path, base: dict[str, str], policy: str = POLICY) -> list[str]:
    """What a good release over this base is told of it, without what all of them say."""
    repo = deployed(root, policy=policy).checkout("main")
    repo.commit("base", at(MODEL, base))
    repo.branch("next").commit("churn 1.4.0", at(MODEL, {**GOOD, "extra.txt": "words"}))
    start = f"the deployed release cannot be read: main:{MODEL}/"
    told = [one.message for one in judge(repo).failures]
    assert all(message.startswith(start) for message in told)
    return [message.removeprefix(start) for message in told]


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ({"metrics.json": NAN}, "metrics.json: `auc` is no number"),
        ({"metrics.json": TWICE}, "metrics.json: the key `auc` stands here"),
        ({"config.yaml": "name: churn\nname: churn\nversion: 1.3.2\n"}, ""),
        ({"config.yaml": "\0", "metrics.json": NAN}, "config.yaml: a NUL character"),
    ],
)
def test_the_first_cause_is_told_and_no_other(
    tmp_path: Path, base: dict[str, str], told: str
) -> None:
    found = failures(tmp_path, base)
    assert [message[: len(told)] for message in found] == ([told] if told else [])


def test_each_file_that_is_broken_is_told(tmp_path: Path) -> None:
    found = failures(tmp_path, {"config.yaml": "\0", "metrics.json": TORN})
    assert [message.partition(": ")[0] for message in found] == ["config.yaml", "metrics.json"]


@pytest.mark.parametrize(
    ("written", "judged"),
    [('"noted": NaN, "auc": 0.9', True), ('"auc": NaN, "noted": 1', False)],
)
def test_a_value_that_nobody_judges_keeps_no_change_from_being_judged(
    tmp_path: Path, written: str, *, judged: bool
) -> None:
    values = DEPLOYED["metrics.json"].replace('"auc": 0.911', written)
    assert (failures(tmp_path, {"metrics.json": values}, NOTED) == []) == judged


def test_nor_does_a_value_of_a_slice_that_the_policy_does_not_name(tmp_path: Path) -> None:
    values = DEPLOYED["metrics.json"].replace('"auc": 0.93', '"auc": NaN')
    assert failures(tmp_path, {"metrics.json": values}) == []


def test_a_file_that_is_both_config_and_metrics_is_told_once(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: models/**, layout: ml-zoo}]\n"
    file = "models/denoiser/definition.yaml"
    repo.commit("broken", {"snitch.yaml": policy, file: "description: 'unfinished"})
    repo.branch("change")
    repo.commit("still broken", {file: "description: 'unfinished business"})
    [failure] = judge(repo).failures
    assert failure.message.startswith(f"the deployed release cannot be read: main:{file}: ")
