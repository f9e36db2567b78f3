"""A number of production's that is none: what mends it, and what only takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "version: 1\nmodels: [{path: ., layout: dvc}]\n"
BROKEN = '{"mae": 9.4, "r2": NaN}'


def changed(root: Path, text: str | None) -> Repo:
    repo = Repo(root)
    repo.commit(
        "first", {"snitch.yaml": POLICY, "params.yaml": "depth: 6\n", "metrics.json": BROKEN}
    )
    repo.branch("change").commit("change", {"metrics.json": text})
    return repo


@pytest.mark.parametrize("text", [None, "{}", '{"mae": "soon"}'])
def test_to_take_the_broken_numbers_away_is_no_mending(tmp_path: Path, text: str | None) -> None:
    [failure] = judge(changed(tmp_path, text)).failures
    assert "the deployed release cannot be read" in failure.message


def test_a_readable_file_in_its_place_passes_with_a_warning(tmp_path: Path) -> None:
    report = judge(changed(tmp_path, '{"mae": 9.4, "r2": 0.9}'))
    assert report.failures == ()
    assert [one.rule.code for one in report.findings] == ["REG305"]
    assert report.verdict == "pass"
