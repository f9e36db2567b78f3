"""Rows of one table that share a name: each second one is told, at its own line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Finding

POLICY = "version: 1\nmodels: [{path: ., layout: csv-leaderboard}]\n"
PATH = "results/net.csv"


def told(repo: Repo, *, everything: bool = False) -> list[Finding]:
    """What the check says of names."""
    report = judge(repo, everything=everything)
    return [one for one in report.findings if one.rule.code == "CPL110"]


def lines(found: list[Finding]) -> list[int | None]:
    """Where it says so."""
    return [None if one.place is None else one.place.line for one in found]


def test_the_second_row_of_a_name_is_told_once(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    rows = "model,img_size,top1\na,224,80\nb,224,81\na,224,70\n"
    repo.commit("first", {"snitch.yaml": POLICY, PATH: rows})
    [finding] = found = told(repo, everything=True)
    assert lines(found) == [4]
    assert finding.message == (
        "`results/net.csv` has a model `net/a/224` above already; expected one model per name"
    )
    assert finding.remedy == "remove one of the two, or give it a name of its own"


@pytest.mark.parametrize("rows", ["a,224,80\na,224,90\n", "a,224,90\na,224,80\n"])
def test_a_row_added_beside_its_twin_is_told(tmp_path: Path, rows: str) -> None:
    """Above the old one or below it: the later of the two is the one that is new here."""
    repo = Repo(tmp_path)
    head = "model,img_size,top1\n"
    repo.commit("first", {"snitch.yaml": POLICY, PATH: f"{head}a,224,80\n"})
    repo.branch("change").commit("twice", {PATH: head + rows})
    assert lines(told(repo)) == [3]


@pytest.mark.parametrize("column", ["img_size", "infer_img_size", "train_img_size"])
def test_one_model_at_two_image_sizes_is_two_rows(tmp_path: Path, column: str) -> None:
    repo = Repo(tmp_path)
    rows = f"model,{column},top1\na,224,80\na,384,82\n"
    repo.commit("first", {"snitch.yaml": POLICY, PATH: rows})
    report = judge(repo, everything=True)
    assert report.findings == ()
    assert sorted(one.name for one in report.models) == ["net/a/224", "net/a/384"]
