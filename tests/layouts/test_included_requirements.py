"""Requirement files that include each other, all in one model's directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
