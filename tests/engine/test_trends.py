from __future__ import annotations

from typing import TYPE_CHECKING

from example import BENCHMARK_SHA
from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import config
from example import metrics
from judging import at
from judging import judge
from repo import Repo

from snitch.engine import trends

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from snitch.findings import Trend

CRITICAL = POLICY.replace("range: [0, 1]}", "range: [0, 1], critical: true}")


def release(version: str, auc: str) -> dict[str, str]:
    return at(
        "models/churn",
        {**DEPLOYED, "config.yaml": config(version), "metrics.json": metrics(auc)},
    )


def past(root: Path, *values: tuple[str, str], policy: str = CRITICAL) -> Repo:
    """A repository whose production held these releases, and a change to 1.4.0."""
    repo = Repo(root)
    repo.write({"snitch.yaml": policy})
    for version, auc in values:
        repo.commit(version, release(version, auc))
    repo.branch("change")
    repo.commit("churn 1.4.0", at("models/churn", {**GOOD, "metrics.json": metrics("0.915")}))
    return repo


def trend(repo: Repo) -> Trend:
    (model,) = judge(repo, trends=True).models
    (found,) = model.trends
    return found


def values(found: Trend) -> list[tuple[str | None, str]]:
    return [(point.version, point.value) for point in found.points]


def test_a_trend_is_every_release_of_production_and_the_candidate(tmp_path: Path) -> None:
    held = [("1.1.0", "0.900"), ("1.2.0", "0.91"), ("1.3.2", "0.911")]
    found = trend(past(tmp_path, *held))
    assert (found.name, found.direction) == ("auc", "higher")
    assert values(found) == held
    assert found.candidate is not None
    assert (found.candidate.version, found.candidate.value) == ("1.4.0", "0.915")


def test_nobody_pays_for_a_trend_unasked(tmp_path: Path) -> None:
    (model,) = judge(past(tmp_path, ("1.3.2", "0.911"))).models
    assert model.trends == ()


def test_only_critical_metrics_have_a_trend(tmp_path: Path) -> None:
    (model,) = judge(past(tmp_path, ("1.3.2", "0.911"), policy=POLICY), trends=True).models
    assert model.trends == ()


def test_only_the_last_ten_releases_are_shown(tmp_path: Path) -> None:
    held = [(f"1.0.{number}", f"0.9{number:02}") for number in range(12)]
    assert values(trend(past(tmp_path, *held))) == held[2:]


def test_a_release_that_was_mended_counts_once_as_it_was_last(tmp_path: Path) -> None:
    mended = [("1.2.0", "0.99"), ("1.2.0", "0.90"), ("1.3.2", "0.99"), ("1.3.2", "0.911")]
    assert values(trend(past(tmp_path, *mended))) == [("1.2.0", "0.90"), ("1.3.2", "0.911")]


def test_a_release_that_did_not_measure_a_metric_is_left_out_of_its_trend(tmp_path: Path) -> None:
    repo = past(tmp_path, ("1.1.0", "0.90"), ("1.2.0", "null"), ("1.3.2", "0.911"))
    assert values(trend(repo)) == [("1.1.0", "0.90"), ("1.3.2", "0.911")]


def test_a_trend_begins_where_the_benchmark_changed(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    older = {
        path: text.replace('"2026.2"', '"2026.1"').replace(BENCHMARK_SHA, "0" * 64)
        for path, text in release("1.2.0", "0.99").items()
    }
    repo.commit("1.2.0", {**older, "snitch.yaml": CRITICAL})
    repo.commit("1.3.2", release("1.3.2", "0.911"))
    repo.branch("change")
    repo.commit("1.4.0", at("models/churn", {**GOOD, "metrics.json": metrics("0.915")}))
    assert values(trend(repo)) == [("1.3.2", "0.911")]


def test_a_candidate_on_another_benchmark_is_no_point(tmp_path: Path) -> None:
    repo = past(tmp_path, ("1.2.0", "0.90"), ("1.3.2", "0.911"))
    other = metrics("0.95").replace('"2026.2"', '"2026.1"')
    repo.commit("other benchmark", {"models/churn/metrics.json": other})
    assert trend(repo).candidate is None


def test_many_models_are_said_to_have_more_trends_than_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trends, "MODELS", 0)
    report = judge(past(tmp_path, ("1.3.2", "0.911")), trends=True)
    assert report.notices[-1] == "trends are drawn for 0 of 1 models, troubled ones first"
    monkeypatch.setattr(trends, "MODELS", 1)
    assert not [
        it for it in judge(Repo(tmp_path, existing=True), trends=True).notices if "drawn" in it
    ]


def test_a_past_that_cannot_be_read_fails_nothing(tmp_path: Path) -> None:
    full = past(tmp_path / "full", ("1.2.0", "0.90"), ("1.3.2", "0.911"))
    shallow = full.clone(tmp_path / "shallow", "--depth=1", "--branch=change", "--no-single-branch")
    report = judge(shallow, trends=True)
    assert report.models[0].trends == ()
    assert "the past of `churn` cannot be read" in report.notices[-1]
    assert report.verdict == judge(full, baseline="main").verdict
