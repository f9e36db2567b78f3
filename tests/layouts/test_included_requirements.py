"""Requirement files that include each other in one model's directory, or stand beside the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path


def test_a_line_that_two_files_include_is_told_once(tmp_path: Path) -> None:
    """Every kind of finding about it, and two lines of the same words stay two findings."""
    repo = Repo(tmp_path)
    files = {
        "snitch.yaml": "version: 1\nmodels: [{path: ., layout: dvc}]\n",
        "params.yaml": "a: 1\n",
        "requirements.txt": "numpy\nnumpy\n-e ./lib\nno version here\n",
        "requirements-serving.txt": "-r requirements.txt\n",
        "requirements-gpu.txt": "--requirement requirements-serving.txt\n",
    }
    repo.commit("first", files)
    found = sorted(
        (one.rule.code, one.place.line)
        for one in judge(repo, everything=True).findings
        if one.rule.family == "DEP" and one.place is not None
    )
    assert found == [("DEP504", 1), ("DEP504", 2), ("DEP505", 4), ("DEP507", 3)]


@pytest.mark.parametrize("layout", ["dvc", "reports"])
def test_requirements_beside_the_code_are_the_models(tmp_path: Path, layout: str) -> None:
    repo = Repo(tmp_path)
    files = {
        "snitch.yaml": f"version: 1\nmodels: [{{path: ., layout: {layout}}}]\n"
        "dependencies: {disallowed: [{name: abacus}]}\n",
        "dvc.yaml": "stages: {}\n",
        "metrics.json": '{"accuracy": 0.9}\n',
        "src/requirements.txt": "numpy==1.2.3\nabacus==1\n",
    }
    repo.commit("first", files)
    places = [
        (one.place.path, one.place.line)
        for one in judge(repo, everything=True).findings
        if one.rule.code == "DEP501" and one.place is not None
    ]
    assert places == [("src/requirements.txt", 2)]
