"""Metrics in the files that a pipeline names for them, wherever they stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

from snitch.registry.layout import load_built_in
from snitch.registry.layout import parse_layout
from snitch.testing import release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.registry.layout import Layout

POLICY = "version: 1\nmodels: [{path: ., layout: dvc}]\n"


def names(files: Mapping[str, str], layout: Layout | None = None) -> dict[str, str]:
    """From each metric's name to the file that it was read from."""
    one = release(dict(files), layout=layout or load_built_in("dvc"))
    assert not one.faults
    skip = len(one.path) + 1
    return {metric.name: metric.written.source.path[skip:] for metric in one.metrics.values()}


@pytest.mark.parametrize(
    "pipeline",
    [
        "metrics: [out/quality.json]",
        "stages: {e: {cmd: e, metrics: [out/quality.json]}}",
        "stages: {e: {cmd: e, metrics: [{out/quality.json: {cache: false}}]}}",
        "stages: {e: {cmd: e, metrics: [./out//quality.json]}}",
        "stages: {e: {cmd: e, wdir: out, metrics: [quality.json]}}",
        "stages: {e: {cmd: e, wdir: out/deep, metrics: [../quality.json]}}",
        "stages: {e: {foreach: [a], do: {cmd: e, metrics: ['out/${item}.json']}}}",
        "stages: {e: {matrix: {m: [a]}, cmd: e, metrics: ['out/${item.m}.json']}}",
        "vars: [{o: out}]\nstages: {e: {cmd: e, metrics: ['${o}/quality.json']}}",
    ],
)
def test_metrics_are_read_where_the_pipeline_says_that_they_are(pipeline: str) -> None:
    """As a bare name, with options, of a loop, relative to the stage's own directory."""
    files = {"dvc.yaml": pipeline, "out/quality.json": '{"f1": 0.8}', "other/x.json": '{"f1": 1}'}
    assert names(files) == {"f1": "out/quality.json"}


@pytest.mark.parametrize(
    "pipeline",
    [
        "metrics: out/none.json",
        "metrics: [out]",
        "metrics: [7, null, [out/quality.json]]",
        "metrics: ['*/quality.json']",
        "metrics: ['{folder}out/quality.json']",
        "metrics: [/out/quality.json]",
        "metrics: [../out/quality.json]",
        "stages: [out/quality.json]",
        "stages: {e: {cmd: e, plots: [out/quality.json]}}",
        "stages: {e: {cmd: e, wdir: [out], metrics: [quality.json]}}",
    ],
)
def test_what_names_no_file_of_the_model_is_no_metric(pipeline: str) -> None:
    """Odd shapes, globs that the pipeline does not know, and names that lead out of the model."""
    assert names({"dvc.yaml": pipeline, "out/quality.json": '{"f1": 0.8}'}) == {}


def test_files_with_metrics_of_one_name_are_told_apart_by_their_folder_or_their_own_name() -> None:
    """So that a reader knows which one is meant, and a number is the last resort."""
    pipeline = "metrics: [m/train.json, m/test.json, late/test.json, late/m/test.json]"
    files = dict.fromkeys(("m/train.json", "m/test.json", "late/test.json"), '{"f1": 0.8}')
    assert names({"dvc.yaml": pipeline, **files, "late/m/test.json": '{"f1": 0.8}'}) == {
        "f1": "m/train.json",
        "test.f1": "m/test.json",
        "late.f1": "late/test.json",
        "f1 (2)": "late/m/test.json",
    }


def test_a_listed_file_that_the_layout_names_too_is_read_once() -> None:
    """A usual name that the pipeline says as well is one file."""
    files = {"dvc.yaml": "metrics: [metrics.json]", "metrics.json": '{"f1": 0.8}'}
    assert names(files) == {"f1": "metrics.json"}


def test_a_layout_of_ones_own_lists_files_of_any_piece() -> None:
    """The mechanism is no privilege of one family."""
    layout = parse_layout(
        "own.yaml",
        b"files: {config: [model.yaml]}\nmetrics: [{listed: {piece: config, path: results.*}}]\n",
    )
    files = {"model.yaml": "results: {a: a.json, b: b.json}", "a.json": '{"f1": 1}'}
    assert names({**files, "b.json": '{"auc": 1}'}, layout) == {"f1": "a.json", "auc": "b.json"}


def test_a_loss_in_a_listed_file_is_told(tmp_path: Path) -> None:
    """The gate sees what the pipeline measured, and that it stopped measuring it."""
    repo = Repo(tmp_path)
    pipeline = "stages: {e: {cmd: e, metrics: [results/test_scores.json: {cache: false}]}}\n"
    before = json.dumps({"accuracy": 0.9, "recall": 0.8})
    files = {"snitch.yaml": POLICY, "dvc.yaml": pipeline, "results/test_scores.json": before}
    repo.commit("first", files)
    repo.branch("change")
    repo.commit("worse", {"results/test_scores.json": json.dumps({"accuracy": 0.7})})
    told = {one.metric: one.rule.code for one in judge(repo).findings if one.metric}
    assert told == {"accuracy": "REG301", "recall": "REG302"}
