"""Text where a number belongs is told, and text beside numbers is left alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from judging import codes
from judging import judge
from repo import Repo

from snitch.findings import Skipped

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

DECLARED = "metrics: {auc: {direction: higher}}\n"
SLICED = 'metrics: {"slices.*.test_report.precision": {direction: higher}}\n'
RUN = "mlruns/0/abc"


def policy(layout: str, more: str = "", path: str = ".") -> str:
    return f"version: 1\nmodels: [{{path: {path}, layout: {layout}}}]\n{more}"


def report(repo: Repo, before: dict[str, Any], after: dict[str, Any], text: str) -> Report:
    """What is said of one metrics file in the place of another."""
    repo.commit("first", {"snitch.yaml": text, "metrics.json": json.dumps(before)})
    repo.branch("change").commit("next", {"metrics.json": json.dumps(after)})
    return judge(repo)


def reasons(told: Report) -> list[str]:
    """Why the comparison passed something over."""
    return [it.reason for model in told.models for it in model.skipped if it.family == "REG"]


@pytest.mark.parametrize("layout", ["reports", "dvc", "app"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("0.9O", '`"0.9O"`, text'),
        ("N/A", '`"N/A"`, text'),
        ("good", '`"good"`, text'),
        (True, "`true`, a boolean"),
    ],
)
def test_text_for_a_number_of_production_is_no_number(
    tmp_path: Path, layout: str, value: object, kind: str
) -> None:
    told = report(
        Repo(tmp_path), {"auc": 0.9, "f1": 0.8}, {"auc": value, "f1": 0.8}, policy(layout)
    )
    assert codes(told) == ["REG306"]
    assert kind in told.findings[0].message
    place = told.findings[0].place
    assert place is not None
    assert (place.line, place.column) == (1, 9)


def test_a_number_that_is_gone_or_null_is_dropped(tmp_path: Path) -> None:
    for name, after in (("null", {"auc": None, "f1": 0.8}), ("gone", {"model": "x", "f1": 0.8})):
        told = report(Repo(tmp_path / name), {"auc": 0.9, "f1": 0.8}, after, policy("dvc"))
        assert codes(told) == ["REG302"]


def test_a_family_may_not_lower_what_is_no_number(tmp_path: Path) -> None:
    lowered = policy("dvc", "rules: {REG302: off}\n")
    told = report(Repo(tmp_path), {"auc": 0.9}, {"auc": "0.9O"}, lowered)
    assert codes(told) == ["REG306"]


@pytest.mark.parametrize("before", [{"f1": 0.8}, {"note": "none yet"}])
def test_text_for_a_metric_of_the_policy_is_told_of_a_new_one(
    tmp_path: Path, before: dict[str, Any]
) -> None:
    told = report(Repo(tmp_path), before, {**before, "auc": "0.9O"}, policy("dvc", DECLARED))
    assert codes(told) == ["REG306"]


def test_what_the_policy_ignores_may_be_text(tmp_path: Path) -> None:
    ignored = policy("dvc", "metrics: {acc: {ignore: true}}\n")
    alone = report(Repo(tmp_path / "alone"), {"acc": 0.9}, {"acc": "0.9O"}, ignored)
    assert codes(alone) == []
    before, after = {"acc": 0.9, "auc": 0.9}, {"acc": "0.9O", "auc": "0.9O"}
    assert codes(report(Repo(tmp_path / "beside"), before, after, ignored)) == ["REG306"]


@pytest.mark.parametrize(("named", "level"), [("", "warning"), (SLICED, "error")])
def test_text_in_a_slice_that_nobody_names_is_a_warning(
    tmp_path: Path, named: str, level: str
) -> None:
    repo = Repo(tmp_path)
    for branch, value in (("main", 0.9), ("change", "0.9O")):
        classes = {"accuracy": 0.8, "cat": {"precision": value, "support": 9}}
        files = {"test_report.json": json.dumps(classes), "snitch.yaml": policy("reports", named)}
        (repo if branch == "main" else repo.branch(branch)).commit(branch, files)
    told = judge(repo)
    assert codes(told) == ["REG306"]
    assert told.findings[0].level.name.lower() == level


def test_a_number_that_is_lost_is_told_at_the_key_that_held_it(tmp_path: Path) -> None:
    before = {"train": {"auc": 0.9}, "val": {"auc": 0.9, "f1": 0.8}}
    after = {"train": {"auc": 0.9}, "val": {"f1": 0.8}}
    told = report(Repo(tmp_path), before, after, policy("dvc"))
    assert codes(told) == ["REG302"]
    place = told.findings[0].place
    assert place is not None
    assert place.column == json.dumps(after).index('"val"') + 1


def test_names_dates_and_commits_beside_numbers_are_no_metrics(tmp_path: Path) -> None:
    beside = {"model": "net", "date": "2026-10-05", "commit": "1e5f3a2", "loss": "mse", "v": "1.2"}
    told = report(Repo(tmp_path), {"f1": 0.8}, {"f1": 0.8, **beside}, policy("dvc"))
    assert codes(told) == []
    assert reasons(told) == []


def test_a_new_well_known_metric_that_is_no_number_is_said_not_to_be_judged(
    tmp_path: Path,
) -> None:
    told = report(Repo(tmp_path), {"f1": 0.8}, {"f1": 0.8, "auc": "0.9O"}, policy("dvc"))
    assert codes(told) == []
    said = Skipped("no number is `auc`: not judged", excused=True, whole=False, family="REG")
    assert said in told.models[0].skipped


def mlflow(repo: Repo, before: str, after: str) -> Report:
    """What is said of a run's metric that is logged anew."""
    steps = "1680000000000 0.8 0\n1680000000001 {} 1\n"
    files = {
        f"{RUN}/meta.yaml": "source_name: train.py\n",
        f"{RUN}/metrics/auc": steps.format(before),
    }
    repo.commit("first", {"snitch.yaml": policy("mlflow", path="mlruns/*/*"), **files})
    repo.branch("change").commit("next", {f"{RUN}/metrics/auc": steps.format(after)})
    return judge(repo)


@pytest.mark.parametrize("value", ["NaN", "nan", "-inf", "Infinity", "0.9O"])
def test_a_logged_line_without_a_number_is_told_at_its_line(tmp_path: Path, value: str) -> None:
    told = mlflow(Repo(tmp_path), "0.9", value)
    assert codes(told) == ["REG306"]
    place = told.findings[0].place
    assert place is not None
    assert (place.path, place.line, place.column) == (f"{RUN}/metrics/auc", 2, 15)
